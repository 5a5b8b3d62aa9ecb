"""A little less after every epoch."""

import math
from dataclasses import dataclass
from typing import Self

from nn.checks import real_number
from nn.schedules.schedule import Schedule


@dataclass(frozen=True)
class ExponentialSchedule(Schedule):
    """Times `gamma` after every epoch: gamma^⌊epoch⌋"""

    name = "exponential"
    title = "Exponential"

    gamma: float

    def __post_init__(self) -> None:
        real_number("gamma", self.gamma, 0, 1, low_open=True)

    def __call__(self, epoch: float, epochs: float) -> float:
        return self.gamma ** math.floor(epoch)

    @classmethod
    def for_training(cls, epochs: int) -> Self:
        """Down to a hundredth after so many epochs; a warm-up delays it."""
        return cls(gamma=0.01 ** (1 / epochs))
