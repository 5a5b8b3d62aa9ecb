"""Adam."""

import math
from typing import Unpack

import numpy as np

from nn.checks import real_number
from nn.optimizers.optimizer import Adjustments, Array, Optimizer


class Adam(Optimizer):
    """Momentum, divided by the gradients' recent size (Kingma, Ba 2015). In step t:

        m ← β₁ m + (1 - β₁) g        v ← β₂ v + (1 - β₂) g²
        θ ← θ - lr · m̂ / (√v̂ + eps),  m̂ = m / (1 - β₁ᵗ),  v̂ = v / (1 - β₂ᵗ)

    Each pass over the vectors costs time, so the code keeps M = m / (1 - β₁) and V = v / (1 - β₂),
    which need no factor on g, and moves all constant factors into the learning rate and eps:

        M ← β₁ M + g        V ← β₂ V + g²        θ ← θ - lr · a/c · M / (√V + eps/c)

        with a = (1 - β₁) / (1 - β₁ᵗ),  c = √((1 - β₂) / (1 - β₂ᵗ))

    `adjustments` are the penalties and the clipping of `Optimizer`.
    """

    name = "adam"
    title = "Adam"

    def __init__(
        self,
        parameters: Array,
        gradients: Array,
        learning_rate: float = 0.001,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        **adjustments: Unpack[Adjustments],
    ) -> None:
        super().__init__(parameters, gradients, learning_rate, **adjustments)
        self.betas = (
            real_number("betas[0]", betas[0], 0, 1, high_open=True),
            real_number("betas[1]", betas[1], 0, 1, high_open=True),
        )
        self.eps = real_number("eps", eps, 0, 1, low_open=True)
        self.gradient_sum = self._new_vector("gradient_sum")
        self.square_sum = self._new_vector("square_sum")

    def _update(self, block: slice, gradient: Array, scratch: Array) -> None:
        beta1, beta2 = self.betas
        a = (1 - beta1) / (1 - beta1**self.steps)
        c = math.sqrt((1 - beta2) / (1 - beta2**self.steps))
        gradient_sum, square_sum = self.gradient_sum[block], self.square_sum[block]
        gradient_sum *= beta1
        gradient_sum += gradient
        square_sum *= beta2
        square_sum += np.square(gradient, out=scratch)

        np.sqrt(square_sum, out=scratch)
        scratch += self.eps / c
        np.divide(gradient_sum, scratch, out=scratch)
        scratch *= self.learning_rate * a / c
        parameters = self.parameters[block]
        if self.decoupled_weight_decay:
            parameters *= 1 - self.learning_rate * self.weight_decay
        parameters -= scratch
