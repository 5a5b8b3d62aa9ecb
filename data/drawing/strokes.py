"""Strokes as they come from a drawing board, checked."""

from collections.abc import Sequence
from numbers import Real

import numpy as np

# In pixels. No board is larger, and no pen outside of this.
_FARTHEST = 1e6
_PENS = (1e-3, 1e6)
# Strokes are compared at points so far apart, in widths of the pen, and at so many at most.
_SPACING = 0.25
_MOST_POINTS = 200
_COARSE = 4


def checked_strokes(strokes: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The strokes as (n, 2) float64; those without a point as (0, 2).

    Raises:
        ValueError: if one has another shape, or holds something else than numbers up to a million.
    """
    return [_checked(stroke) for stroke in strokes]


def checked_pen_width(pen_width: object) -> float:
    """The width of a pen.

    Raises:
        ValueError: if it is no number between a thousandth and a million.
    """
    least, most = _PENS
    if isinstance(pen_width, Real) and least <= float(pen_width) <= most:
        return float(pen_width)
    raise ValueError(
        f"pen_width must be a number of pixels from {least:g} to {most:,.0f}, got {pen_width!r:.60}"
    )


def evenly_spaced(points: np.ndarray, pen_width: float) -> np.ndarray:
    """Points at even distances along a stroke (n, 2) with n > 0, close enough together to compare
    it with another one; (m, 2)."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    count = int(min(along[-1] / (_SPACING * pen_width), _MOST_POINTS)) + 2
    steps = np.linspace(0, along[-1], count)
    return np.column_stack([np.interp(steps, along, axis) for axis in points.T])


def shortest_gap(a: np.ndarray, b: np.ndarray) -> float:
    """The shortest distance between points of two strokes."""
    differences = a[:, np.newaxis] - b
    return float(np.sqrt(np.einsum("ijk,ijk->ij", differences, differences).min()))


def shortest_gaps(strokes: Sequence[np.ndarray], least: float, most: float) -> np.ndarray:
    """The shortest distances between points of strokes (n, 2) with n > 0, (strokes, strokes): 0
    where it is at most `least`, infinite where it is more than `most`, and of each to itself.

    Most pairs are decided by their extents, or by every fourth point.
    """
    lows = np.array([points.min(axis=0) for points in strokes])
    highs = np.array([points.max(axis=0) for points in strokes])
    middle = (lows.min(axis=0) + highs.max(axis=0)) / 2  # squares of small numbers are exact enough
    strokes = [points - middle for points in strokes]
    # |a - b|² = |a|² - 2 a·b + |b|², for all points of two strokes in one product.
    ones = [np.ones(len(points)) for points in strokes]
    squares = [np.einsum("ij,ij->i", points, points) for points in strokes]
    left = [np.column_stack(all) for all in zip(strokes, squares, ones, strict=True)]
    right = [np.vstack([-2 * a.T, b, c]) for a, b, c in zip(strokes, ones, squares, strict=True)]
    some = [[*range(0, len(points), _COARSE), -1] for points in strokes]
    begins = np.cumsum([0, *map(len, some)])
    together = np.hstack([all[:, places] for all, places in zip(right, some, strict=True)])
    # No point is farther from one of those.
    reach = np.array([_COARSE / 2 * _longest_step(points) for points in strokes])
    gaps = np.full((len(strokes), len(strokes)), np.inf)
    for index in range(1, len(strokes)):
        apart = np.maximum(lows - highs[index], lows[index] - highs).max(axis=1)
        found = (left[index][some[index]] @ together[:, : begins[index]]).min(axis=0)
        found = np.minimum.reduceat(found, begins[:index])
        for other in np.flatnonzero(apart[:index] <= most):
            gap = _root(found[other])
            if least < gap <= most + reach[index] + reach[other]:
                gap = _root((left[index] @ right[other]).min())
            if gap <= most:
                gaps[index, other] = gaps[other, index] = 0.0 if gap <= least else gap
    return gaps


def _root(square: float) -> float:
    return float(max(0.0, square) ** 0.5)


def _longest_step(points: np.ndarray) -> float:
    return float(np.hypot(*np.diff(points, axis=0).T).max(initial=0.0))


def _checked(stroke: np.ndarray) -> np.ndarray:
    try:
        points = np.asarray(stroke, np.float64)
    except (TypeError, ValueError):
        raise _refused(f"{stroke!r:.60}") from None
    if points.shape == (0,):
        return np.empty((0, 2))
    if points.ndim != 2 or points.shape[1] != 2:
        raise _refused(f"shape {points.shape}")
    strange = points[~(np.abs(points) <= _FARTHEST)]
    if strange.size:
        raise _refused(f"{strange[0]}")
    return points


def _refused(got: str) -> ValueError:
    return ValueError(
        "a stroke must be finite numbers of shape (n, 2), in pixels and from "
        f"{-_FARTHEST:,.0f} to {_FARTHEST:,.0f}, got {got}"
    )
