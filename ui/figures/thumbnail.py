"""Small versions of visitors' pictures."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from ui.figures.png import png
from ui.shared import theme

_FRAME = theme.PALETTE[1]


def framed(rgba: np.ndarray, boxes: Sequence[tuple[int, int, int, int]], side: int) -> np.ndarray:
    """A picture, its longer side `side` pixels at most, with a frame around each box.

    The frame is orange with a white rim, so that it is seen on any picture.

    Args:
        rgba: (H, W, 4) uint8.
        boxes: left, top, right, bottom in pixels of `rgba`; right and bottom are the first outside.
        side: in pixels.

    Returns (h, w, 4) uint8.
    """
    picture = Image.fromarray(rgba)
    scale = min(1.0, side / max(picture.size))
    picture.thumbnail((side, side))
    pen = ImageDraw.Draw(picture)
    width = max(1, max(picture.size) // 140)
    last = picture.width - 1, picture.height - 1
    for box in boxes:
        left, top, right, bottom = (round(scale * edge) for edge in box)
        # Around the digit where there is room.
        for colour, away, thick in (("white", 4, 4), (_FRAME, 3, 2)):
            corner = max(0, left - away * width), max(0, top - away * width)
            end = min(last[0], right - 1 + away * width), min(last[1], bottom - 1 + away * width)
            pen.rectangle((*corner, *end), outline=colour, width=thick * width)
    return np.asarray(picture)


def thumbnail_png(rgba: np.ndarray, side: int) -> bytes:
    """A picture as a PNG whose longer side has `side` pixels at most.

    Args:
        rgba: (H, W, 4) uint8.
        side: in pixels.
    """
    picture = Image.fromarray(rgba)
    picture.thumbnail((side, side))
    return png(picture)
