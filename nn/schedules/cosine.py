"""Half a cosine."""

from dataclasses import dataclass

from nn.schedules.half_cosine import half_cosine
from nn.schedules.schedule import Schedule


@dataclass(frozen=True)
class CosineSchedule(Schedule):
    """From 1 down to 0 along half a cosine, step by step: (1 + cos(π · epoch / epochs)) / 2

    (Loshchilov, Hutter 2017, without restarts.)
    """

    name = "cosine"
    title = "Cosine"

    def __call__(self, epoch: float, epochs: float) -> float:
        return half_cosine(1.0, 0.0, epoch / epochs)
