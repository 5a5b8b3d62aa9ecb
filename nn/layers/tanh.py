"""The hyperbolic tangent."""

import numpy as np

from nn.layers.activation import Activation
from nn.layers.layer import Array


class Tanh(Activation):
    """y = tanh(x)        dL/dx = dL/dy · (1 - y²)"""

    name = "tanh"
    title = "Tanh"

    def forward(self, x: Array, training: bool = False) -> Array:
        self.y = np.tanh(x, out=self._buffer_like("output", x))
        return self.y

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        slope = np.square(self.y, out=self._buffer_like("slope", self.y))
        np.subtract(1, slope, out=slope)
        return np.multiply(grad_output, slope, out=grad_output)

    def saturated(self, output: Array) -> Array:
        return 1 - output**2 < 0.01
