"""Adadelta."""

from typing import Unpack

import numpy as np

from nn.checks import real_number
from nn.optimizers.optimizer import Adjustments, Array, Optimizer


class Adadelta(Optimizer):
    """Gives each step the size of recent steps per recent gradient (Zeiler 2012):

        s ← ρ s + (1 - ρ) g²
        Δ = g · √(u + eps) / √(s + eps)
        u ← ρ u + (1 - ρ) Δ²
        θ ← θ - lr · Δ

    In the paper the learning rate is 1. `adjustments` are the penalties and the clipping of
    `Optimizer`.
    """

    name = "adadelta"
    title = "Adadelta"

    def __init__(
        self,
        parameters: Array,
        gradients: Array,
        learning_rate: float = 1.0,
        rho: float = 0.9,
        eps: float = 1e-6,
        **adjustments: Unpack[Adjustments],
    ) -> None:
        super().__init__(parameters, gradients, learning_rate, **adjustments)
        self.rho = real_number("rho", rho, 0, 1, high_open=True)
        self.eps = real_number("eps", eps, 0, 1, low_open=True)
        self.square_average = self._new_vector("square_average")
        self.change_average = self._new_vector("change_average")
        self._change = np.empty_like(self._scratch)

    def _update(self, block: slice, gradient: Array, scratch: Array) -> None:
        square_average, change_average = self.square_average[block], self.change_average[block]
        change = self._change[: len(gradient)]
        np.square(gradient, out=scratch)
        scratch *= 1 - self.rho
        square_average *= self.rho
        square_average += scratch

        np.add(change_average, self.eps, out=change)
        np.add(square_average, self.eps, out=scratch)
        change /= scratch
        np.sqrt(change, out=change)
        change *= gradient

        np.square(change, out=scratch)
        scratch *= 1 - self.rho
        change_average *= self.rho
        change_average += scratch

        change *= self.learning_rate
        self.parameters[block] -= change
