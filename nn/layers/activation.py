"""What the activation functions have in common."""

from typing import ClassVar

import numpy as np

from nn.layers.layer import Array, Layer


class Activation(Layer):
    """A function that a layer applies to each value by itself."""

    name: ClassVar[str]
    """What settings and the command line call it."""
    title: ClassVar[str]
    """What pages call it."""

    def saturated(self, output: Array) -> Array:
        """Where the slope is below a hundredth of the steepest one, for outputs y: bool of their
        shape. Nowhere for functions that are not flat on both sides."""
        return np.zeros(output.shape, bool)
