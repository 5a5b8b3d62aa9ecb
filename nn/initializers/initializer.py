"""What every initializer has in common, and the two usual distributions."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Array = np.ndarray
Draw = Callable[[np.random.Generator, int, int], Array]
"""(random generator, fan_in, fan_out) -> float64 weights of shape (fan_in, fan_out)."""
Variance = Callable[[int, int], float]
"""(fan_in, fan_out) -> variance of the weights."""


@dataclass(frozen=True)
class Initializer:
    """A starting distribution of the weights of a linear layer.

    Called with a random generator, fan_in and fan_out it gives float64 weights of shape
    (fan_in, fan_out).

    name: what settings and the command line call it.
    title: what pages call it.
    draw: makes the weights.
    """

    name: str
    title: str
    draw: Draw

    def __call__(self, rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
        return self.draw(rng, fan_in, fan_out)


def normal(variance: Variance) -> Draw:
    """Weights from a normal distribution of this variance."""

    def draw(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
        return rng.normal(0.0, np.sqrt(variance(fan_in, fan_out)), (fan_in, fan_out))

    return draw


def uniform(variance: Variance) -> Draw:
    """Weights from the uniform distribution on [-√(3 Var), +√(3 Var)], which has this variance."""

    def draw(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
        limit = np.sqrt(3 * variance(fan_in, fan_out))
        return rng.uniform(-limit, limit, (fan_in, fan_out))

    return draw
