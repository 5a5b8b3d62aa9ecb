"""Written numbers below one another: which strokes stand in which row."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from data.drawing.strokes import (
    checked_pen_width,
    checked_strokes,
    evenly_spaced,
    shortest_gaps,
)

# The tallest stroke of a row is so high, as a share of that of its neighbour: else it is a part of
# that.
_HIGH = 0.5
# Two rows have so much free height between them, as a share of the tallest stroke, and two digits
# that stand alone, one below the other, so much: an 8 may be written as two circles.
_FREE, _FREE_ALONE = 0.05, 0.35
# Where there is no free line between two rows, the middles of their digits are so far apart in
# height, as a share of the tallest stroke: those of one row would be 0, of rows that meet 1. A
# stroke of this share of that is a digit or the most of one.
_APART, _TALL = 0.5, 0.6
# The strokes above and below of which a digit is made are so near to each other, in widths of the
# pen. A stroke stands above another one if they have more than this share of the narrower one's
# width in common.
_MATES, _BELOW = 2, 0.25
# How lines between rows may slope, in pixels down for each to the right; of those that are as good
# the most level.
_SLOPES = sorted(np.linspace(-0.25, 0.25, 11).round(2).tolist(), key=abs)


def split_rows(strokes: Sequence[np.ndarray], pen_width: float) -> list[list[np.ndarray]]:
    """Groups strokes into rows, before `split_digits` parts each of them.

    What is written is parted by the straight line that crosses no stroke, level or a little sloped,
    with most free room on both sides, if the strokes there are high enough for digits; and so is
    what lies on each side. Rows that reach into each other, as where the foot of a 7 stands among
    the digits below, are parted by the middles of their strokes.

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
    return [[strokes[place] for place in row] for row in _rows(points, drawn, pen_width)]


def _rows(points: Sequence[np.ndarray], places: list[int], pen_width: float) -> list[list[int]]:
    """The rows that some of the strokes stand in, by their places in `points`."""
    if not places:
        return []
    parts = _parted_by_room(points, places, pen_width)
    parts = parts or _parted_by_middles(points, places, pen_width)
    if parts is None:
        return [places]
    return [row for part in parts for row in _rows(points, sorted(part), pen_width)]


_Parts = tuple[list[int], list[int]]
"""The strokes of an upper and a lower part, by their places."""


def _parted_by_room(
    points: Sequence[np.ndarray], places: list[int], pen_width: float
) -> _Parts | None:
    """Parts with the most free height between them; None where it is nowhere enough."""
    best, parts = 0.0, None
    for slope in _SLOPES:
        for upper, lower, free in _gaps(points, places, slope, pen_width):
            if free > best:
                best, parts = free, (upper, lower)
    return parts


def _gaps(
    points: Sequence[np.ndarray], places: list[int], slope: float, pen_width: float
) -> Iterator[tuple[list[int], list[int], float]]:
    """The ways to part strokes by a line of that slope: what is above and below, and how much free
    height there is between, as a share of the least that parts two rows."""
    heights = {place: points[place] @ [-slope, 1.0] for place in places}
    tops = {place: height.min() for place, height in heights.items()}
    order = sorted(places, key=lambda place: tops[place])
    end = -np.inf
    for count, place in enumerate(order):
        if tops[place] > end > -np.inf:
            upper, lower = order[:count], order[count:]
            above, below = (_tallest(points, part) + pen_width for part in (upper, lower))
            alone = _is_alone(points, upper) and _is_alone(points, lower)
            least = (_FREE_ALONE if alone else _FREE) * min(above, below)
            free = tops[place] - end
            if free > least and min(above, below) > _HIGH * max(above, below):
                yield upper, lower, free / least
        end = max(end, heights[place].max())


def _parted_by_middles(
    points: Sequence[np.ndarray], places: list[int], pen_width: float
) -> _Parts | None:
    """Parts whose tall strokes have their middles at the most unlike heights; None where these are
    nowhere unlike enough, or nothing stands above anything else."""
    tallest = _tallest(points, places)
    tall = [place for place in places if np.ptp(points[place][:, 1]) >= _TALL * tallest]
    best, parts = _APART * (tallest + pen_width), None
    for slope in _SLOPES:
        middles = {place: _middle(points[place] @ [-slope, 1.0]) for place in tall}
        order = sorted(tall, key=lambda place: middles[place])
        for count, (before, after) in enumerate(pairwise(order), 1):
            upper, lower = order[:count], order[count:]
            apart = middles[after] - middles[before]
            if apart > best and _are_rows(points, upper, lower, pen_width):
                best, parts = apart, (upper, lower)
    return parts and _with_the_others(points, places, parts, pen_width)


def _are_rows(
    points: Sequence[np.ndarray], upper: list[int], lower: list[int], pen_width: float
) -> bool:
    """Whether parts lie above one another for half of the narrower one's width, and are not the
    two halves of one digit or of several beside one another."""
    if _is_alone(points, upper) and _is_alone(points, lower):
        return False
    across = [np.concatenate([points[place][:, 0] for place in part]) for part in (upper, lower)]
    shared = min(x.max() for x in across) - max(x.min() for x in across)
    if 2 * shared < min(np.ptp(x) for x in across):
        return False
    return not _are_halves(points, upper, lower, pen_width)


def _are_halves(
    points: Sequence[np.ndarray], upper: list[int], lower: list[int], pen_width: float
) -> bool:
    """Whether each stroke of one part is the other half of a digit to one of the other part, as of
    an 8 of two circles: it is near to that, each to another, and above or below no second one. So
    are several that all touch the same one."""
    ordered = [sorted(part, key=lambda place: points[place][:, 0].min()) for part in (upper, lower)]
    spaced = [evenly_spaced(points[place], pen_width) for part in ordered for place in part]
    gaps = shortest_gaps(spaced, least=0, most=_MATES * pen_width)[: len(upper), len(upper) :]
    lows, highs = (
        [np.array([edge(points[place][:, 0]) for place in part]) for part in ordered]
        for edge in (np.min, np.max)
    )
    widths = [high - low for low, high in zip(lows, highs, strict=True)]
    shared = np.minimum.outer(*highs) - np.maximum.outer(*lows)
    below = shared > _BELOW * np.minimum.outer(*widths)
    return any(
        (_have_mates(gaps < np.inf) and (below.sum(axis=1) <= 1).all())
        or (len(gaps) > 1 and (gaps <= pen_width / 2).all(axis=0).any())
        for gaps, below in ((gaps, below), (gaps.T, below.T))
    )


def _have_mates(near: np.ndarray) -> bool:
    """Whether each row of a matrix finds a column of its own where it is true: one after the other
    takes the first that is left."""
    left = np.ones(near.shape[1], bool)
    for row in near:
        free = np.flatnonzero(row & left)
        if not free.size:
            return False
        left[free[0]] = False
    return True


def _with_the_others(
    points: Sequence[np.ndarray], places: list[int], parts: _Parts, pen_width: float
) -> _Parts:
    """The parts with those of the strokes that are in none: one after the other, the nearest first,
    each joins the part that it is nearest to."""
    gaps = shortest_gaps([evenly_spaced(points[place], pen_width) for place in places], 0, np.inf)
    upper, lower = ([places.index(place) for place in part] for part in parts)
    left = sorted(set(range(len(places))) - {*upper, *lower})
    while left:
        to_upper, to_lower = (gaps[np.ix_(left, part)].min(axis=1) for part in (upper, lower))
        nearest = int(np.minimum(to_upper, to_lower).argmin())
        part = upper if to_upper[nearest] < to_lower[nearest] else lower
        part.append(left.pop(nearest))
    return [places[index] for index in upper], [places[index] for index in lower]


def _middle(heights: np.ndarray) -> float:
    return float(heights.min() + heights.max()) / 2


def _tallest(points: Sequence[np.ndarray], places: Sequence[int]) -> float:
    return max(float(np.ptp(points[place][:, 1])) for place in places)


def _is_alone(points: Sequence[np.ndarray], places: Sequence[int]) -> bool:
    """Whether strokes are no two digits beside one another: all meet in some column."""
    across = [points[place][:, 0] for place in places]
    return max(x.min() for x in across) <= min(x.max() for x in across)
