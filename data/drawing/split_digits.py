"""A written number: which of its strokes make up which digit."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from data.drawing.strokes import (
    checked_pen_width,
    checked_strokes,
    evenly_spaced,
    shortest_gap,
)

MOST_STROKES = 60
"""More are taken for no number by `split_digits`."""

# A stroke of this share of the tallest one's height may be a digit, a shorter one a part of one.
_TALL = 0.6
# Strokes of which so much lies above one another, of the narrower one's width, are one digit's.
_ABOVE = 0.5
# How handwriting slants, in pixels to the right for each up, from leftwards to strongly right.
_SLANTS = (-0.4, -0.2, 0.0, 0.2, 0.4, 0.6, 0.8)


def split_digits(strokes: Sequence[np.ndarray], pen_width: float) -> list[list[np.ndarray]]:
    """Groups the strokes of a number into digits by where they lie.

    Tall strokes are of one digit if they meet or mostly lie above one another; not if a line
    parts them that is upright or slanted as handwriting is. A shorter stroke (a bar, a flag, a
    foot, one circle of an 8) goes to the one digit that it touches, or lies above or below.

    Args:
        strokes: as in `from_strokes`: (n, 2) floats, x right and y down, in pixels. Those without
            a point are in no digit. More than `MOST_STROKES` are no number and stay together: a
            caller that has so many can say so.
        pen_width: of the pen they were drawn with, in the same pixels.

    Returns:
        The strokes of each digit in the order in which they were drawn, digits from left to right.

    Raises:
        ValueError: as by `from_strokes`.
    """
    pen_width = checked_pen_width(pen_width)
    points = checked_strokes(strokes)
    drawn = [index for index, stroke in enumerate(points) if len(stroke)]
    if not drawn:
        return []
    if len(drawn) > MOST_STROKES:
        return [[strokes[index] for index in drawn]]
    layout = _Layout([points[index] for index in drawn], pen_width)
    digits = _attach_short(layout, _join_tall(layout))
    digits.sort(key=lambda digit: sum(layout.columns(digit)))
    return [[strokes[drawn[index]] for index in sorted(digit)] for digit in digits]


class _Layout:
    """Where strokes lie. A digit is a list of their indices; distances are in pixels.

    Extents are those of the ink and not only of the pen's middle.
    """

    def __init__(self, strokes: Sequence[np.ndarray], pen_width: float) -> None:
        self.count = len(strokes)
        self.pen_width = pen_width
        points = [evenly_spaced(stroke, pen_width) for stroke in strokes]
        ink = pen_width / 2
        self._gaps = np.zeros((self.count, self.count))
        for i, j in combinations(range(self.count), 2):
            self._gaps[i, j] = self._gaps[j, i] = shortest_gap(points[i], points[j])
        self._tops = np.array([stroke[:, 1].min() for stroke in points]) - ink
        self._bottoms = np.array([stroke[:, 1].max() for stroke in points]) + ink
        self._tallest = (self._bottoms - self._tops).max()
        # By slant: where lines of that slant through the points meet the upper edge.
        met = {slant: [stroke @ [1, slant] for stroke in points] for slant in _SLANTS}
        self._lefts = {slant: np.array([x.min() for x in met[slant]]) - ink for slant in met}
        self._rights = {slant: np.array([x.max() for x in met[slant]]) + ink for slant in met}

    def rows(self, digit: list[int]) -> tuple[float, float]:
        """Top and bottom."""
        return self._tops[digit].min(), self._bottoms[digit].max()

    def columns(self, digit: list[int], slant: float = 0.0) -> tuple[float, float]:
        """Left and right, between lines of that slant."""
        return self._lefts[slant][digit].min(), self._rights[slant][digit].max()

    def is_tall(self, digit: list[int]) -> bool:
        """Whether it may be more than a part of a digit."""
        return bool(_length(self.rows(digit)) >= _TALL * self._tallest)

    def gap(self, a: list[int], b: list[int]) -> float:
        """The shortest distance between the lines that the middle of the pen has drawn."""
        return float(self._gaps[np.ix_(a, b)].min())

    def above(self, a: list[int], b: list[int]) -> bool:
        """Whether one lies above the other, in whatever way they slant."""
        mostly = [
            _common(self.columns(a, slant), self.columns(b, slant))
            >= _ABOVE * min(_length(self.columns(a, slant)), _length(self.columns(b, slant)))
            for slant in _SLANTS
        ]
        rows = self.rows(a), self.rows(b)
        beside = _common(*rows) >= _ABOVE * min(map(_length, rows))
        # Side by side a digit's stroke may reach below the next one in all slants but one.
        return all(mostly) if beside else any(mostly)


def _join_tall(layout: _Layout) -> list[list[int]]:
    """All strokes as digits, tall ones that are of one digit together."""
    digits: list[list[int]] = []
    for index in range(layout.count):
        digit = [index]
        if layout.is_tall(digit):
            for other in [other for other in digits if layout.is_tall(other)]:
                if layout.gap(digit, other) <= layout.pen_width / 2 or layout.above(digit, other):
                    digits.remove(other)
                    digit = other + digit
        digits.append(digit)
    return digits


def _attach_short(layout: _Layout, digits: list[list[int]]) -> list[list[int]]:
    """Gives each digit that is too short for one to the other that it fits best, if any."""
    left_alone: list[list[int]] = []
    while short := [d for d in digits if d not in left_alone and not layout.is_tall(d)]:
        digit = min(short, key=lambda one: _length(layout.rows(one)))
        others = [other for other in digits if other is not digit]
        best = max(others, key=lambda other: _fit(layout, digit, other), default=digit)
        if best is digit or not _fit(layout, digit, best):
            left_alone.append(digit)
            continue
        digits = [other for other in others if other is not best] + [best + digit]
    return digits


def _fit(layout: _Layout, digit: list[int], other: list[int]) -> float:
    """How well a short one fits to another, 0 for not at all."""
    touching = layout.gap(digit, other) <= layout.pen_width
    if not touching and not layout.above(digit, other):
        return 0
    columns = layout.columns(digit)
    return 1 + touching + _common(columns, layout.columns(other)) / _length(columns)


def _length(extent: tuple[float, float]) -> float:
    return extent[1] - extent[0]


def _common(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The length that two extents have in common."""
    return max(0.0, min(a[1], b[1]) - max(a[0], b[0]))
