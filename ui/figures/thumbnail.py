"""Small versions of visitors' pictures."""

import io

import numpy as np
from PIL import Image


def thumbnail_png(rgba: np.ndarray, side: int) -> bytes:
    """A picture as a PNG whose longer side has `side` pixels at most.

    Args:
        rgba: (H, W, 4) uint8.
        side: in pixels.
    """
    picture = Image.fromarray(rgba)
    picture.thumbnail((side, side))
    content = io.BytesIO()
    picture.save(content, format="png")
    return content.getvalue()
