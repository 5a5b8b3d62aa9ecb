"""From a drawing to an image like those of MNIST."""

import numpy as np
from PIL import Image

from .ink import find_ink

SIDE = 28
_BOX = 20
# MNIST's images have their centre of mass here (index of the pixel; mean of its training images).
_CENTRE = 14
# Fainter pixels at the rim of a stroke don't count as part of the digit's box.
_FAINT = 0.1


def to_mnist(rgba: np.ndarray) -> np.ndarray | None:
    """Turns a picture of one digit into an image made as MNIST's were.

    The digit is cut out, scaled with anti-aliasing so that its longer side is 20 pixels, and
    moved by whole pixels so that its centre of mass comes to the middle of 28x28.

    LeCun, Bottou, Bengio, Haffner 1998, "Gradient-based learning applied to document
    recognition", section III.A.

    Args:
        rgba: (H, W, 4) uint8, any size; light on dark, dark on light, or anything on a
            transparent background.

    Returns:
        (28, 28) float32 in [0, 1], 1 = full ink; None for an empty picture.

    Raises:
        ValueError: if `rgba` has another shape or type.
    """
    if rgba.ndim != 3 or rgba.shape[2] != 4 or rgba.dtype != np.uint8 or not rgba.size:
        raise ValueError(
            f"rgba must be uint8 of shape (height, width, 4), got {rgba.dtype} of {rgba.shape}"
        )
    ink = find_ink(rgba)
    return None if ink is None else centre(ink)


def centre(ink: np.ndarray) -> np.ndarray:
    """The geometry of `to_mnist`: (h, w) float32 ink in [0, 1], not all zero, to (28, 28)."""
    marked = ink > _FAINT * ink.max()
    rows, columns = np.flatnonzero(marked.any(1)), np.flatnonzero(marked.any(0))
    top, bottom = rows[0], rows[-1] + 1
    left, right = columns[0], columns[-1] + 1
    scale = _BOX / max(bottom - top, right - left)
    height = max(1, round((bottom - top) * scale))
    width = max(1, round((right - left) * scale))
    cut = Image.fromarray(ink[top:bottom, left:right])
    small = np.asarray(cut.resize((width, height), Image.Resampling.HAMMING))
    total = small.sum()
    y = _offset(small.sum(1) @ np.arange(height) / total, height)
    x = _offset(small.sum(0) @ np.arange(width) / total, width)
    image = np.zeros((SIDE, SIDE), np.float32)
    image[y : y + height, x : x + width] = small
    return image


def _offset(centre_of_mass: float, length: int) -> int:
    """Where a digit's first row (or column) goes: centred, but never over the edge."""
    return int(np.clip(round(_CENTRE - centre_of_mass), 0, SIDE - length))
