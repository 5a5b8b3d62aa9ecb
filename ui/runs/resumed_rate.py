"""The learning rate with which a training goes on."""

from nn.runs import Run
from nn.search import read_origin
from ui.runs.numbers import base_rate, base_rates
from ui.settings.settings import LEARNING_RATES


def may_change_rate(run: Run) -> bool:
    """Whether a run that has ended can be resumed with another learning rate than it had. That of a
    trial is its search's."""
    return run.can_change_rate and read_origin(run.folder) is None


def suggested_rate(run: Run) -> float | None:
    """The learning rate to go on with: the one it had; where it diverged with that, the lowest of
    those before, or else about a third. None if the one it had isn't known."""
    last = base_rate(run)
    if last is None or not run.has_diverged:
        return last
    lowest = min(base_rates(run), default=last)
    if lowest < last:
        return lowest
    return max((rate for rate in LEARNING_RATES if rate <= last / 2.9), default=last / 3)
