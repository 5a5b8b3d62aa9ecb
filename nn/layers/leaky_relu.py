"""The leaky rectified linear unit."""

from typing import ClassVar

import numpy as np

from nn.checks import real_number
from nn.layers.activation import Activation
from nn.layers.layer import Array


class LeakyReLU(Activation):
    """y = x where x > 0, else a·x        dL/dx = dL/dy · (1 where x > 0, else a)

    with a = `negative_slope`: a unit that is never active still learns (Maas et al. 2013).
    """

    name = "leaky_relu"
    title = "Leaky ReLU"

    arguments: ClassVar[tuple[str, ...]] = ("negative_slope",)

    def __init__(self, negative_slope: float = 0.01) -> None:
        super().__init__()
        self.negative_slope = real_number("negative_slope", negative_slope, 0, 1)

    def forward(self, x: Array, training: bool = False) -> Array:
        self.slope = self._buffer_like("slope", x)
        self.slope.fill(self.negative_slope)
        np.copyto(self.slope, 1, where=x > 0)
        return np.multiply(x, self.slope, out=self._buffer_like("output", x))

    def pieces(self) -> Array:
        return self.slope == 1

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        return np.multiply(grad_output, self.slope, out=grad_output)
