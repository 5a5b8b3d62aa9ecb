"""Written numbers below one another: which strokes stand in which row."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from data.drawing.strokes import checked_pen_width, checked_strokes

# A row is so high, as a share of the highest one; what is lower is a part of its neighbour.
_HIGH = 0.5
# Two rows have so much free height between them, as a share of the lower one's, and two digits
# that stand alone, one below the other, so much: an 8 may be written as two circles.
_FREE, _FREE_ALONE = 0.05, 0.3
# How rows may slope, in pixels down for each to the right.
_SLOPES = (0.0, -0.1, 0.1, -0.2, 0.2)


def split_rows(strokes: Sequence[np.ndarray], pen_width: float) -> list[list[np.ndarray]]:
    """Groups strokes into rows, before `split_digits` parts each of them.

    Two rows are parted by a straight line that crosses no stroke, level or a little sloped, if the
    strokes on both sides are high enough for digits.

    Args:
        strokes: as in `from_strokes`: (n, 2) floats, x right and y down, in pixels. Those without
            a point are in no row.
        pen_width: of the pen they were drawn with, in the same pixels.

    Returns:
        The strokes of each row in the order in which they were drawn, rows from top to bottom.

    Raises:
        ValueError: as by `from_strokes`.
    """
    pen_width = checked_pen_width(pen_width)
    points = checked_strokes(strokes)
    drawn = [place for place, stroke in enumerate(points) if len(stroke)]
    if not drawn:
        return []
    for slope in _SLOPES:
        rows = _bands([points[place] for place in drawn], slope, pen_width)
        if len(rows) > 1:
            return [[strokes[drawn[place]] for place in sorted(row)] for row in rows]
    return [[strokes[place] for place in drawn]]


def _bands(points: Sequence[np.ndarray], slope: float, pen_width: float) -> list[list[int]]:
    """The rows, as places in `points`; one where not all of it stands in rows of that slope."""
    heights = [stroke @ [-slope, 1.0] for stroke in points]
    tops = np.array([height.min() for height in heights]) - pen_width / 2
    bottoms = np.array([height.max() for height in heights]) + pen_width / 2
    bands: list[list[int]] = []
    end = -np.inf
    for place in np.argsort(tops, kind="stable").tolist():
        if tops[place] > end:
            bands.append([])
        bands[-1].append(place)
        end = max(end, bottoms[place])

    def extent(band: list[int]) -> tuple[float, float]:
        return float(tops[band].min()), float(bottoms[band].max())

    extents = [extent(band) for band in bands]
    tallest = max(bottom - top for top, bottom in extents)
    if any(bottom - top < _HIGH * tallest for top, bottom in extents):
        return [list(range(len(points)))]
    single = all(_is_alone([points[place] for place in band]) for band in bands)
    for (top, bottom), (below, end) in pairwise(extents):
        lower = min(bottom - top, end - below)
        if below - bottom < (_FREE_ALONE if single else _FREE) * lower:
            return [list(range(len(points)))]
    return bands


def _is_alone(points: Sequence[np.ndarray]) -> bool:
    """Whether strokes are no two digits beside one another: all meet in some column."""
    return max(stroke[:, 0].min() for stroke in points) <= min(s[:, 0].max() for s in points)
