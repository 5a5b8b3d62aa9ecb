"""The rectified linear unit."""

import numpy as np

from nn.layers.layer import Array, Layer


class ReLU(Layer):
    """y = max(x, 0)        dL/dx = dL/dy where x > 0, else 0

    (Nair, Hinton 2010.) The derivative at x = 0 is taken as 0, as PyTorch does.
    """

    def forward(self, x: Array, training: bool = False) -> Array:
        self.y = np.maximum(x, 0, out=self._buffer_like("output", x))
        return self.y

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        positive = np.greater(self.y, 0, out=self._buffer("positive", self.y.shape, bool))
        return np.multiply(grad_output, positive, out=grad_output)
