"""How long a training will still take, from how fast it went lately.

What is said counts down with the clock: it is believed until it is far from what the newest
measurements say, and led to them gently until then. So it does not go up and down with every
measurement, and is exact in the end.
"""

import threading
from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
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
_BEGINS, _MEASURED = ("started", "resumed", "paused"), ("progress", "epoch")
"""The events from which on the past counts, and those that say how far it is."""


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
        self._config: dict[str, Any] | None = None
        self._heard = 0
        """How many events."""
        self._last: dict[str, Any] | None = None
        self._recent: deque[dict[str, Any]] = deque()
        self._left: float | None = None

    def seconds_left(self, run: Run, epochs: int) -> float | None:
        with self._lock:
            if run.config != self._config:
                self._config, self._work = run.config, _Work(run.config)
            heard, events = self._heard, run.events
            if 0 < heard <= len(events) and events[heard - 1] is self._last:
                news = events[heard:]
                for event in news:
                    self._hear(epochs, event)
            else:
                # It is read for the first time, or anew: what was said before has no meaning.
                heard, news = 0, events[:]
                self._recent = deque(_latest(news))
                self._left = self._measured(epochs)
            if news:
                self._heard, self._last = heard + len(news), news[-1]
            return self._left

    def _hear(self, epochs: int, event: dict[str, Any]) -> None:
        if event["type"] in _BEGINS:
            self._recent.clear()
            self._left = None
        if event["type"] not in _MEASURED:
            return
        # Less than nothing where the clock was put back while another program wrote.
        passed = max(0.0, event["time"] - self._recent[-1]["time"]) if self._recent else 0.0
        self._recent.append(event)
        while self._recent[0]["time"] < event["time"] - WINDOW_SECONDS:
            self._recent.popleft()
        measured = self._measured(epochs)
        if measured is None or self._left is None:
            self._left = measured
            return
        said = self._left - passed
        if abs(said - measured) > FAR_OFF * measured:
            self._left = measured
        else:
            most = LEADING * passed
            self._left = said + min(max(measured - said, -most), most)

    def _measured(self, epochs: int) -> float | None:
        """What the measurements of the last seconds say."""
        if len(self._recent) < 3:
            return None
        first, last = self._recent[0], self._recent[-1]
        seconds = last["time"] - first["time"]
        if seconds < LEAST_SECONDS:
            return None
        done = self._work.of(last["epoch"])
        work = done - self._work.of(first["epoch"])
        if not work > 0:
            return None
        rest = self._work.of(epochs) - done
        left = finite(rest * seconds / work)  # the folder of a run may hold anything
        return None if left is None else max(0.0, left)


@st.cache_resource(max_entries=100, show_spinner=False)
def _forecast(folder: str) -> _Forecast:
    return _Forecast()


def _latest(events: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The measurements of the last seconds, in their order."""
    found: list[dict[str, Any]] = []
    for event in reversed(events):
        if event["type"] in _BEGINS:
            break
        if event["type"] in _MEASURED:
            if found and event["time"] < found[0]["time"] - WINDOW_SECONDS:
                break
            found.append(event)
    return found[::-1]


class _Work:
    """What epochs take, in epochs of the first network: those of an ensemble differ."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._networks, self._begun = members(config), starts(config)
        self._costs = (
            [float(nn.training_flops(network_layers(one))) for one in self._networks]
            if len(self._begun) > 1
            else []
        )

    def of(self, epoch: float) -> float:
        """What so many epochs of the run take."""
        if not self._costs:
            return epoch
        which = bisect_right(self._begun, epoch) - 1
        whole = zip(self._costs[:which], self._networks, strict=False)
        before = sum(cost * one.epochs for cost, one in whole)
        return (before + self._costs[which] * (epoch - self._begun[which])) / self._costs[0]
