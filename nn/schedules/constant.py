"""The learning rate as it is."""

from dataclasses import dataclass

from nn.schedules.schedule import Schedule


@dataclass(frozen=True)
class ConstantSchedule(Schedule):
    """Always the base learning rate."""

    name = "constant"
    title = "Constant"

    def __call__(self, epoch: float, epochs: float) -> float:
        return 1.0
