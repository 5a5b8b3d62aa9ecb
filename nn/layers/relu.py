"""The rectified linear unit."""

import numpy as np

from nn.layers.activation import Activation
from nn.layers.layer import Array


class ReLU(Activation):
    """y = max(x, 0)        dL/dx = dL/dy where x > 0, else 0

    (Nair, Hinton 2010.) The derivative at x = 0 is taken as 0, as PyTorch does. Computed as y = x m
    and dL/dx = dL/dy m with m = 1 where x > 0, else 0, which is faster than a maximum and the same
    for all finite x.
    """

    name = "relu"
    title = "ReLU"

    def forward(self, x: Array, training: bool = False) -> Array:
        self.positive = np.greater(x, 0, out=self._buffer("positive", x.shape, bool))
        return np.multiply(x, self.positive, out=self._buffer_like("output", x))

    def pieces(self) -> Array:
        return self.positive

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        return np.multiply(grad_output, self.positive, out=grad_output)
