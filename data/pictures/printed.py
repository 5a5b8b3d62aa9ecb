"""Print beside what is written: words in small type, which are no digits."""

from collections.abc import Callable, Sequence

import numpy as np

from data.drawing.thickness import stroke_width
from data.pictures.box import Box
from data.pictures.connected import Mark

# Of the main digit's height, the lowest and highest letter.
_LOWEST, _HIGHEST = 0.15, 0.65
# A pen writes small digits in the same strokes as large ones: those of print are so many times as
# thin or as thick as the main digit's. Where there are so many letters, lower than this share of
# its height, their strokes may be as wide as its.
_UNLIKE, _MANY, _LOW = 1.25, 3, 0.45
# The letters of a word are not farther apart than this share of the higher one's height, and have
# so much of the lower one's height in common, but not of the narrower one's width.
_APART, _LEVEL = 0.7, 0.5


def printed(
    marks: Sequence[Mark], main: Mark, cut: Callable[[Mark], np.ndarray]
) -> list[list[Mark]]:
    """The words that are printed beside a number: their letters.

    Args:
        main: the one of the marks that is a digit surely.
        cut: what gives the ink (h, w) float32 in [0, 1] of a mark.
    """
    lowest, highest = _LOWEST * main.box.height, _HIGHEST * main.box.height
    small = [mark for mark in marks if lowest < mark.box.height < highest]
    if len(small) < 2:
        return []
    thickness = stroke_width(cut(main))
    found = []
    for word in _words(small):
        unlike = np.median([stroke_width(cut(mark)) for mark in word]) / thickness
        tallest = max(mark.box.height for mark in word)
        is_long = len(word) >= _MANY and tallest < _LOW * main.box.height
        if len(word) > 1 and (is_long or not 1 / _UNLIKE < unlike < _UNLIKE):
            found.append(word)
    return found


def _words(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Marks beside one another, together."""
    words: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda mark: mark.box.left):
        near = [word for word in words if any(_is_beside(one.box, mark.box) for one in word)]
        words = [word for word in words if word not in near]
        words.append([one for word in near for one in word] + [mark])
    return words


def _is_beside(a: Box, b: Box) -> bool:
    """Whether two letters are neighbours in a line, and no pieces of one broken digit."""
    across, down = a.gap(b)
    is_level = down < -_LEVEL * min(a.height, b.height)
    overlap = -_LEVEL * min(a.width, b.width)
    return is_level and overlap < across < _APART * max(a.height, b.height)
