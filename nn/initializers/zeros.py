"""All weights 0."""

import numpy as np

from nn.initializers.initializer import Array, Initializer


def draw(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
    """All units of a layer stay alike and nothing is learnt: here to show why chance is needed."""
    return np.zeros((fan_in, fan_out))


ZEROS = Initializer("zeros", "Zeros", draw)
