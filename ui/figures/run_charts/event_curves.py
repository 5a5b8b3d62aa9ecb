"""The curves of a run's events: one for each field, which reads each event once."""

import threading
from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from nn.runs import Run
from ui.figures.run_charts.thinning import ThinCurve
from ui.runs.measured import Pick, TrainingPoints
from ui.runs.training_clock import TrainingClock

_DECIMALS = 5
"""Of an epoch, and digits that count of a value: more could not be seen, and each update sends all
of them to the browser."""

Place = Callable[[dict[str, Any]], float]
"""Told of one event of a run after another, how far along the run it is."""


class CurveOfEvents:
    """The thinned curve of a field of a run's events, which reads each event once.

    Args:
        field: name of the field; events that don't have it have no point.
        new_pick: gives what picks the events that have a point, anew for another list of events.
        new_place: in the same way, what says where along the x axis an event is.
    """

    def __init__(
        self, field: str, new_pick: Callable[[], Pick], new_place: Callable[[], Place]
    ) -> None:
        self._field = field
        self._new_pick, self._new_place = new_pick, new_place
        self._lock = threading.Lock()  # several visitors' threads may look at one run
        self._events: Sequence[dict[str, Any]] = ()
        self._read = 0
        self._pick, self._place, self._curve = new_pick(), new_place(), ThinCurve()

    def points(self, events: Sequence[dict[str, Any]]) -> tuple[list[float], list[float]]:
        """Places and values to draw for `events`: the same list as before, perhaps longer, or
        another one, with which the curve begins anew."""
        with self._lock:
            if events is not self._events:
                self._events, self._read = events, 0
                self._pick, self._place = self._new_pick(), self._new_place()
                self._curve = ThinCurve()
            end = len(events)
            for event in events[self._read : end]:
                place = self._place(event)
                if self._pick(event):
                    value = event.get(self._field)
                    if value is not None:
                        self._curve.add(round(place, _DECIMALS), float(f"{value:.{_DECIMALS}g}"))
            self._read = end
            return self._curve.points()


_PICKS: dict[str, Callable[[], Pick]] = {
    "train_loss": TrainingPoints,
    "train_accuracy": TrainingPoints,
    "val_loss": lambda: lambda event: event["type"] == "epoch",
    "val_accuracy": lambda: lambda event: event["type"] == "epoch",
    "test_loss": lambda: lambda event: event["type"] == "epoch",
    "test_accuracy": lambda: lambda event: event["type"] == "epoch",
    "learning_rate": lambda: lambda event: event["type"] == "progress",
}
_PLACES: dict[str, Callable[[], Place]] = {
    "epoch": lambda: lambda event: event["epoch"],
    "step": lambda: lambda event: event["step"],
    "seconds": TrainingClock,
}
_curves: WeakKeyDictionary[Run, dict[tuple[str, str], CurveOfEvents]] = WeakKeyDictionary()
_curves_lock = threading.Lock()


def points(run: Run, field: str, along: str = "epoch") -> tuple[list[float], list[float]]:
    """Places and values to draw of this field of a run; its curve is kept as long as the run.

    `along` says what a place is: "epoch", "step", or "seconds" of training.
    """
    with _curves_lock:
        of_run = _curves.setdefault(run, {})
        if (field, along) not in of_run:
            of_run[field, along] = CurveOfEvents(field, _PICKS[field], _PLACES[along])
    return of_run[field, along].points(run.events)
