"""Adagrad."""

from typing import Unpack

import numpy as np

from nn.checks import real_number
from nn.optimizers.optimizer import Adjustments, Array, Optimizer


class Adagrad(Optimizer):
    """Divides each gradient by the size of all before it (Duchi, Hazan, Singer 2011):

        s ← s + g²        θ ← θ - lr · g / (√s + eps)

    so that rarely used parameters take large steps, and all steps shrink with time.
    `adjustments` are the penalties and the clipping of `Optimizer`.
    """

    name = "adagrad"
    title = "Adagrad"

    def __init__(
        self,
        parameters: Array,
        gradients: Array,
        learning_rate: float = 0.01,
        eps: float = 1e-10,
        **adjustments: Unpack[Adjustments],
    ) -> None:
        super().__init__(parameters, gradients, learning_rate, **adjustments)
        self.eps = real_number("eps", eps, 0, 1, low_open=True)
        self.square_sum = self._new_vector("square_sum")

    def _update(self, block: slice, gradient: Array, scratch: Array) -> None:
        square_sum = self.square_sum[block]
        square_sum += np.square(gradient, out=scratch)

        np.sqrt(square_sum, out=scratch)
        scratch += self.eps
        np.divide(gradient, scratch, out=scratch)
        scratch *= self.learning_rate
        self.parameters[block] -= scratch
