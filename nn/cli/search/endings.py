"""How a trial ended, from the closing event of its run."""

from dataclasses import asdict, dataclass
from typing import Any

from nn.runs import CLOSING, Run
from nn.runs.schema import RunEvent
from nn.search.schema import FAILED, FINISHED, PRUNED


@dataclass(frozen=True)
class Ending:
    """The fields of a `trial_ended` event, see `nn.search.schema` and `nn.search.Trial`."""

    state: str
    value: float | None = None
    val_loss: float | None = None
    val_accuracy: float | None = None
    epochs: float | None = None
    best_epoch: int | None = None
    seconds: float | None = None
    reason: str | None = None
    message: str | None = None

    def fields(self) -> dict[str, Any]:
        """Those that there are."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def closing_event(run: Run) -> RunEvent | None:
    """The event that ended the run; None as long as it can go on."""
    last = run.events[-1] if run.events else None
    return last if last is not None and last["type"] in CLOSING else None


def ending_of(run: Run, metric: str, reason: str) -> Ending:
    """How a trial ended whose run has a closing event; `reason` is why it was stopped where that
    says nothing."""
    event = closing_event(run)
    if event is None:
        return Ending(FAILED, message="its run has no closing event")
    value = event.get(f"val_{metric}")
    if event["type"] == "failed" or value is None:
        message = event.get("message") or "it has no validation figure"
        return Ending(FAILED, epochs=event["epoch"], message=message)
    is_finished = event["type"] == "finished"
    return Ending(
        FINISHED if is_finished else PRUNED,
        value=value,
        val_loss=event.get("val_loss"),
        val_accuracy=event.get("val_accuracy"),
        epochs=event["epoch"],
        best_epoch=event.get("best_epoch"),
        seconds=event.get("seconds"),
        reason=None if is_finished else event.get("reason") or reason,
    )
