"""The logistic function."""

import numpy as np

from nn.layers.activation import Activation
from nn.layers.layer import Array


class Sigmoid(Activation):
    """y = 1 / (1 + e⁻ˣ)        dL/dx = dL/dy · y (1 - y)

    Computed as (1 + tanh(x/2)) / 2, which is the same and overflows for no x.
    """

    name = "sigmoid"
    title = "Sigmoid"

    def forward(self, x: Array, training: bool = False) -> Array:
        y = np.multiply(x, 0.5, out=self._buffer_like("output", x))
        np.tanh(y, out=y)
        y += 1
        y *= 0.5
        self.y = y
        return y

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        slope = np.subtract(1, self.y, out=self._buffer_like("slope", self.y))
        slope *= self.y
        return np.multiply(grad_output, slope, out=grad_output)

    def saturated(self, output: Array) -> Array:
        return 4 * output * (1 - output) < 0.01
