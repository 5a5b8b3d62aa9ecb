"""Sets of points in two classes, from TensorFlow Playground and elsewhere.

Each function makes `count` points with a `noise` in [0, 0.5]. Where it says "Playground", places,
classes and the meaning of noise are as in https://github.com/tensorflow/playground,
src/dataset.ts. There noise moves mostly not the points, but the places that the class is told of.
"""

import numpy as np

from data.plane.points import Array, Points
from data.plane.several_classes import arms

_RADIUS = 5.0


def circle(count: int, noise: float, rng: np.random.Generator) -> Points:
    """Playground: a disc in a ring."""
    inside = (count + 1) // 2
    radius = np.concatenate(
        (rng.uniform(0, 0.5 * _RADIUS, inside), rng.uniform(0.7 * _RADIUS, _RADIUS, count - inside))
    )
    angle = rng.uniform(0, 2 * np.pi, count)
    x = radius[:, np.newaxis] * np.stack((np.sin(angle), np.cos(angle)), axis=1)
    seen = x + rng.uniform(-_RADIUS, _RADIUS, (count, 2)) * noise
    return in_two(x, np.hypot(*seen.T) < 0.5 * _RADIUS)


def exclusive_or(count: int, noise: float, rng: np.random.Generator) -> Points:
    """Playground: two opposite quarters of a square against the other two, with a gap between."""
    x = rng.uniform(-5, 5, (count, 2))
    x += np.where(x > 0, 0.3, -0.3)
    seen = x + rng.uniform(-5, 5, (count, 2)) * noise
    return in_two(x, seen[:, 0] * seen[:, 1] >= 0)


def gaussian(count: int, noise: float, rng: np.random.Generator) -> Points:
    """Playground: two round clouds. Noise is their variance, from 0.5 to 4."""
    variance = 0.5 + (4 - 0.5) * noise / 0.5
    upper = _first_half(count)
    centre = np.where(upper, 2.0, -2.0)[:, np.newaxis]
    return in_two(centre + rng.normal(0, variance**0.5, (count, 2)), upper)


def spiral(count: int, noise: float, rng: np.random.Generator) -> Points:
    """Playground: two arms around each other. Noise moves the points themselves."""
    x, arm = arms(count, noise, rng, 2)
    return in_two(x, arm == 0)


def moons(count: int, noise: float, rng: np.random.Generator) -> Points:
    """Two half circles that reach into each other, as in scikit-learn."""
    upper = _first_half(count)
    angle = rng.uniform(0, np.pi, count)
    across = np.where(upper, np.cos(angle), 1 - np.cos(angle)) - 0.5
    up = np.where(upper, np.sin(angle), 0.5 - np.sin(angle)) - 0.25
    x = 3 * np.stack((across, up), axis=1)
    return in_two(x + rng.normal(0, 2 * noise, (count, 2)), upper)


def rings(count: int, noise: float, rng: np.random.Generator) -> Points:
    """Two rings, one in the other."""
    inner = _first_half(count)
    angle = rng.uniform(0, 2 * np.pi, count)
    radius = np.where(inner, 2.0, 4.5) + rng.normal(0, 0.1 + 2 * noise, count)
    return in_two(radius[:, np.newaxis] * np.stack((np.cos(angle), np.sin(angle)), axis=1), inner)


def checkerboard(count: int, noise: float, rng: np.random.Generator) -> Points:
    """A board of four by four fields."""
    x = rng.uniform(-5, 5, (count, 2))
    seen = x + rng.uniform(-2.5, 2.5, (count, 2)) * noise
    return in_two(x, np.floor(seen / 2.5).sum(axis=1) % 2 == 0)


def in_two(x: Array, positive: Array) -> Points:
    """Points of two classes: +1 where `positive`, else -1."""
    return Points(x, np.where(positive, 1.0, -1.0), 2)


def _first_half(count: int) -> Array:
    return np.arange(count) < (count + 1) // 2
