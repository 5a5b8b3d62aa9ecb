"""Up and down again."""

import math
from dataclasses import dataclass

from nn.checks import real_number
from nn.schedules.half_cosine import half_cosine
from nn.schedules.schedule import Schedule


@dataclass(frozen=True)
class OneCycleSchedule(Schedule):
    """Up to the base learning rate and down again to almost nothing (Smith, Topin 2018).

    Begins at 1 / `div_factor`, rises along half a cosine to 1 during the share `pct_start` of the
    training, and falls along another to 1 / (`div_factor` · `final_div_factor`). Names and values
    are those of PyTorch's OneCycleLR with `max_lr` as base learning rate, but for one step: there
    the last step has the last value, here it would come one step later. Momentum stays as it is.
    """

    name = "one_cycle"
    title = "One cycle"

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
            return half_cosine(start, 1.0, progress / self.pct_start)
        share = (progress - self.pct_start) / (1 - self.pct_start)
        return half_cosine(1.0, start / self.final_div_factor, share)
