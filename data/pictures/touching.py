"""Where digits that touch may be cut apart: the ways to part one mark into several."""

from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np
from PIL import Image

from data.drawing.thickness import stroke_width
from data.pictures.box import Box

# Of its height, the narrowest mark that may be two digits (a 1 with a long upstroke is narrower),
# and the narrowest and widest part.
_LEAST_WIDTH, _NARROWEST, _WIDEST = 0.75, 0.08, 1.4
# A part is so high, as a share of the whole, and where there are more than two they are so wide on
# average.
_LOWEST, _USUAL_WIDTH = 0.4, 0.4
# By how many pixels a cut goes aside from one row to the next, and as how much ink each of them
# counts; and how much ink any may cross, as a share of the height: two zeros may have most of a
# stroke in common.
_STEPS = (0, -1, 1)
_ASIDE = 0.2
_MOST_CROSSED = 0.85
# Cuts are so far apart, as a share of the height, and no more than that many are tried, or so many
# for each height of the width.
_APART, _MOST_CUTS, _CUTS_FOR_WIDTH = 0.16, 6, 3
# A higher mark is shrunk first to between that and twice as many pixels: 20 are made of it.
_ENOUGH = 40
# What is darker is ink that a cut crosses: thin strokes that were shrunk have gaps in what is as
# dark as ink elsewhere.
_INK = 0.25
# On each side of a cut is as much ink as in a stroke of this share of the height: a 1 has more.
_SHORTEST = 0.5


class Part(NamedTuple):
    """ink: (h, w) float32 in [0, 1], smaller than it is if that is large.
    box: where it is on the whole.
    """

    ink: np.ndarray
    box: Box


class _Cut(NamedTuple):
    """From top to bottom, by columns (height,): what is on its left ends before `until`, what is on
    its right begins at `since`; a stroke between these belongs to both."""

    until: np.ndarray
    since: np.ndarray


def ways_to_part(ink: np.ndarray, least_width: float = _LEAST_WIDTH) -> list[list[Part]]:
    """The ways to part a mark that may be several digits which touch.

    Over-segmentation: it is cut wherever a path from top to bottom crosses little ink, and whoever
    can read the parts decides which cuts are right. Casey and Lecolinet 1996, "A survey of methods
    and strategies in character segmentation". A stroke that two parts have in common, as two zeros
    may have a side, belongs to both.

    Args:
        ink: (h, w) float32 in [0, 1], not all zero.
        least_width: of its height, the narrowest mark that may be two digits.

    Returns:
        For each way its parts from left to right, two at least; nothing where it is too narrow for
        two digits.
    """
    height, width = ink.shape
    if width < least_width * height:
        return []
    factor = max(1, height // _ENOUGH)
    ink = np.asarray(Image.fromarray(ink).reduce(factor))
    cuts = _cuts(ink)
    bounds = [None, *cuts, None]
    parts = {
        (first, last): _part(ink, bounds[first], bounds[last], factor)
        for first, last in combinations(range(len(bounds)), 2)
    }
    ways = []
    most = max(2, int(width / (_USUAL_WIDTH * height)))
    for count in range(1, min(len(cuts) + 1, most)):
        for chosen in combinations(range(1, len(cuts) + 1), count):
            ends = (0, *chosen, len(cuts) + 1)
            found = [parts[pair] for pair in pairwise(ends)]
            whole = [part for part in found if part is not None]
            if len(whole) == len(found):
                ways.append(whole)
    return ways


def _cuts(ink: np.ndarray) -> list[_Cut]:
    """Where little ink is crossed, from left to right."""
    height, width = ink.shape
    middle = height // 2
    above, from_above = _least_ink(ink[: middle + 1], height)
    below, from_below = _least_ink(ink[middle:][::-1], height)
    # Both have the middle row in them.
    costs = above + below - ink[middle] - height * (ink[middle] > _INK)
    left_of = np.pad(ink, ((0, 0), (1, 0))).cumsum(axis=1)
    rows = np.arange(height)
    stroke = stroke_width(ink)
    shortest = _SHORTEST * height * stroke
    apart = max(1, round(_APART * height))
    most = max(_MOST_CUTS, round(_CUTS_FOR_WIDTH * width / height))
    paths: dict[int, np.ndarray] = {}
    for x in np.argsort(costs, kind="stable").tolist():
        if len(paths) == most:
            break
        path = np.concatenate((_path(from_above, x), _path(from_below, x)[-2::-1]))
        if any(np.abs(path - other).mean() < apart for other in paths.values()):
            continue
        left, crossed = left_of[rows, path].sum(), ink[rows, path].sum()
        if crossed < _MOST_CROSSED * height and shortest < left < ink.sum() - shortest:
            paths[x] = path
    return [_along(paths[x], ink > _INK, round(stroke)) for x in sorted(paths)]


def _along(path: np.ndarray, is_ink: np.ndarray, stroke: int) -> _Cut:
    """The cut along a path: where it is within a stroke, each side keeps a whole stroke's width."""
    rows, columns = np.arange(len(path)), np.arange(is_ink.shape[1])
    # Of the ink that each place lies in, in its row; nothing of it where there is none.
    first = np.maximum.accumulate(np.where(is_ink, 0, columns + 1), axis=1)[rows, path]
    gaps = np.where(is_ink, len(columns), columns)
    end = np.minimum.accumulate(gaps[:, ::-1], axis=1)[:, ::-1][rows, path]
    until = np.maximum(path, np.minimum(end, first + stroke))
    since = np.minimum(path, np.maximum(first, end - stroke))
    return _Cut(until, since)


def _least_ink(ink: np.ndarray, stroke: float) -> tuple[np.ndarray, np.ndarray]:
    """The paths that cost least from the first row of (h, w) to each place of the last.

    By dynamic programming, as Avidan and Shamir 2007, "Seam carving for content-aware image
    resizing". Where two round digits touch, a path meets one long stroke, and within each of them
    two short ones: it costs the ink it crosses and `stroke` for each stroke.

    Returns:
        The costs (w,), and by how many columns the path to each place (h, w) goes to the right at
        its last step.
    """
    width = ink.shape[1]
    is_ink = (ink > _INK).astype(np.float32)
    costs = ink[0] + stroke * is_ink[0]
    steps = np.zeros(ink.shape, int)
    for y in range(1, len(ink)):
        before = np.pad(costs, 1, constant_values=np.inf)
        ink_before = np.pad(is_ink[y - 1], 1)
        ways = [
            before[1 - step : 1 - step + width]
            + stroke * (is_ink[y] > ink_before[1 - step : 1 - step + width])
            + _ASIDE * abs(step)
            for step in _STEPS
        ]
        steps[y] = np.take(_STEPS, np.argmin(ways, axis=0))
        costs = np.min(ways, axis=0) + ink[y]
    return costs, steps


def _path(steps: np.ndarray, x: int) -> np.ndarray:
    """The columns (h,) of the path to a place of the last row."""
    path = np.empty(len(steps), int)
    for y in range(len(steps) - 1, -1, -1):
        path[y] = x
        x -= steps[y, x]
    return path


def _part(ink: np.ndarray, left: _Cut | None, right: _Cut | None, factor: int) -> Part | None:
    """What lies between two cuts of what was shrunk; None where that is no digit by its shape."""
    x = np.arange(ink.shape[1])
    within = np.ones(ink.shape, bool)
    if left is not None:
        within &= x >= left.since[:, None]
    if right is not None:
        within &= x < right.until[:, None]
    part = np.where(within, ink, np.float32(0))
    marked = part > 0.1
    if not marked.any():
        return None
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    box = Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    if box.height < _LOWEST * len(ink):
        return None
    if not _NARROWEST * len(ink) <= box.width <= _WIDEST * len(ink):
        return None
    cut = part[box.top : box.bottom, box.left : box.right]
    return Part(cut, Box(*(factor * edge for edge in box)))
