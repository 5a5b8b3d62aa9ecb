"""One trial of a search."""

from dataclasses import dataclass
from typing import Any

RUNNING = "running"


@dataclass(frozen=True)
class Trial:
    """What a search tells of one of its trials.

    number: from 0.
    run_id: the folder of its run.
    params: its values of the settings that are searched, as in JSON: widths are a list.
    state: "running", or how it ended, see `nn.search.schema.STATES`.
    value: what the search compares, of the network that the trial ended with.
    val_loss, val_accuracy: of the same.
    epochs: how many it trained, those of all members of an ensemble.
    best_epoch: the one whose weights the network has.
    seconds: of training.
    began, ended: Unix seconds.
    reason: why it ended before its last epoch.
    message: what went wrong.
    worked_before: how long the search had worked when it began, in seconds.
    """

    number: int
    run_id: str
    params: dict[str, Any]
    began: float
    state: str = RUNNING
    value: float | None = None
    val_loss: float | None = None
    val_accuracy: float | None = None
    epochs: float | None = None
    best_epoch: int | None = None
    seconds: float | None = None
    ended: float | None = None
    reason: str | None = None
    message: str | None = None
    worked_before: float = 0.0
