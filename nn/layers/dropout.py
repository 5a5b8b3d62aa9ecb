"""Dropout."""

from typing import ClassVar

import numpy as np

from nn.checks import real_number
from nn.layers.layer import Array, Layer


class Dropout(Layer):
    """y = x · m / (1 - p), with m = 0 by chance p, else 1; outside training y = x

    (Srivastava et al. 2014.) Dividing by 1 - p in training keeps the mean of y, so nothing has
    to change when the network is used. dL/dx = dL/dy · m / (1 - p).
    """

    arguments: ClassVar[tuple[str, ...]] = ("p",)
    whole_batch = True

    def __init__(self, p: float = 0.5) -> None:
        super().__init__()
        self.p = real_number("p", p, 0, 1, high_open=True)
        self.rng: np.random.Generator = np.random.default_rng(0)
        self.mask: Array | None = None

    def forward(self, x: Array, training: bool = False) -> Array:
        if not training or self.p == 0:
            self.mask = None
            return x
        chance = self.rng.random(out=self._buffer_like("chance", x), dtype=x.dtype)
        self.mask = np.greater_equal(chance, self.p, out=self._buffer_like("mask", x))
        self.mask *= 1 / (1 - self.p)
        return np.multiply(x, self.mask, out=self._buffer_like("output", x))

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        if self.mask is None:
            return grad_output
        return np.multiply(grad_output, self.mask, out=grad_output)
