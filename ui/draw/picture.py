"""One visitor's picture, and what is found on it or on a part of it."""

import io
import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import streamlit as st
from PIL import Image
from streamlit.runtime.uploaded_file_manager import UploadedFile

import data
from data.pictures.box import Box
from ui.figures.thumbnail import framed
from ui.shared.tally import Trouble, note
from ui.shared.upload_content import content_of, drop_content
from ui.shared.waiting import result_of

SHOWN_SIDE = 280
"""Longer side, in pixels, of the picture as it is shown again."""

# Of what the session keeps, for the browser and to read a part of it: some 100 kB for a photo.
_KEPT_SIDE, _QUALITY = 1000, 90
# One with fewer pixels is kept as it is: each counts where digits are small.
_EXACT_PIXELS = 100_000
_SESSION_KEY = "picture_found"
_NO_UPLOAD = ""
"""The `file_id` of a picture that is no upload of this session."""
# One photo at a time, so that those of a class don't take thirty times the memory.
_finder = ThreadPoolExecutor(1, "finder")


@dataclass(frozen=True)
class Found:
    """What is found on a picture.

    digits: row by row, from left to right; their boxes in pixels of `picture`.
    picture: (h, w, 4) uint8, RGBA: the picture, small; None without one.
    reason: where there is no digit, the `reason` of `data.NoDigit`.
    left_out: where something is that may be a digit and was taken for none.
    """

    digits: list[data.Digit]
    picture: np.ndarray | None = None
    reason: str = ""
    left_out: tuple[Box, ...] = ()


NOTHING = Found([])

Part = tuple[float, float, float, float]
"""A rectangle on a picture: its left, top, right and bottom edge, as shares of its width and
height."""


class Refused(NamedTuple):
    """A file that cannot be used: its name, and why, which ends the sentence."""

    name: str
    reason: str


@dataclass
class Picture:
    """What a session keeps of an uploaded picture.

    file_id: the upload's.
    file: the picture as a WebP file, not larger than needed; empty where it was refused.
    part: which part of it is to be read; None for all of it.
    is_looked_at: whether it was seen to that it does not lie on its side.
    is_set_upright: whether it did, and was turned.
    refused: the upload, if it cannot be used.
    found: what was found on a part, or on all of it, and whether it might show several digits.
    """

    file_id: str
    file: bytes = b""
    part: Part | None = None
    is_looked_at: bool = False
    is_set_upright: bool = False
    refused: Refused | None = None
    found: dict[tuple[Part | None, bool], Found] = field(default_factory=dict)

    def choose(self, part: Part | None) -> None:
        """Read this part of it from now on."""
        self.part = part
        self.found = {about: found for about, found in self.found.items() if about[0] is None}

    def turned(self, quarters: int) -> "Picture":
        """The same turned to the left by so many quarters, and the chosen part with it."""
        file = result_of(_finder.submit(_turned, self.file, quarters))
        return Picture(self.file_id, file, _turned_part(self.part, quarters))

    def replace(self, other: "Picture") -> None:
        """Be like another one from now on."""
        self.file, self.part, self.found = other.file, other.part, other.found

    def turn(self) -> None:
        """Turn it to the left."""
        self.replace(self.turned(1))
        self.is_set_upright = False

    def found_now(self, *, several: bool) -> Found:
        """What is found on the chosen part, or on all of it; it takes a while for the first time.

        Args:
            several: whether it may show a number of several digits; else it is of one sign.
        """
        if not self.file:
            return NOTHING
        about = self.part, several
        if about not in self.found:
            self.found[about] = result_of(_finder.submit(_find_in_file, self.file, *about))
        return self.found[about]


def session_picture() -> Picture | None:
    """The picture that the session keeps."""
    picture: Picture | None = st.session_state.get(_SESSION_KEY)
    return picture


def forget_picture() -> None:
    """Let the session keep none."""
    st.session_state.pop(_SESSION_KEY, None)


def refuse(name: str, reason: str) -> None:
    """Let the session keep nothing but that this file cannot be used, see `Refused`."""
    st.session_state[_SESSION_KEY] = Picture(_NO_UPLOAD, refused=Refused(name, reason))


def take_back(file: bytes, part: Part | None, *, is_looked_at: bool, is_set_upright: bool) -> None:
    """Let the session keep a picture again that it kept before, see `Picture`.

    It comes from a browser: what is no such file is left out.
    """
    try:
        height, width = data.read_image(file).shape[:2]
    except ValueError:
        return
    if max(height, width) <= _KEPT_SIDE:
        picture = Picture(_NO_UPLOAD, file, part, is_looked_at, is_set_upright)
        st.session_state[_SESSION_KEY] = picture


def take_up(upload: UploadedFile) -> None:
    """Let the session keep a small copy of an upload from now on, which is what is read, and
    nothing of the file itself. One that keeps it already goes on."""
    kept = session_picture()
    if kept and kept.file_id == upload.file_id:
        return
    picture = Picture(upload.file_id)
    try:
        picture.file = result_of(_finder.submit(_small_copy, content_of(upload)))
    except ValueError as error:
        picture.refused = Refused(upload.name, f"{error}.")
        note(Trouble.UPLOAD, "a picture that cannot be read")
    st.session_state[_SESSION_KEY] = picture
    drop_content(upload)


def part_from_browser(edges: Any) -> Part | None:
    """The part that a browser, which may send anything, names by its four edges; None if it is
    none."""
    if not isinstance(edges, list) or len(edges) != 4:
        return None
    # Compared, since a whole number may be too large for a float.
    if not all(isinstance(edge, int | float) and -math.inf < edge < math.inf for edge in edges):
        return None
    left, top, right, bottom = (float(min(max(edge, 0), 1)) for edge in edges)
    return (left, top, right, bottom) if left < right and top < bottom else None


def _small_copy(content: bytes) -> bytes:
    return _kept(data.read_image(content))


def _find_in_file(file: bytes, part: Part | None, several: bool) -> Found:
    picture = data.read_image(file)
    if part is None:
        return _find(picture, None, several)
    height, width = picture.shape[:2]
    left, top, right, bottom = part
    box = Box(
        math.floor(left * width),
        math.floor(top * height),
        math.ceil(right * width),
        math.ceil(bottom * height),
    )
    return _find(picture, box, several)


def _turned(file: bytes, quarters: int) -> bytes:
    return _kept(np.rot90(data.read_image(file), quarters))


def _turned_part(part: Part | None, quarters: int) -> Part | None:
    if part is None:
        return None
    left, top, right, bottom = part
    for _ in range(quarters):
        left, top, right, bottom = top, 1 - right, bottom, 1 - left
    return left, top, right, bottom


def _find(picture: np.ndarray, part: Box | None, several: bool) -> Found:
    small = framed(picture, [], SHOWN_SIDE)
    try:
        digits = data.find_digits(picture, several=several, part=part)
    except data.NoDigit as error:
        return Found([], small, reason=error.reason)
    scale = max(small.shape[:2]) / max(picture.shape[:2])
    left_out = tuple(_scaled_box(box, scale) for box in digits.left_out)
    return Found([_scaled(digit, scale) for digit in digits], small, left_out=left_out)


def _kept(picture: np.ndarray) -> bytes:
    """A picture as a file that takes little memory."""
    small = Image.fromarray(picture)
    small.thumbnail((_KEPT_SIDE, _KEPT_SIDE))
    content = io.BytesIO()
    is_exact = small.width * small.height <= _EXACT_PIXELS
    small.save(content, format="WEBP", lossless=is_exact, quality=_QUALITY, method=0)
    return content.getvalue()


def _scaled(digit: data.Digit, scale: float) -> data.Digit:
    """A digit with its boxes on a smaller picture."""
    box = _scaled_box(digit.box, scale)
    ways = [[_scaled(part, scale) for part in way] for way in digit.ways]
    return digit._replace(box=box, ways=ways)


def _scaled_box(box: Box, scale: float) -> Box:
    return Box(*(round(scale * edge) for edge in box))
