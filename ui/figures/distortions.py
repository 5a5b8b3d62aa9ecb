"""Images beside distorted copies of them, as one picture."""

import numpy as np
from PIL import Image

from ui.figures.png import png

ENLARGED = 4
"""Side of one pixel of an image in the picture, so that browsers need not blur it."""
GAP = 2
"""Pixels between two images; three times as many behind the first of a row, the original."""


def distortions_png(images: np.ndarray) -> bytes:
    """A PNG of rows of images, light ink on black; transparent in between.

    Args:
        images: (rows, columns, height, width) uint8; the first column are the originals.

    Raises ValueError if the images have another shape or type.
    """
    if images.ndim != 4 or images.dtype != np.uint8 or not images.size:
        raise ValueError(
            "images must be uint8 of shape (rows, columns, height, width), "
            f"got {images.dtype} of shape {images.shape}"
        )
    rows, columns, height, width = images.shape
    lefts = [column * (width + GAP) + (2 * GAP if column else 0) for column in range(columns)]
    picture = np.zeros((rows * (height + GAP) - GAP, lefts[-1] + width, 2), np.uint8)  # ink, alpha
    for row in range(rows):
        top = row * (height + GAP)
        for left, image in zip(lefts, images[row], strict=True):
            place = picture[top : top + height, left : left + width]
            place[..., 0] = image
            place[..., 1] = 255
    picture = picture.repeat(ENLARGED, axis=0).repeat(ENLARGED, axis=1)
    return png(Image.fromarray(picture, "LA"), compress_level=1)
