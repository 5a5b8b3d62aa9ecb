"""From a picture, drawn or photographed, to images like those of MNIST."""

from typing import NamedTuple

import numpy as np

from .canvas import centre, thickened
from .ink import find_ink
from .marks import Box, find_marks


class Digit(NamedTuple):
    """A digit on a picture.

    image: (28, 28) float32 in [0, 1], 1 = full ink.
    box: where it was cut out, in pixels of the picture.
    """

    image: np.ndarray
    box: Box


def find_digits(rgba: np.ndarray, *, several: bool = True) -> list[Digit]:
    """Finds the digits of a number on a picture and makes images of them as MNIST's were made.

    Other things on it are left out: shadows, printed lines, dirt, what belongs to something else.

    Args:
        rgba: (H, W, 4) uint8, any size; light on dark, dark on light, or anything on a
            transparent background; also a photo of paper.
        several: False where the picture is of one sign that may have parts, such as a letter.

    Returns:
        The digits of one row, from left to right, at least one. Digits that touch are one.

    Raises:
        NoDigit: if there is none.
        ValueError: if `rgba` has another shape or type.
    """
    if rgba.ndim != 3 or rgba.shape[2] != 4 or rgba.dtype != np.uint8 or not rgba.size:
        raise ValueError(
            f"rgba must be uint8 of shape (height, width, 4), got {rgba.dtype} of {rgba.shape}"
        )
    ink = find_ink(rgba)
    height, width = rgba.shape[:2]
    digits = []
    for cut, box in find_marks(ink, several=several):
        left, right = (ink.factor * (ink.left + x) for x in (box.left, box.right))
        top, bottom = (ink.factor * (ink.top + y) for y in (box.top, box.bottom))
        whole = Box(left, top, min(right, width), min(bottom, height))
        digits.append(Digit(centre(thickened(cut)), whole))
    return digits
