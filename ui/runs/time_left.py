"""How long a training will still take, from how fast it went lately.

What is said counts down with the clock: it is believed until it is far from what the newest
measurements say, and led to them gently until then. So it does not go up and down with every
measurement, and is exact in the end.
"""

import threading
from bisect import bisect_right
from collections import deque
from typing import Any

import streamlit as st

import nn
from nn.runs import Run
from ui.runs.measured import finite, planned_epochs
from ui.runs.members import members, starts
from ui.settings.network_size import network_layers

WINDOW_SECONDS = 10.0
"""So much of the past counts: long enough to be steady, and not before the last pause."""
LEAST_SECONDS = 1.0
"""Less tells nothing: the first steps take their time to set things up."""
FAR_OFF = 0.2
"""Where it differs from the newest measurements by more than this share, these are taken."""
LEADING = 0.4
"""Until then it counts down so much faster or slower than the clock, and never up."""
_MOST_EVENTS = 1000


def seconds_left(run: Run) -> float | None:
    """Seconds until the last epoch is done; None while it is too early to say.

    The clock counts, and not the speed of the training steps alone: so validation is in it.
    """
    epochs = planned_epochs(run)
    return None if epochs is None else _forecast(str(run.folder)).seconds_left(run, epochs)


class _Forecast:
    """What is said of one run, to all visitors; hears each of its events once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._heard: list[dict[str, Any]] = []
        self._forget()

    def seconds_left(self, run: Run, epochs: int) -> float | None:
        with self._lock:
            events = list(run.events)
            count = len(self._heard)
            if count and (len(events) < count or events[count - 1] is not self._heard[-1]):
                self._forget()  # it was read anew
                count = 0
            for event in events[max(count, len(events) - _MOST_EVENTS) :]:
                self._hear(run, epochs, event)
            self._heard = events
            return self._left

    def _forget(self) -> None:
        self._recent: deque[dict[str, Any]] = deque()
        self._left: float | None = None

    def _hear(self, run: Run, epochs: int, event: dict[str, Any]) -> None:
        if event["type"] in ("started", "resumed", "paused"):
            self._forget()
        if event["type"] not in ("progress", "epoch"):
            return
        passed = event["time"] - self._recent[-1]["time"] if self._recent else 0.0
        self._recent.append(event)
        while self._recent[0]["time"] < event["time"] - WINDOW_SECONDS:
            self._recent.popleft()
        measured = self._measured(run, epochs)
        if measured is None or self._left is None:
            self._left = measured
            return
        said = self._left - passed
        if abs(said - measured) > FAR_OFF * measured:
            self._left = measured
        else:
            most = LEADING * passed
            self._left = said + min(max(measured - said, -most), most)

    def _measured(self, run: Run, epochs: int) -> float | None:
        """What the measurements of the last seconds say."""
        if len(self._recent) < 3:
            return None
        first, last = self._recent[0], self._recent[-1]
        seconds = last["time"] - first["time"]
        if seconds < LEAST_SECONDS:
            return None
        work = _work(run, last["epoch"]) - _work(run, first["epoch"])
        if not work > 0:
            return None
        rest = _work(run, epochs) - _work(run, last["epoch"])
        left = finite(rest * seconds / work)  # the folder of a run may hold anything
        return None if left is None else max(0.0, left)


@st.cache_resource(max_entries=100, show_spinner=False)
def _forecast(folder: str) -> _Forecast:
    return _Forecast()


def _work(run: Run, epoch: float) -> float:
    """What so many epochs take, in epochs of the first network: those of an ensemble differ."""
    networks, begun = members(run.config), starts(run.config)
    if len(begun) < 2:
        return epoch
    costs = [float(nn.training_flops(network_layers(one))) for one in networks]
    which = bisect_right(begun, epoch) - 1
    before = sum(cost * one.epochs for cost, one in zip(costs[:which], networks, strict=False))
    return (before + costs[which] * (epoch - begun[which])) / costs[0]
