"""Images of digits, as a network sees them."""

import numpy as np
from PIL import Image

from ui.figures.png import png


def digit_png(image: np.ndarray, enlarged: int = 10) -> bytes:
    """An image as a PNG with crisp pixels, light ink on black as in MNIST.

    Args:
        image: (height, width), uint8 from 0 to 255 or floats in [0, 1].
        enlarged: side of one pixel of the image in the picture. Browsers blur small pictures
            that they enlarge themselves.

    Raises:
        ValueError: another shape or other numbers.
    """
    if image.ndim != 2:
        raise ValueError(f"image must have shape (height, width), got {image.shape}")
    if image.dtype != np.uint8:
        if not ((image >= 0) & (image <= 1)).all():
            raise ValueError("image must be uint8 or hold numbers in [0, 1]")
        image = np.rint(255 * image).astype(np.uint8)
    pixels = np.repeat(np.repeat(image, enlarged, axis=0), enlarged, axis=1)
    return png(Image.fromarray(pixels))
