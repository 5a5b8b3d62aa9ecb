"""From a drawing's strokes or ink to an image like those of MNIST."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from data.drawing.strokes import checked_pen_width, checked_strokes

SIDE = 28
_BOX = 20
# MNIST's images have their centre of mass here (index of the pixel; mean of its training images).
_CENTRE = 14
# MNIST's strokes are so wide, in its pixels: drawn so, strokes have the same width as MNIST's by
# `nn.augment.styles.stroke_widths` (median of its training images 2.5) and the same share of ink.
_THICKNESS = 2.3
# Strokes of pictures thinner than this are made as thick.
_THIN = 1.2
# Strokes are drawn so many times larger and then scaled down, which makes soft edges.
_ZOOM = 10
# Fainter pixels at the rim of a stroke don't count as part of the digit's box.
_FAINT = 0.1


def from_strokes(strokes: Sequence[np.ndarray], pen_width: float) -> np.ndarray | None:
    """Draws one digit's strokes anew as an image like MNIST's, in the thickness of MNIST's digits.

    Place, size and pen make no difference, so that the network sees what it knows: the digit is
    scaled so that its longer side, ink included, is 20 pixels, and moved as in `centre`.

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
    scale = _ZOOM * (_BOX - _THICKNESS) / max(size.max(), pen_width / 2)
    # Whole pixels of the image around the digit, which lies in the middle of them.
    pixels = np.ceil((size * scale / _ZOOM + _THICKNESS).round(6)).astype(int)
    sheet = Image.new("L", tuple(_ZOOM * pixels))
    # Pillow counts from the middle of the first pixel.
    origin = (_ZOOM * pixels - size * scale - 1) / 2
    radius = _ZOOM * _THICKNESS / 2
    pen = ImageDraw.Draw(sheet)
    for stroke in drawn:
        line = _thinned((stroke - corner) * scale + origin)
        pen.line(line, fill=255, width=round(2 * radius), joint="curve")
        for x, y in (line[0], line[-1]):  # round ends
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    small = sheet.resize(tuple(pixels), Image.Resampling.HAMMING)
    return _centred(np.asarray(small, np.float32) / 255)


def _thinned(line: np.ndarray) -> list[tuple[float, float]]:
    """(n, 2) points without those that lie in the same pixel as the one before."""
    moved = np.diff(np.rint(line), axis=0).any(axis=1)
    return [(x, y) for x, y in line[np.concatenate([[True], moved])]]


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
    scale = _BOX / max(bottom - top, right - left)
    height = max(1, round((bottom - top) * scale))
    width = max(1, round((right - left) * scale))
    cut = Image.fromarray(ink[top:bottom, left:right])
    return _centred(np.asarray(cut.resize((width, height), Image.Resampling.HAMMING)))


def _centred(small: np.ndarray) -> np.ndarray:
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


def stroke_width(ink: np.ndarray) -> float:
    """The mean width of the strokes in (h, w) float32 in [0, 1], not all zero, in pixels."""
    # A stroke of length L and width w has an area of w L, and in steps along x and y one meets its
    # two edges 2 L · 4/π times, over all directions.
    padded = np.pad(ink, 1)
    edges = np.abs(np.diff(padded, axis=0)).sum() + np.abs(np.diff(padded, axis=1)).sum()
    return float(8 / np.pi * ink.sum() / edges)


def thickened(ink: np.ndarray) -> np.ndarray:
    """A digit (h, w) float32 in [0, 1] with strokes not much thinner than MNIST's.

    Those of a ballpoint would fade away when scaled down; they get more ink around them.
    """
    width, size = stroke_width(ink), max(ink.shape)
    if width * _BOX / size > _THIN:
        return ink
    from scipy import ndimage  # here, because it takes 0.4 s and 20 MB

    more = round((_THICKNESS * size / _BOX - width) / 2)
    padded = np.pad(ink, more + 1)
    outside = ndimage.distance_transform_edt(padded <= 0.5)
    return np.maximum(padded, np.clip(more + 1 - outside, 0, 1).astype(np.float32))
