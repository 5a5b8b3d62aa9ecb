"""One visitor's picture, and what is found on it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

import data
from data.pictures.box import Box
from ui.figures.thumbnail import framed
from ui.shared.tally import Trouble, note
from ui.shared.upload_content import content_of, drop_content

SHOWN_SIDE = 280
"""Longer side, in pixels, of the picture as it is shown again."""

_SESSION_KEY = "picture_found"
# One photo at a time, so that those of a class don't take thirty times the memory.
_finder = ThreadPoolExecutor(1, "finder")


@dataclass(frozen=True)
class Found:
    """What is found on a picture.

    digits: row by row, from left to right; their boxes in pixels of `picture`.
    picture: (h, w, 4) uint8, RGBA: the picture, small; None where the file is no picture.
    reason: where there is no digit, the `reason` of `data.NoDigit`.
    refused: why the file cannot be read.
    """

    digits: list[data.Digit]
    picture: np.ndarray | None = None
    reason: str = ""
    refused: str = ""


NOTHING = Found([])


def find_on_picture(upload: UploadedFile | None, *, several: bool) -> Found:
    """What is found on an uploaded picture, `NOTHING` without one.

    A large photo takes a while: until there is another one the session keeps what was found, and
    nothing of the file itself.

    Args:
        upload: the file.
        several: whether it may show a number of several digits; else it is of one sign.
    """
    if upload is None:
        st.session_state.pop(_SESSION_KEY, None)
        return NOTHING
    kept: tuple[str, dict[bool, Found]] | None = st.session_state.get(_SESSION_KEY)
    if kept is None or kept[0] != upload.file_id:
        found = _finder.submit(_find_both, content_of(upload)).result()
        kept = st.session_state[_SESSION_KEY] = upload.file_id, found
        if found[several].refused:
            note(Trouble.UPLOAD, "a picture that cannot be read")
        drop_content(upload)
    return kept[1][several]


def _find_both(content: bytes) -> dict[bool, Found]:
    """What is found if the picture may show several digits, and if it may not: another model may
    want the other, and then the file is gone."""
    try:
        picture = data.read_image(content)
    except ValueError as error:
        return dict.fromkeys((True, False), Found([], refused=str(error)))
    return {several: _find(picture, several) for several in (True, False)}


def _find(picture: np.ndarray, several: bool) -> Found:
    try:
        digits = data.find_digits(picture, several=several)
    except data.NoDigit as error:
        return Found([], framed(picture, [], SHOWN_SIDE), reason=error.reason)
    small = framed(picture, [], SHOWN_SIDE)
    scale = max(small.shape[:2]) / max(picture.shape[:2])
    return Found([_scaled(digit, scale) for digit in digits], small)


def _scaled(digit: data.Digit, scale: float) -> data.Digit:
    """A digit with its boxes on a smaller picture."""
    box = Box(*(round(scale * edge) for edge in digit.box))
    ways = [[_scaled(part, scale) for part in way] for way in digit.ways]
    return digit._replace(box=box, ways=ways)
