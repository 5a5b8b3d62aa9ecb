"""Drops from time to time."""

import math
from dataclasses import dataclass
from typing import Self

from nn.checks import real_number
from nn.schedules.schedule import Schedule


@dataclass(frozen=True)
class StepSchedule(Schedule):
    """Times `gamma` after every `step_epochs` epochs: gamma^⌊epoch / step_epochs⌋

    `step_epochs` may have a fraction; the drop then comes in the middle of an epoch.
    """

    name = "step"
    title = "Step"

    step_epochs: float
    gamma: float = 0.1

    def __post_init__(self) -> None:
        real_number("step_epochs", self.step_epochs, 0, 1_000_000, low_open=True)
        real_number("gamma", self.gamma, 0, 1, low_open=True)

    def __call__(self, epoch: float, epochs: float) -> float:
        return self.gamma ** math.floor(epoch / self.step_epochs)

    @classmethod
    def for_training(cls, epochs: int) -> Self:
        """Two drops, after one and two thirds of the training; a warm-up delays them."""
        return cls(step_epochs=epochs / 3, gamma=0.1)
