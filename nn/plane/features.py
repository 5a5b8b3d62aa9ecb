"""What a network may be told of a point: its coordinates and simple functions of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class Feature:
    """A function of the two coordinates, called with arrays of one shape.

    name: what settings call it.
    title: what pages call it.
    code: the function as a line of Python that knows `np`, `x1` and `x2`.
    """

    name: str
    title: str
    code: str
    function: Callable[[Array, Array], Array]

    def __call__(self, x1: Array, x2: Array) -> Array:
        return self.function(x1, x2)


FEATURES = {
    feature.name: feature
    for feature in (
        Feature("x1", "X₁", "x1", lambda x1, x2: x1),
        Feature("x2", "X₂", "x2", lambda x1, x2: x2),
        Feature("x1_squared", "X₁²", "x1**2", lambda x1, x2: x1**2),
        Feature("x2_squared", "X₂²", "x2**2", lambda x1, x2: x2**2),
        Feature("x1_x2", "X₁X₂", "x1 * x2", lambda x1, x2: x1 * x2),
        Feature("sin_x1", "sin X₁", "np.sin(x1)", lambda x1, x2: np.sin(x1)),
        Feature("sin_x2", "sin X₂", "np.sin(x2)", lambda x1, x2: np.sin(x2)),
        Feature("cos_x1", "cos X₁", "np.cos(x1)", lambda x1, x2: np.cos(x1)),
        Feature("cos_x2", "cos X₂", "np.cos(x2)", lambda x1, x2: np.cos(x2)),
    )
}


def inputs_of(x: Array, names: Sequence[str]) -> Array:
    """The inputs (n, len(names)) of a network that is told these features of the points (n, 2)."""
    return np.stack([FEATURES[name](x[:, 0], x[:, 1]) for name in names], axis=1)
