"""Bringing datasets of smaller images to 28x28."""

import numpy as np
from PIL import Image

from data.drawing.centring import SIDE, centre

_ENLARGED = 96


def enlarge(images: np.ndarray) -> np.ndarray:
    """Small grey images (n, h, w) float32 in [0, 1] to (n, 28, 28) uint8 like MNIST's.

    A blurred picture of a stroke is smoothly enlarged and cut half-way between paper and ink:
    that gives the outline of the stroke back, which then takes the same way as a drawing.
    """
    result = np.zeros((len(images), SIDE, SIDE), np.uint8)
    for image, small in zip(result, images, strict=True):
        # A border, so that strokes which touch the edge get an outline there too.
        smooth = Image.fromarray(np.pad(small, 1)).resize(
            (_ENLARGED,) * 2, Image.Resampling.BICUBIC
        )
        outline = np.clip(2 * np.asarray(smooth) - 0.5, 0, 1)
        image[:] = np.rint(255 * centre(outline))
    return result
