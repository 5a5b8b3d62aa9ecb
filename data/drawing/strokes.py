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
