"""Functions of the plane to be learned, and points on the two sides of a curve.

As in TensorFlow Playground, noise moves the places at which the heights, or the sides, are told.
"""

from collections.abc import Callable

import numpy as np

from data.plane.formula import Formula
from data.plane.points import REACH, Array, Points
from data.plane.two_classes import in_two

_HILLS = [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)]


def plane(count: int, noise: float, rng: np.random.Generator) -> Points:
    """Playground: (x1 + x2) / 10, a slope."""
    return _heights(count, noise, rng, lambda x: x.sum(axis=1) / 10)


def multi_gaussian(count: int, noise: float, rng: np.random.Generator) -> Points:
    """Playground: three hills and three hollows, each a cone of radius 2."""
    return _heights(count, noise, rng, _hills)


def of_formula(formula: Formula, count: int, noise: float, rng: np.random.Generator) -> Points:
    """Heights z = a formula; made smaller where they go beyond [-1, 1] somewhere in the plane."""
    line = np.linspace(-REACH, REACH, 49)
    largest = np.abs(formula(*np.meshgrid(line, line))).max()

    def heights(x: Array) -> Array:
        # Between the places that were looked at it may still go beyond.
        return np.clip(formula(x[:, 0], x[:, 1]) / max(1, largest), -1, 1)

    return _heights(count, noise, rng, heights)


def on_sides(formula: Formula, count: int, noise: float, rng: np.random.Generator) -> Points:
    """Two classes: above the curve x2 = a formula in x1, or below; with x2 in it, where it is
    positive, or not."""
    x, seen = _places(count, noise, rng)
    values = formula(seen[:, 0], seen[:, 1])
    return in_two(x, values > 0 if formula.has_x2 else seen[:, 1] > values)


def _heights(
    count: int, noise: float, rng: np.random.Generator, heights: Callable[[Array], Array]
) -> Points:
    x, seen = _places(count, noise, rng)
    return Points(x, heights(seen), 0)


def _places(count: int, noise: float, rng: np.random.Generator) -> tuple[Array, Array]:
    """Points everywhere in the plane, and where they are taken to be."""
    x = rng.uniform(-REACH, REACH, (count, 2))
    return x, x + rng.uniform(-REACH, REACH, (count, 2)) * noise


def _hills(x: Array) -> Array:
    heights = np.zeros(len(x))
    for across, up, sign in _HILLS:
        height = sign * np.clip(1 - np.hypot(x[:, 0] - across, x[:, 1] - up) / 2, 0, 1)
        heights = np.where(np.abs(height) > np.abs(heights), height, heights)
    return heights
