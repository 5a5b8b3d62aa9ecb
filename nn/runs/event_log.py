"""The events of a run that count."""

from collections.abc import Callable

from nn.runs.schema import RunEvent

NO_STAGES = ("set", "checkpoint")
"""Types of events that don't say how it is with a run."""


class EventLog:
    """Events in their order, without those that a run has taken back.

    The lists are only ever appended to, or else replaced by new ones: others may hold the old.

    events: all that count, oldest first.
    by_type: the same, of each type.
    stage: the type of the newest that says how it is with the run, "" before there is one.
    """

    def __init__(self) -> None:
        self.events: list[RunEvent] = []
        self.by_type: dict[str, list[RunEvent]] = {}
        self.stage = ""
        self._most_steps = 0

    def add(self, event: RunEvent) -> None:
        """The next event of the run."""
        kind, epochs = event["type"], self.by_type.get("epoch")
        if kind == "resumed" and event.get("from_step") is not None:
            if self._most_steps > event["from_step"]:
                self._keep(lambda earlier: earlier["step"] <= event["from_step"])
                self._most_steps = max((one["step"] for one in self.events), default=0)
        elif kind == "epoch" and epochs and epochs[-1]["epoch"] == event["epoch"]:
            # Resumed from a checkpoint at an epoch's last batch, a run ends that epoch twice.
            replaced = epochs[-1]
            self._keep(lambda earlier: earlier is not replaced)
        self.events.append(event)
        self.by_type.setdefault(kind, []).append(event)
        self._most_steps = max(self._most_steps, event["step"])
        if kind not in NO_STAGES:
            self.stage = kind

    def _keep(self, counts: Callable[[RunEvent], bool]) -> None:
        self.events = [event for event in self.events if counts(event)]
        self.by_type = {
            kind: [event for event in events if counts(event)]
            for kind, events in self.by_type.items()
        }
