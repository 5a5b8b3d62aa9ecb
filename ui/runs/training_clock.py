"""How long a run had been training when something happened, without what it was paused."""

from typing import Any


class TrainingClock:
    """Told of one event of a run after another, gives the seconds of training up to each.

    They go on while the run trains, measures its validation images and writes; and not while it is
    paused, or has no process: from one event to the `resumed` after it.
    """

    def __init__(self) -> None:
        self._seconds = 0.0
        self._before: float | None = None
        """The time of the event before; None if there is none, or it stands still since then."""
        self._is_paused = False

    def __call__(self, event: dict[str, Any]) -> float:
        if event["type"] == "resumed":
            self._before, self._is_paused = None, False
        if self._before is not None:
            # Less than nothing where the clock was put back while another program wrote.
            self._seconds += max(0.0, event["time"] - self._before)
        self._is_paused |= event["type"] == "paused"
        self._before = None if self._is_paused else event["time"]
        return self._seconds
