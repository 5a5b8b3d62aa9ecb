"""Strokes as they come from a drawing board, checked."""

from collections.abc import Sequence
from numbers import Real

import numpy as np

# In pixels. No board is larger, and no pen outside of this.
_FARTHEST = 1e6
_PENS = (1e-3, 1e6)


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
