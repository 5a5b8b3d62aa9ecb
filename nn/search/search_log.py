"""The events of a search, and what they say together."""

from dataclasses import replace
from typing import Any

from nn.runs.reader import CLOSING
from nn.search.schema import SearchEvent
from nn.search.trial import Trial

_OF_AN_END = ("value", "val_loss", "val_accuracy", "epochs", "best_epoch", "seconds")
_WORDS = ("reason", "message")
_AT_REST = ("paused", "left", *CLOSING)
"""Types of events after which it does not work, until a "resumed". "left": the last process that
worked on it has saved everything and gone."""


class SearchLog:
    """Events in their order.

    events: all, oldest first.
    trials: by number.
    stage: the type of the newest that says how it is with the search, "" before there is one.
    seconds: how long it has worked, up to the newest event.
    since: Unix seconds of that event while it works, else None.
    """

    def __init__(self) -> None:
        self.events: list[SearchEvent] = []
        self.trials: dict[int, Trial] = {}
        self.stage = ""
        self.seconds = 0.0
        self.since: float | None = None

    def add(self, event: SearchEvent) -> None:
        """The next event of the search."""
        self.events.append(event)
        kind, time = event["type"], event["time"]
        if kind in ("started", "resumed", *_AT_REST):
            self.stage = kind
        # Killed, it has worked up to its last event: what lies before a "resumed" doesn't count.
        if self.since is not None and kind not in ("started", "resumed"):
            self.seconds += max(0.0, time - self.since)
        self.since = None if self.stage in _AT_REST else time
        if kind == "trial_started":
            self._begin(event)
        elif kind == "trial_ended":
            self._end(event)

    def _begin(self, event: SearchEvent) -> None:
        number = event["trial"]
        if number not in self.trials:  # else it goes on, in another process
            self.trials[number] = Trial(
                number, event["run"], event["params"], event["time"], worked_before=self.seconds
            )

    def _end(self, event: SearchEvent) -> None:
        trial = self.trials.get(event["trial"])
        if trial is not None:
            fields: dict[str, Any] = {name: event.get(name) for name in (*_OF_AN_END, *_WORDS)}
            self.trials[trial.number] = replace(
                trial, state=event["state"], ended=event["time"], **fields
            )
