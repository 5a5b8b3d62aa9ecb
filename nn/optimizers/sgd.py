"""Stochastic gradient descent."""

from typing import ClassVar, Unpack

import numpy as np

from nn.checks import real_number
from nn.optimizers.optimizer import Adjustments, Array, Optimizer


class SGD(Optimizer):
    """Steps against the gradient g of the batch, with momentum μ if wanted:

        plain:      θ ← θ - lr · g
        momentum:   v ← μ v + g        θ ← θ - lr · v
        Nesterov:   v ← μ v + g        θ ← θ - lr · (g + μ v)

    v starts at 0, so the first step with momentum is a plain one, as in PyTorch (Sutskever et al.
    2013, with the learning rate outside v). `adjustments` are the penalties and the clipping of
    `Optimizer`.
    """

    name = "sgd"
    title = "SGD"
    settings: ClassVar[tuple[str, ...]] = ("momentum", "nesterov")

    def __init__(
        self,
        parameters: Array,
        gradients: Array,
        learning_rate: float = 0.1,
        momentum: float = 0.0,
        nesterov: bool = False,
        **adjustments: Unpack[Adjustments],
    ) -> None:
        super().__init__(parameters, gradients, learning_rate, **adjustments)
        self.momentum = real_number("momentum", momentum, 0, 1, high_open=True)
        if nesterov and not momentum:
            raise ValueError("nesterov needs a momentum above 0, got momentum 0")
        self.nesterov = nesterov
        if momentum:
            self.velocity = self._new_vector("velocity")

    def _update(self, block: slice, gradient: Array, scratch: Array) -> None:
        direction = gradient
        if self.momentum:
            direction = velocity = self.velocity[block]
            velocity *= self.momentum
            velocity += gradient
        if self.nesterov:
            direction = np.multiply(velocity, self.momentum, out=scratch)
            direction += gradient
        self.parameters[block] -= np.multiply(direction, self.learning_rate, out=scratch)
