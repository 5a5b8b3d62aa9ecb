"""Where on an image a digit stands, and how large it is: as in MNIST."""

import numpy as np
from PIL import Image

SIDE = 28
"""Of an image, in pixels."""
DIGIT_SIZE = 20
"""The longer side of the digit on it."""
# MNIST's images have their centre of mass here (index of the pixel; mean of its training images).
_CENTRE = 14
# Fainter pixels at the rim of a stroke don't count as part of the digit's box.
_FAINT = 0.1


def centre(ink: np.ndarray) -> np.ndarray:
    """Makes an image of a digit's ink as MNIST's were made.

    The digit is cut out, scaled with anti-aliasing so that its longer side is 20 pixels, and
    moved by whole pixels so that its centre of mass comes to the middle of 28x28.

    LeCun, Bottou, Bengio, Haffner 1998, "Gradient-based learning applied to document
    recognition", section III.A.

    Args:
        ink: (h, w) float32 in [0, 1], not all zero.

    Returns:
        (28, 28) float32 in [0, 1].
    """
    marked = ink > _FAINT * ink.max()
    rows, columns = np.flatnonzero(marked.any(1)), np.flatnonzero(marked.any(0))
    top, bottom = rows[0], rows[-1] + 1
    left, right = columns[0], columns[-1] + 1
    scale = DIGIT_SIZE / max(bottom - top, right - left)
    height = max(1, round((bottom - top) * scale))
    width = max(1, round((right - left) * scale))
    cut = Image.fromarray(ink[top:bottom, left:right])
    return centred(np.asarray(cut.resize((width, height), Image.Resampling.HAMMING)))


def centred(small: np.ndarray) -> np.ndarray:
    """(28, 28) with the (h, w) image in it so that its centre of mass is in the middle."""
    height, width = small.shape
    total = small.sum()
    y = _offset(small.sum(1) @ np.arange(height) / total, height)
    x = _offset(small.sum(0) @ np.arange(width) / total, width)
    image = np.zeros((SIDE, SIDE), np.float32)
    image[y : y + height, x : x + width] = small
    return image


def _offset(centre_of_mass: float, length: int) -> int:
    """Where a digit's first row (or column) goes: centred, but never over the edge."""
    return int(np.clip(round(_CENTRE - centre_of_mass), 0, SIDE - length))
