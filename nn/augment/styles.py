"""Ways of writing digits that MNIST hardly knows and much of the world uses.

MNIST was written in the United States: a 0 has no slash, a 1 is a plain stroke, a 7 has no bar, a
9 ends straight. The marks drawn here are such strokes, as thick as the digit's own:

    0   slash    through the middle, up to the right
    1   flag     from the top, down to the left;  foot: level, below
    7   bar      level, through the stem;  flag: from the left end of the top, down
    9   hook     from the end of the stem, to the left and up again

A stroke from a to b, w pixels wide, puts this much ink on a pixel p (1 = full), the edge one pixel
soft, and a pixel keeps what it has if that is more:

    ink(p) = clip(w/2 + 1/2 - distance(p, ab), 0, 1)

Then the digit is fitted into its image anew, marks included.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

Array = np.ndarray
Rng = np.random.Generator

INKED = 100
"""From this value on a pixel counts as part of the digit; of a faint one from half its ink on."""

_AT_ONCE = 64
"""Images that are worked on together: the work arrays of more don't fit into the cache."""


def add_styles(images: Array, labels: Array, side: int, rng: Rng) -> Array:
    """Copies of digits with the marks of their class, `STYLED`, drawn with random size and slant.

    Args:
        images: (n, side * side) uint8.
        labels: (n,) digits.

    Returns (n, side * side) uint8.
    """
    result = images.copy()
    widths = stroke_widths(images, side)
    for digit, marks in _MARKS.items():
        of_digit = np.flatnonzero((labels == digit) & images.any(axis=1))
        if not len(of_digit):
            continue
        plain = images[of_digit]
        for chosen, begin, end in marks(Shape(plain, side, inked_from(plain)), rng):
            index = of_digit[chosen]
            ink = stroke(begin[chosen], end[chosen], widths[index], side)
            result[index] = np.maximum(result[index], ink)
    return result


def fitted(marked: Array, images: Array, side: int) -> Array:
    """Digits with marks, `marked`, no larger than the same digits without, `images`, and with their
    centre of mass at the same place: a network sees every drawing scaled and centred like that.

    Rows and columns are resampled one after the other, linearly: with matrices D and A whose rows
    hold the weights of the old rows (or columns) in a new one, the new image is D · image · Aᵀ:

        scale = min(1, longer side without marks / with marks)
        source(r) = (r - centre without marks) / scale + centre with marks
        D[r, old] = max(0, 1 - |source(r) - old|)

    All arrays are (n, side * side) uint8.
    """
    return _in_parts(partial(_fitted, side), marked, images)


def _fitted(side: int, marked: Array, images: Array) -> Array:
    threshold = inked_from(images)
    before, after = Shape(images, side, threshold), Shape(marked, side, threshold)
    scale = np.minimum(1, before.size / after.size)
    old, new = (x.reshape(-1, side, side).astype(np.float32) for x in (images, marked))
    ones = np.ones(side, np.float32)  # with which BLAS adds up faster than `sum`
    down = _resampling(old @ ones, new @ ones, after.top, after.bottom, scale)
    across = _resampling(ones @ old, ones @ new, after.left, after.right, scale)
    result = down @ new @ across.transpose(0, 2, 1)
    return np.rint(result).astype(np.uint8).reshape(-1, side * side)


def _resampling(old: Array, new: Array, first: Array, last: Array, scale: Array) -> Array:
    """The weights (n, side, side) of rows in the rows of a fitted image. `old` and `new` (n, side)
    are the ink in each row without and with marks, `first` and `last` (n,) the rows with some."""
    line = np.arange(new.shape[1], dtype=np.float32)
    centre, target = (ink @ line / np.maximum(ink.sum(1), 1) for ink in (new, old))
    # Never over the edge.
    target = np.clip(target, (centre - first) * scale, line[-1] - (last - centre) * scale)
    source = (line - target[:, None]) / scale[:, None] + centre[:, None]
    weights = 1 - np.abs(source[:, :, None] - line)
    return np.maximum(weights, 0, dtype=np.float32)


def _in_parts(work: Callable[..., Array], *arrays: Array) -> Array:
    """`work`, that has a result for each image, on a few images after the other."""
    starts = range(0, max(len(arrays[0]), 1), _AT_ONCE)
    parts = [work(*(array[at : at + _AT_ONCE] for array in arrays)) for at in starts]
    return np.concatenate(parts)


def stroke_widths(images: Array, side: int) -> Array:
    """How wide the strokes of each image are, in pixels (n,) float32.

    A stroke of length L and width w has an area A = w L, and one crosses its two edges about
    V = 2 L · 4/π times (in steps along x and y, over all directions), therefore w = 8/π · A/V.
    """
    x = images.reshape(-1, side, side)
    area, edges = (np.zeros(len(x), np.float32) for _ in range(2))
    area += x.sum((1, 2), dtype=np.uint32)
    for one, next in ((x[:, 1:], x[:, :-1]), (x[:, :, 1:], x[:, :, :-1])):
        # In uint8 twenty times as fast as the absolute value of a difference in floats.
        steps = np.maximum(one, next) - np.minimum(one, next)
        edges += steps.sum((1, 2), dtype=np.uint32)
    return np.clip(8 / np.pi * area / np.maximum(edges, 1), 1, 6)


def stroke(begin: Array, end: Array, width: Array, side: int) -> Array:
    """The ink of strokes from `begin` (n, 2) to `end` (n, 2), (row, column), as (n, side * side)
    uint8; `width` (n,) is in pixels."""
    return _in_parts(partial(_stroke, side), begin, end, width)


def _stroke(side: int, begin: Array, end: Array, width: Array) -> Array:
    way = (end - begin).astype(np.float32)
    way[:, 1] += 1e-3  # a dot has a direction too then
    length = np.sqrt(np.sum(way**2, axis=1))[:, None, None]
    rows, columns = np.split(way[:, :, None] / length, 2, axis=1)
    middle = ((begin + end) / 2).astype(np.float32)
    line = np.arange(side, dtype=np.float32)
    y = (line - middle[:, :1])[:, :, None]
    x = (line - middle[:, 1:])[:, None, :]
    # How far a pixel is from the stroke: beyond its nearer end, and to the side.
    beyond = y * rows + x * columns
    np.abs(beyond, out=beyond)
    beyond -= length / 2
    np.maximum(beyond, 0, out=beyond)
    beside = x * rows - y * columns
    # In place, which is faster.
    beyond *= beyond
    beside *= beside
    beyond += beside
    distance = np.sqrt(beyond, out=beyond)
    ink = np.subtract(width[:, None, None] / 2 + 0.5, distance, out=distance)
    np.clip(ink, 0, 1, out=ink)
    ink *= 255
    return np.rint(ink, out=ink).astype(np.uint8).reshape(-1, side * side)


def inked_from(images: Array) -> Array:
    """From which value on a pixel of each image (n, ...) counts as part of the digit, (n,)."""
    return np.minimum(INKED, images.max(axis=1) / 2)


class Shape:
    """Where the ink of some images (n, side * side) is: the pixels from `threshold` (n,) on. All
    results are (n,) or (n, 2) floats."""

    def __init__(self, images: Array, side: int, threshold: Array) -> None:
        inked = images.reshape(-1, side, side) >= threshold[:, None, None]
        in_row, in_column = (np.logical_or.reduce(inked, axis) for axis in (2, 1))
        self.count = len(images)
        self._inked = inked
        self.top, self.bottom = _first(in_row), side - 1 - _first(in_row[:, ::-1])
        self.left, self.right = _first(in_column), side - 1 - _first(in_column[:, ::-1])
        self.size = 1 + np.maximum(self.bottom - self.top, self.right - self.left)

    def at(self, height: Array) -> Array:
        """The middle of the ink at a height, (row, column): 0 is the top, 1 the bottom."""
        row = np.rint(self.top + height * (self.bottom - self.top)).astype(int)
        inked = self._inked[np.arange(self.count), row]
        columns = np.arange(inked.shape[1])
        middle = (inked @ columns) / np.maximum(inked.sum(1), 1)
        # A gap in the stroke: nothing there but the middle of the digit.
        middle = np.where(inked.any(1), middle, (self.left + self.right) / 2)
        return np.stack((row, middle), axis=1)

    def left_end(self, height: Array) -> Array:
        """The leftmost ink at a height, (row, column)."""
        row = np.rint(self.top + height * (self.bottom - self.top)).astype(int)
        inked = self._inked[np.arange(self.count), row]
        column = np.where(inked.any(1), _first(inked), self.left)
        return np.stack((row, column), axis=1)


Strokes = list[tuple[Array, Array, Array]]
"""Strokes: for which images (n,) bool, and where they begin and end, (n, 2) each."""


def _slashes(shape: Shape, rng: Rng) -> Strokes:
    n = shape.count
    height = np.maximum(shape.bottom - shape.top, 1)
    width = np.maximum(shape.right - shape.left, 0.4 * height)
    middle = np.stack((shape.top + shape.bottom, shape.left + shape.right), axis=1) / 2
    middle += rng.uniform(-2, 2, (n, 2))
    angle = np.deg2rad(rng.uniform(25, 75, n))
    # As long as the 0 is wide in that direction, or shorter, or well beyond it (to the image's edge
    # at most). An ellipse, h high and w wide, is 1 / √((sin α / h)² + (cos α / w)²) wide there.
    across = 1 / np.hypot(np.sin(angle) / height, np.cos(angle) / width)
    half = _towards(angle, rng.uniform(0.6, 1.7, n) / 2 * across)
    return [(np.full(n, True), middle - half, middle + half)]


def _flags_and_feet(shape: Shape, rng: Rng) -> Strokes:
    n = shape.count
    kind = rng.random(n)
    top, bottom = shape.at(np.full(n, 0.04)), shape.at(np.full(n, 0.97))
    down = np.deg2rad(rng.uniform(15, 65, n))
    flag = top + _towards(np.pi + down, rng.uniform(4, 14, n))  # up to as long as the stem
    tilt = np.deg2rad(rng.uniform(-10, 10, n))
    left, right = (_towards(tilt, rng.uniform(2, 8, n)) for _ in range(2))
    return [(kind < 0.85, top, flag), (kind > 0.4, bottom - left, bottom + right)]


def _bars(shape: Shape, rng: Rng) -> Strokes:
    n = shape.count
    kind = rng.random(n)
    middle = shape.at(rng.uniform(0.42, 0.62, n))
    half = _towards(np.deg2rad(rng.uniform(-12, 25, n)), rng.uniform(2.5, 6, n))
    corner = shape.left_end(np.full(n, 0.07))
    flag = corner + _towards(np.deg2rad(rng.uniform(-120, -80, n)), rng.uniform(2, 5, n))
    return [(kind < 0.85, middle - half, middle + half), (kind > 0.7, corner, flag)]


def _hooks(shape: Shape, rng: Rng) -> Strokes:
    n = shape.count
    end = shape.at(np.full(n, 0.97))
    low = end + _towards(np.deg2rad(rng.uniform(185, 215, n)), rng.uniform(2, 5, n))
    up = low + _towards(np.deg2rad(rng.uniform(130, 175, n)), rng.uniform(2, 5, n))
    everyone = np.full(n, True)
    return [(everyone, end, low), (everyone, low, up)]


_MARKS: dict[int, Callable[[Shape, Rng], Strokes]] = {
    0: _slashes,
    1: _flags_and_feet,
    7: _bars,
    9: _hooks,
}

STYLED = tuple(_MARKS)
"""The digits that have marks."""


def _towards(angle: Array, length: Array) -> Array:
    """The way of this length in this direction, (row, column); 0 is right, π/2 up."""
    return np.stack((-np.sin(angle) * length, np.cos(angle) * length), axis=1)


def _first(marked: Array) -> Array:
    """The first marked position of each row, (n,) floats."""
    return marked.argmax(axis=1).astype(float)
