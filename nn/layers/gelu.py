"""The Gaussian error linear unit."""

import math

import numpy as np

from nn.layers.activation import Activation
from nn.layers.layer import Array

SQRT_2_OVER_PI = math.sqrt(2 / math.pi)
CUBIC = 0.044715


class GELU(Activation):
    """y = x Φ(x), with the normal distribution's Φ in its tanh form (Hendrycks, Gimpel 2016):

        t = tanh(√(2/π) (x + 0.044715 x³))        y = x (1 + t) / 2
        dy/dx = (1 + t) / 2 + x (1 - t²) √(2/π) (1 + 3 · 0.044715 x²) / 2

    NumPy has no erf; the tanh form differs from the exact one by less than 0.0005.
    """

    name = "gelu"
    title = "GELU"

    def forward(self, x: Array, training: bool = False) -> Array:
        self.x = x
        t = np.square(x, out=self._buffer_like("tanh", x))
        t *= CUBIC
        t += 1
        t *= x
        t *= SQRT_2_OVER_PI
        self.t = np.tanh(t, out=t)
        y = np.add(t, 1, out=self._buffer_like("output", x))
        y *= x
        y *= 0.5
        return y

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        x, t = self.x, self.t
        inner = np.square(x, out=self._buffer_like("inner", x))
        inner *= 3 * CUBIC
        inner += 1
        inner *= SQRT_2_OVER_PI
        inner *= x  # x · d(argument of tanh)/dx
        slope = np.square(t, out=self._buffer_like("slope", x))
        np.subtract(1, slope, out=slope)
        slope *= inner
        slope += t
        slope += 1
        slope *= 0.5
        return np.multiply(grad_output, slope, out=grad_output)
