"""The checkpoints of a run: the newest, the one before it, and one from before a new rate."""

import time
from collections import deque
from contextlib import suppress
from pathlib import Path

import nn
from nn.checksum import check_checksum
from nn.replacing import forget_unfinished, replace, replacing
from nn.runs import Run
from nn.training.checkpoint import load_checkpoint, save_checkpoint

EVERY_SECONDS, LATEST_SECONDS = 1.0, 1.5
"""A training that is killed loses what it did since the last checkpoint. There is one each second;
where writing them takes more than 1 % of the processor's work, a little later ..."""
WORK, WAIT = 125, 10
"""... (so many times as long as the processor worked for it) and only where they would take more
than a tenth of the training's time, as those of some ten million numbers do, later than that
(so many times as long as it took with the disk, the quickest of the last few: that one of them had
to wait for others is no reason to save nothing for long)."""
_LAST_FEW = 3
TRIED_SECONDS = 10.0
"""A learning rate that has trained for so long is not one that makes a training diverge at once."""


class Checkpoints:
    """Writes and reads the checkpoints of one run.

    A new one takes the place of the newest only when it has been read again, and the newest that of
    the one before it: whenever the process is killed, there is one that is whole.

    Args:
        run: of which the folder is used, and locked by this process.
    """

    def __init__(self, run: Run) -> None:
        self._newest, self._before, self._former_rate = run.checkpoint_paths
        for path in run.checkpoint_paths:
            with suppress(OSError):  # it takes room, but does no harm
                forget_unfinished(path)
        self._due = 0.0
        self._took = deque[float](maxlen=_LAST_FEW)
        self._tried_after = TRIED_SECONDS

    @property
    def is_due(self) -> bool:
        """Whether it is time for the next one; for the first it always is."""
        return self.seconds_left <= 0.0

    @property
    def seconds_left(self) -> float:
        """How long to wait for that."""
        return self._due - time.monotonic()

    def save(self, trainer: nn.Trainer | nn.EnsembleTrainer) -> None:
        """Write one. After an OSError those that there were are as they were."""
        began, worked = time.monotonic(), time.thread_time()
        _write(trainer, self._newest, self._before)
        now, work = time.monotonic(), time.thread_time() - worked
        self._took.append(now - began)
        soon = min(LATEST_SECONDS, WORK * work)
        self._due = now + max(EVERY_SECONDS, soon, WAIT * max(work, min(self._took)))

    def save_former_rate(self, trainer: nn.Trainer | nn.EnsembleTrainer) -> None:
        """Keep the state as it is before another learning rate is tried.

        Where the last one has hardly been tried, what was kept before that is worth more.
        """
        if self._former_rate.exists() and trainer.seconds < self._tried_after:
            return
        _write(trainer, self._former_rate)
        self._tried_after = trainer.seconds + TRIED_SECONDS

    @property
    def has_former_rate(self) -> bool:
        """Whether there is a state from before the learning rate was set."""
        return self._former_rate.exists()

    def load(self, trainer: nn.Trainer | nn.EnsembleTrainer) -> str:
        """Let the trainer go on from the newest that is whole; does nothing where there is none.

        Returns a sentence for people if that is not the newest of all, else "". ValueError and
        OSError as from `load_checkpoint`.
        """
        try:
            load_checkpoint(trainer, self._newest)
        except FileNotFoundError:  # killed at the very moment between two names
            with suppress(FileNotFoundError):
                load_checkpoint(trainer, self._before)
        except ValueError as error:
            try:
                load_checkpoint(trainer, self._before)
            except (ValueError, OSError):
                raise ValueError(
                    f"{error}; nor is there one before it to go on from. The network that the "
                    "training had is kept"
                ) from error
            self._newest.unlink()  # or it would be the one before the next
            return "The newest checkpoint is damaged. This goes on from the one before it."
        self._tried_after = trainer.seconds + TRIED_SECONDS
        return ""

    def load_former_rate(self, trainer: nn.Trainer | nn.EnsembleTrainer) -> None:
        """Let the trainer go on from before the learning rate was set, which did it no good."""
        load_checkpoint(trainer, self._former_rate)
        self.save(trainer)
        self._before.unlink(missing_ok=True)  # on the way to where it diverged
        self._former_rate.unlink()

    def remove(self) -> None:
        """The training is at its end: they are of no use any more, but do no harm."""
        for path in (self._newest, self._before, self._former_rate):
            with suppress(OSError):
                path.unlink()


def _write(
    trainer: nn.Trainer | nn.EnsembleTrainer, path: Path, before: Path | None = None
) -> None:
    """Write a checkpoint, and read it again before it takes the place of that in `path`, which
    takes that of the one `before`."""
    with replacing(path) as file:
        save_checkpoint(trainer, file)
        check_checksum(file)
        if before is not None:
            with suppress(FileNotFoundError):
                replace(path, before)
