"""RMSprop."""

from typing import Unpack

import numpy as np

from nn.checks import real_number
from nn.optimizers.optimizer import Adjustments, Array, Optimizer


class RMSprop(Optimizer):
    """Divides each gradient by its own recent size (Tieleman, Hinton 2012, Coursera lecture 6.5):

        s ← α s + (1 - α) g²        θ ← θ - lr · g / (√s + eps)

    `adjustments` are the penalties and the clipping of `Optimizer`.
    """

    name = "rmsprop"
    title = "RMSprop"

    def __init__(
        self,
        parameters: Array,
        gradients: Array,
        learning_rate: float = 0.01,
        alpha: float = 0.99,
        eps: float = 1e-8,
        **adjustments: Unpack[Adjustments],
    ) -> None:
        super().__init__(parameters, gradients, learning_rate, **adjustments)
        self.alpha = real_number("alpha", alpha, 0, 1, high_open=True)
        self.eps = real_number("eps", eps, 0, 1, low_open=True)
        self.square_average = self._new_vector("square_average")

    def _update(self, block: slice, gradient: Array, scratch: Array) -> None:
        square_average = self.square_average[block]
        np.square(gradient, out=scratch)
        scratch *= 1 - self.alpha
        square_average *= self.alpha
        square_average += scratch

        np.sqrt(square_average, out=scratch)
        scratch += self.eps
        np.divide(gradient, scratch, out=scratch)
        scratch *= self.learning_rate
        self.parameters[block] -= scratch
