"""A slow begin before any schedule."""

import math
from dataclasses import dataclass

from nn.checks import real_number
from nn.schedules.schedule import Factor


@dataclass(frozen=True)
class Warmup:
    """Rises in a straight line from 0 to 1 in `warmup_epochs`, then begins `schedule`.

    (Goyal et al. 2017.) The schedule has the rest of the training for itself: it is asked about
    `epoch - warmup_epochs` of `epochs - warmup_epochs`.
    """

    schedule: Factor
    warmup_epochs: float

    def __post_init__(self) -> None:
        real_number("warmup_epochs", self.warmup_epochs, 0, math.inf, high_open=True)

    def __call__(self, epoch: float, epochs: float) -> float:
        if epoch < self.warmup_epochs:
            return epoch / self.warmup_epochs
        return self.schedule(epoch - self.warmup_epochs, epochs - self.warmup_epochs)
