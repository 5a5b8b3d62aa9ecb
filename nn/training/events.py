"""What a training reports while it runs.

Every event has a `type`, the word that stands in a run's `events.jsonl`; `step`, the number of
batches done; and `epoch`, the number of epochs done, with a fraction within one.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Started:
    """The training begins (`step` is 0), or goes on where it was."""

    type: ClassVar[str] = "started"
    step: int
    epoch: float
    epochs: int
    batch_size: int
    steps_per_epoch: int
    train_samples: int
    val_samples: int
    num_parameters: int


@dataclass(frozen=True, slots=True)
class MemberBegins:
    """An ensemble's next network is about to make its first step; before the first network it is
    Started. Meant for looking at it as it begins; not written to disk."""

    type: ClassVar[str] = "member"
    step: int
    epoch: float


@dataclass(frozen=True, slots=True)
class BatchEnd:
    """A batch is done. Meant for acting between two batches; not written to disk."""

    type: ClassVar[str] = "batch"
    step: int
    epoch: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How the training went since the last Progress: means over the samples trained on since.

    `samples_per_second` counts training time only, without validation and pauses;
    `learning_rate` is the one of the last batch, after the schedule.
    """

    type: ClassVar[str] = "progress"
    step: int
    epoch: float
    train_loss: float
    train_accuracy: float
    samples_per_second: float
    learning_rate: float


@dataclass(frozen=True, slots=True)
class Validating:
    """All batches of an epoch are done, and of the validation images this share; said now and then
    where that takes long."""

    type: ClassVar[str] = "validating"
    step: int
    epoch: float
    share: float


@dataclass(frozen=True, slots=True)
class EpochEnd:
    """An epoch is done; `epoch` counts from 1.

    The training loss and accuracy are means over the epoch's batches, each taken while the weights
    changed, with dropout and the like at work; the validation ones belong to the weights as they
    are now and are None without a validation part.
    """

    type: ClassVar[str] = "epoch"
    step: int
    epoch: int
    train_loss: float
    train_accuracy: float
    val_loss: float | None
    val_accuracy: float | None


@dataclass(frozen=True, slots=True)
class Finished:
    """The training is over, and the network holds its final weights.

    With a validation part those are the weights after `best_epoch` (from 1), the epoch with the
    lowest validation loss; else the last ones, and `best_epoch` is None.
    """

    type: ClassVar[str] = "finished"
    step: int
    epoch: float
    best_epoch: int | None
    stopped_early: bool


Event = Started | MemberBegins | BatchEnd | Progress | Validating | EpochEnd | Finished
