"""When a training stops by itself."""

from typing import Protocol

STILL_EPOCHS = 200.0
"""So long next to nothing may move ..."""
STILL_CHANGE = 1e-3
"""... that is, the training loss by this share of itself at most."""


class Measured(Protocol):
    """A moment of a training: what these rules look at."""

    @property
    def epoch(self) -> float: ...
    @property
    def train_loss(self) -> float: ...
    @property
    def test_loss(self) -> float | None: ...


class Stopping:
    """Watches one training from where it was started to play.

    It stops when a rule comes true, and not because it has been true before: after a stop one can
    go on.
    """

    def __init__(self, loss: float | None, still: bool) -> None:
        """
        Args:
            loss: stop when the test loss is as small (the training loss if there are no points for
                a test); None for no such rule.
            still: stop when nothing moves any more.
        """
        self._loss = loss
        self._still = still
        self._last: Measured | None = None
        self._from: Measured | None = None

    def reason(self, moment: Measured) -> str | None:
        """Take the next moment; "loss" or "still" where it is the one to stop at."""
        last, self._last = self._last, moment
        limit = self._loss
        if limit is not None and last is not None and _loss(moment) <= limit < _loss(last):
            return "loss"
        return "still" if self._still and self._is_still(moment) else None

    def _is_still(self, moment: Measured) -> bool:
        since = self._from
        if since is None or _differ(moment.train_loss, since.train_loss):
            self._from = moment
            return False
        if moment.epoch - since.epoch < STILL_EPOCHS:
            return False
        self._from = moment
        return True


def _differ(a: float, b: float) -> bool:
    return not abs(a - b) <= STILL_CHANGE * abs(b)


def _loss(moment: Measured) -> float:
    return moment.train_loss if moment.test_loss is None else moment.test_loss
