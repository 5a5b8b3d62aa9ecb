"""Where digits that touch may be cut apart: the ways to part one mark into several."""

from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np
from PIL import Image

from data.drawing.thickness import stroke_width
from data.pictures.box import Box

# Of its height, the narrowest mark that may be two digits (a 1 with a long upstroke is narrower),
# and the narrowest and widest part.
_LEAST_WIDTH, _NARROWEST, _WIDEST = 0.75, 0.08, 1.2
# A part is so high, as a share of the whole, and where there are more than two they are so wide on
# average.
_LOWEST, _USUAL_WIDTH = 0.4, 0.4
# How cuts slant, in pixels to the right for each up; how much more ink, as a share of the height,
# an upright one may cross than one of slant 1 and still be preferred; and how much ink any may
# cross: two zeros may have most of a stroke in common.
_SLANTS = (-0.2, 0.0, 0.2, 0.4, 0.6)
_UPRIGHT = 0.2
_MOST_CROSSED = 0.85
# Cuts are so far apart, as a share of the height, and no more than that many are tried, or so many
# for each height of the width.
_APART, _MOST_CUTS, _CUTS_FOR_WIDTH = 0.12, 6, 3
# A higher mark is shrunk first to between that and twice as many pixels: 20 are made of it.
_ENOUGH = 40
# On each side of a cut is as much ink as in a stroke of this share of the height: a 1 has more.
_SHORTEST = 0.5


class Part(NamedTuple):
    """ink: (h, w) float32 in [0, 1], smaller than it is if that is large.
    box: where it is on the whole.
    """

    ink: np.ndarray
    box: Box


class _Cut(NamedTuple):
    """A straight line from top to bottom, by where it meets the middle row."""

    x: int
    slant: float


def ways_to_part(ink: np.ndarray) -> list[list[Part]]:
    """The ways to part a mark that may be several digits which touch.

    Over-segmentation: it is cut wherever a straight line crosses little ink, and whoever can read
    the parts decides which cuts are right. Casey and Lecolinet 1996, "A survey of methods and
    strategies in character segmentation".

    Args:
        ink: (h, w) float32 in [0, 1], not all zero.

    Returns:
        For each way its parts from left to right, two at least; nothing where it is too narrow for
        two digits.
    """
    height, width = ink.shape
    if width < _LEAST_WIDTH * height:
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
    lean = np.rint(np.outer(_SLANTS, height / 2 - np.arange(height))).astype(int)
    reach = int(np.abs(lean).max())
    padded = np.pad(ink, ((0, 0), (reach, reach)))
    rows = np.arange(height)[:, None]
    columns = np.arange(width) + reach
    along = np.array([padded[rows, columns + by[:, None]] for by in lean])
    crossed = along.sum(axis=1)
    # Where two round digits touch, a line meets one long stroke, and within each of them two short
    # ones.
    strokes = np.count_nonzero(np.diff(along > 0.5, axis=1, prepend=False) > 0, axis=1) / 2
    costs = np.where(crossed > _MOST_CROSSED * height, np.inf, crossed + strokes * height)
    costs += _UPRIGHT * height * np.abs(_SLANTS)[:, None]
    left = crossed.cumsum(axis=1)
    beside = np.minimum(left, left[:, -1:] - left)
    costs[beside < _SHORTEST * height * stroke_width(ink)] = np.inf
    least = costs.min(axis=0)
    apart = max(1, round(_APART * height))
    most = max(_MOST_CUTS, round(_CUTS_FOR_WIDTH * width / height))
    cuts: list[_Cut] = []
    for x in np.argsort(least, kind="stable").tolist():
        if np.isinf(least[x]) or len(cuts) == most:
            break
        inside = apart / 2 <= x < width - apart / 2
        if inside and all(abs(x - cut.x) >= apart for cut in cuts):
            cuts.append(_Cut(x, _SLANTS[int(costs[:, x].argmin())]))
    return sorted(cuts)


def _part(ink: np.ndarray, left: _Cut | None, right: _Cut | None, factor: int) -> Part | None:
    """What lies between two cuts of what was shrunk; None where that is no digit by its shape."""
    y, x = np.indices(ink.shape)
    middle = len(ink) / 2
    within = np.ones(ink.shape, bool)
    if left is not None:
        within &= x >= left.x + left.slant * (middle - y)
    if right is not None:
        within &= x < right.x + right.slant * (middle - y)
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
