"""Where the trials of a search are trained: here, or on other computers."""

from typing import Protocol

from nn.cli.train.control import Command
from nn.cli.train.session import GoesOn
from nn.runs import Run, RunWriter
from nn.training.config import TrainingConfig


class Place(Protocol):
    """Trains networks for a search.

    slots: how many it can train at once; may change at any time.
    lost: a sentence for people if nothing can be trained there any more, else None.
    """

    @property
    def slots(self) -> int: ...

    @property
    def lost(self) -> str | None: ...

    def train(
        self, run: Run, writer: RunWriter, config: TrainingConfig, goes_on: GoesOn, resume: bool
    ) -> str:
        """Train the run to its closing event, with all that a training writes in `run.folder`.

        Called in a thread of its own, in as many at once as there are slots.

        Args:
            run: its folder holds the settings already.
            writer: of the run's events. It holds the run's lock; the caller closes it.
            config: the run's settings.
            goes_on: asked after each `epoch` event is written, in any thread. Where it says no, the
                run ends with a `stopped` event whose `reason` is `nn.runs.schema.PRUNED`.
            resume: go on from the run's last checkpoint; without one it begins anew.

        Returns how it ended: "finished", "stopped" or "failed", as the closing event says, or
        "interrupted" where there is none, because of a "closed" or a signal, and it can be resumed.
        """
        ...

    def steer(self, command: Command) -> None:
        """Give a command to all trainings that are here: "pause", "resume", "stop", "closed".

        A "stop" has a reason, that of the closing event. With a "closed" each saves and ends as
        "interrupted". Returns at once; `train` returns later.
        """
        ...

    def close(self) -> None:
        """No training is here any more and none will be: give everything back."""
        ...
