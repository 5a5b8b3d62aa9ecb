"""One visitor's picture, and what is found on it."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

import data
from ui.figures.thumbnail import framed

SHOWN_SIDE = 280
"""Longer side, in pixels, of the picture as it is shown again."""

_SESSION_KEY = "picture_found"


@dataclass(frozen=True)
class Found:
    """What is found on a picture.

    images: (28, 28) float32 in [0, 1] each, from left to right, as the network sees them.
    picture: (h, w, 4) uint8, RGBA: the picture with a frame around each, small; None where the
        file is no picture.
    reason: where there is no image, the `reason` of `data.NoDigit`.
    refused: why the file cannot be read.
    """

    images: list[np.ndarray]
    picture: np.ndarray | None = None
    reason: str = ""
    refused: str = ""


NOTHING = Found([])


def find_on_picture(upload: UploadedFile | None, *, several: bool) -> Found:
    """What is found on an uploaded picture, `NOTHING` without one.

    A large photo takes a while: until there is another one the session keeps what was found.

    Args:
        upload: the file.
        several: whether it may show a number of several digits; else it is of one sign.
    """
    if upload is None:
        st.session_state.pop(_SESSION_KEY, None)
        return NOTHING
    asked = upload.file_id, several
    kept: tuple[tuple[str, bool], Found] | None = st.session_state.get(_SESSION_KEY)
    if kept is None or kept[0] != asked:
        kept = st.session_state[_SESSION_KEY] = asked, _find(upload.getvalue(), several)
    return kept[1]


def _find(content: bytes, several: bool) -> Found:
    try:
        picture = data.read_image(content)
    except ValueError as error:
        return Found([], refused=str(error))
    try:
        digits = data.find_digits(picture, several=several)
    except data.NoDigit as error:
        return Found([], framed(picture, [], SHOWN_SIDE), reason=error.reason)
    frames = framed(picture, [digit.box for digit in digits], SHOWN_SIDE)
    return Found([digit.image for digit in digits], frames)
