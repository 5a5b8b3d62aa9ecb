"""A written number: which of its strokes make up which digit."""

from collections.abc import Sequence

import numpy as np

from data.drawing.strokes import checked_pen_width, checked_strokes, evenly_spaced, shortest_gaps

MOST_STROKES = 60
"""More are taken for no number by `split_digits`."""

# A stroke of this share of the tallest one's height may be a digit, a shorter one a part of one.
_TALL = 0.6
# Strokes of which so much lies above one another, of the narrower one's width, are one digit's.
_ABOVE = 0.5
# How handwriting slants, in pixels to the right for each up, from leftwards to strongly right.
_SLANTS = (0.0, -0.4, -0.2, 0.2, 0.4, 0.6, 0.8)
_UPRIGHT = 0
"""The place of that slant."""


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
    digits = _Digits([points[index] for index in drawn], pen_width)
    _join_tall(digits)
    _attach_short(digits)
    order = np.argsort(digits.lefts[:, _UPRIGHT] + digits.rights[:, _UPRIGHT], kind="stable")
    return [[strokes[drawn[index]] for index in sorted(digits.strokes[n])] for n in order]


class _Digits:
    """Strokes, each a digit of its own at first, which are merged. Distances are in pixels.

    Extents are those of the ink and not only of the pen's middle. All digits are compared at once,
    because there may be many.

    strokes: for each digit the indices of its strokes.
    tops, bottoms: (digits,).
    lefts, rights: (digits, slants) where lines of each slant through its points meet the upper
        edge.
    gaps: (digits, digits) the shortest distance between the lines that the middle of the pen has
        drawn: 0 up to half the pen's width, and infinite beyond the whole.
    """

    def __init__(self, strokes: Sequence[np.ndarray], pen_width: float) -> None:
        points = [evenly_spaced(stroke, pen_width) for stroke in strokes]
        ink = pen_width / 2
        met = [stroke @ [np.ones(len(_SLANTS)), _SLANTS] for stroke in points]
        self.strokes = [[index] for index in range(len(points))]
        self.tops = np.array([stroke[:, 1].min() for stroke in points]) - ink
        self.bottoms = np.array([stroke[:, 1].max() for stroke in points]) + ink
        self.lefts = np.array([x.min(axis=0) for x in met]) - ink
        self.rights = np.array([x.max(axis=0) for x in met]) + ink
        self._tallest = self.heights.max()
        self.gaps = shortest_gaps(points, least=pen_width / 2, most=pen_width)

    @property
    def heights(self) -> np.ndarray:
        """Of each digit."""
        return self.bottoms - self.tops

    @property
    def tall(self) -> np.ndarray:
        """Whether each may be more than a part of a digit."""
        return self.heights >= _TALL * self._tallest

    def common_columns(self, digit: int) -> np.ndarray:
        """The width that each digit has in common with one, between lines of each slant;
        (digits, slants)."""
        rights = np.minimum(self.rights, self.rights[digit])
        return np.maximum(0.0, rights - np.maximum(self.lefts, self.lefts[digit]))

    def above(self, digit: int) -> np.ndarray:
        """Whether each lies above or below one, in whatever way they slant."""
        widths = self.rights - self.lefts
        mostly = self.common_columns(digit) >= _ABOVE * np.minimum(widths, widths[digit])
        bottoms = np.minimum(self.bottoms, self.bottoms[digit])
        common = np.maximum(0.0, bottoms - np.maximum(self.tops, self.tops[digit]))
        beside = common >= _ABOVE * np.minimum(self.heights, self.heights[digit])
        # Side by side a digit's stroke may reach below the next one in all slants but one.
        return np.where(beside, mostly.all(axis=1), mostly.any(axis=1))

    def merge(self, part: int, digit: int) -> None:
        """Make one a part of the other."""
        self.strokes[digit] += self.strokes[part]
        del self.strokes[part]
        for name, combine in _EXTENTS.items():
            extents = getattr(self, name)
            extents[digit] = combine(extents[digit], extents[part])
            setattr(self, name, np.delete(extents, part, axis=0))
        nearest = np.minimum(self.gaps[digit], self.gaps[part])
        self.gaps[digit], self.gaps[:, digit] = nearest, nearest
        self.gaps = np.delete(np.delete(self.gaps, part, axis=0), part, axis=1)


_EXTENTS = {"tops": np.minimum, "bottoms": np.maximum, "lefts": np.minimum, "rights": np.maximum}


def _join_tall(digits: _Digits) -> None:
    """Merges tall strokes that are of one digit."""
    place = 0
    while place < len(digits.strokes):
        before = 0  # one after another: what has grown may reach the next one
        while digits.tall[place]:
            meets = digits.gaps[place] == 0
            same = digits.tall & (meets | digits.above(place))
            found = np.flatnonzero(same[before:place])
            if not found.size:
                break
            before += int(found[0])
            digits.merge(before, place)
            place -= 1
        place += 1


def _attach_short(digits: _Digits) -> None:
    """Merges each digit that is too short for one with the other that it fits best, if any."""
    left_alone: set[int] = set()
    """Numbers of their first strokes."""
    while True:
        short = [
            place
            for place in np.flatnonzero(~digits.tall).tolist()
            if digits.strokes[place][0] not in left_alone
        ]
        if not short:
            break
        digit = min(short, key=lambda place: digits.heights[place])
        fits = _fits(digits, digit)
        best = int(fits.argmax())
        if fits[best]:
            left_alone.discard(digits.strokes[best][0])
            digits.merge(digit, best)
        else:
            left_alone.add(digits.strokes[digit][0])


def _fits(digits: _Digits, digit: int) -> np.ndarray:
    """How well a short one fits to each digit, 0 for not at all, as to itself."""
    touching = np.isfinite(digits.gaps[digit])
    width = digits.rights[digit, _UPRIGHT] - digits.lefts[digit, _UPRIGHT]
    fits = 1 + touching + digits.common_columns(digit)[:, _UPRIGHT] / width
    fits[~(touching | digits.above(digit))] = 0
    fits[digit] = 0
    return fits
