"""From a digit's strokes to an image like those of MNIST."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from data.drawing.centring import DIGIT_SIZE, centred
from data.drawing.strokes import checked_pen_width, checked_strokes
from data.drawing.thickness import THICKNESS

# Strokes are drawn so many times larger and then scaled down, which makes soft edges.
_ZOOM = 10


def from_strokes(strokes: Sequence[np.ndarray], pen_width: float) -> np.ndarray | None:
    """Draws one digit's strokes anew as an image like MNIST's, in the thickness of MNIST's digits.

    Place, size and pen make no difference, so that the network sees what it knows: the digit is
    scaled so that its longer side, ink included, is 20 pixels, and moved as in `centred`.

    Args:
        strokes: the points of each stroke in the order in which they were drawn, (n, 2) floats,
            x right and y down, in pixels of the canvas. Dots are strokes of one point.
        pen_width: of the pen they were drawn with, in the same pixels. A drawing that is smaller
            than half of that is a dot, and stays one: it is not blown up.

    Returns:
        (28, 28) float32 in [0, 1], 1 = full ink; None without any point.

    Raises:
        ValueError: if `pen_width` is no number from 0.001 to a million, or a stroke has another
            shape or holds something else than numbers up to a million.
    """
    pen_width = checked_pen_width(pen_width)
    drawn = [stroke for stroke in checked_strokes(strokes) if len(stroke)]
    if not drawn:
        return None
    points = np.concatenate(drawn)
    corner, size = points.min(axis=0), np.ptp(points, axis=0)
    scale = _ZOOM * (DIGIT_SIZE - THICKNESS) / max(size.max(), pen_width / 2)
    # Whole pixels of the image around the digit, which lies in the middle of them.
    pixels = np.ceil((size * scale / _ZOOM + THICKNESS).round(6)).astype(int)
    sheet = Image.new("L", tuple(_ZOOM * pixels))
    # Pillow counts from the middle of the first pixel.
    origin = (_ZOOM * pixels - size * scale - 1) / 2
    radius = _ZOOM * THICKNESS / 2
    pen = ImageDraw.Draw(sheet)
    for stroke in drawn:
        line = _thinned((stroke - corner) * scale + origin)
        pen.line(line, fill=255, width=round(2 * radius), joint="curve")
        for x, y in (line[0], line[-1]):  # round ends
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    small = sheet.resize(tuple(pixels), Image.Resampling.HAMMING)
    return centred(np.asarray(small, np.float32) / 255)


def _thinned(line: np.ndarray) -> list[tuple[float, float]]:
    """(n, 2) points without those that lie in the same pixel as the one before."""
    moved = np.diff(np.rint(line), axis=0).any(axis=1)
    return [(x, y) for x, y in line[np.concatenate([[True], moved])]]
