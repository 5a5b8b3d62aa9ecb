"""Starting values for the weights of a linear layer.

A layer keeps the size of its signals from exploding or fading when the variance of its weights
matches its number of inputs (fan_in) or outputs (fan_out):

    LeCun    Var(w) = 1 / fan_in               (LeCun, Bottou, Orr, Müller 1998)
    Glorot   Var(w) = 2 / (fan_in + fan_out)   (Glorot, Bengio 2010; for tanh)
    He       Var(w) = 2 / fan_in               (He, Zhang, Ren, Sun 2015; for ReLU)

each drawn from a normal distribution of that variance or from the uniform one on
[-√(3 Var), +√(3 Var)], which has it too.
"""

from collections.abc import Callable

import numpy as np

Initializer = Callable[[np.random.Generator, int, int], np.ndarray]
"""(random generator, fan_in, fan_out) -> float64 weights of shape (fan_in, fan_out)."""


def _lecun_variance(fan_in: int, fan_out: int) -> float:
    return 1 / fan_in


def _glorot_variance(fan_in: int, fan_out: int) -> float:
    return 2 / (fan_in + fan_out)


def _he_variance(fan_in: int, fan_out: int) -> float:
    return 2 / fan_in


def _normal(variance: Callable[[int, int], float]) -> Initializer:
    def draw(rng: np.random.Generator, fan_in: int, fan_out: int) -> np.ndarray:
        return rng.normal(0.0, np.sqrt(variance(fan_in, fan_out)), (fan_in, fan_out))

    return draw


def _uniform(variance: Callable[[int, int], float]) -> Initializer:
    def draw(rng: np.random.Generator, fan_in: int, fan_out: int) -> np.ndarray:
        limit = np.sqrt(3 * variance(fan_in, fan_out))
        return rng.uniform(-limit, limit, (fan_in, fan_out))

    return draw


def _zeros(rng: np.random.Generator, fan_in: int, fan_out: int) -> np.ndarray:
    """All units of a layer stay alike and nothing is learnt: here to show why chance is needed."""
    return np.zeros((fan_in, fan_out))


INITIALIZERS: dict[str, Initializer] = {
    "he_normal": _normal(_he_variance),
    "he_uniform": _uniform(_he_variance),
    "glorot_normal": _normal(_glorot_variance),
    "glorot_uniform": _uniform(_glorot_variance),
    "lecun_normal": _normal(_lecun_variance),
    "lecun_uniform": _uniform(_lecun_variance),
    "zeros": _zeros,
}
