"""Learning-rate schedules: which share of the base learning rate a step uses.

A schedule is any callable `schedule(epoch, epochs) -> factor`. `epoch` counts finished epochs, with
a fraction while one is under way (2.5 is the middle of the third), and `epochs` is the length of
the whole training.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from nn.checks import real_number

Schedule = Callable[[float, float], float]


@dataclass(frozen=True)
class ConstantSchedule:
    """Always the base learning rate."""

    def __call__(self, epoch: float, epochs: float) -> float:
        return 1.0


@dataclass(frozen=True)
class StepSchedule:
    """Times `gamma` after every `step_epochs` epochs: gamma^⌊epoch / step_epochs⌋

    `step_epochs` may have a fraction; the drop then comes in the middle of an epoch.
    """

    step_epochs: float
    gamma: float = 0.1

    def __post_init__(self) -> None:
        real_number("step_epochs", self.step_epochs, 0, 1_000_000, low_open=True)
        real_number("gamma", self.gamma, 0, 1, low_open=True)

    def __call__(self, epoch: float, epochs: float) -> float:
        return self.gamma ** math.floor(epoch / self.step_epochs)


@dataclass(frozen=True)
class ExponentialSchedule:
    """Times `gamma` after every epoch: gamma^⌊epoch⌋"""

    gamma: float

    def __post_init__(self) -> None:
        real_number("gamma", self.gamma, 0, 1, low_open=True)

    def __call__(self, epoch: float, epochs: float) -> float:
        return self.gamma ** math.floor(epoch)


@dataclass(frozen=True)
class CosineSchedule:
    """From 1 down to 0 along half a cosine, step by step: (1 + cos(π · epoch / epochs)) / 2

    (Loshchilov, Hutter 2017, without restarts.)
    """

    def __call__(self, epoch: float, epochs: float) -> float:
        return _half_cosine(1.0, 0.0, epoch / epochs)


@dataclass(frozen=True)
class OneCycleSchedule:
    """Up to the base learning rate and down again to almost nothing (Smith, Topin 2018).

    Begins at 1 / `div_factor`, rises along half a cosine to 1 during the share `pct_start` of the
    training, and falls along another to 1 / (`div_factor` · `final_div_factor`). Names and values
    are those of PyTorch's OneCycleLR with `max_lr` as base learning rate, but for one step: there
    the last step has the last value, here it would come one step later. Momentum stays as it is.
    """

    pct_start: float = 0.3
    div_factor: float = 25.0
    final_div_factor: float = 1e4

    def __post_init__(self) -> None:
        real_number("pct_start", self.pct_start, 0, 1, low_open=True, high_open=True)
        real_number("div_factor", self.div_factor, 1, math.inf, high_open=True)
        real_number("final_div_factor", self.final_div_factor, 1, math.inf, high_open=True)

    def __call__(self, epoch: float, epochs: float) -> float:
        progress = epoch / epochs
        start = 1 / self.div_factor
        if progress < self.pct_start:
            return _half_cosine(start, 1.0, progress / self.pct_start)
        share = (progress - self.pct_start) / (1 - self.pct_start)
        return _half_cosine(1.0, start / self.final_div_factor, share)


@dataclass(frozen=True)
class Warmup:
    """Rises in a straight line from 0 to 1 in `warmup_epochs`, then begins `schedule`.

    (Goyal et al. 2017.) The schedule has the rest of the training for itself: it is asked about
    `epoch - warmup_epochs` of `epochs - warmup_epochs`.
    """

    schedule: Schedule
    warmup_epochs: float

    def __post_init__(self) -> None:
        real_number("warmup_epochs", self.warmup_epochs, 0, math.inf, high_open=True)

    def __call__(self, epoch: float, epochs: float) -> float:
        if epoch < self.warmup_epochs:
            return epoch / self.warmup_epochs
        return self.schedule(epoch - self.warmup_epochs, epochs - self.warmup_epochs)


def _half_cosine(first: float, last: float, share: float) -> float:
    """From `first` (share 0) to `last` (share 1), level at both ends."""
    return last + (first - last) * (1 + math.cos(math.pi * share)) / 2
