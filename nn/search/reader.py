"""Reading a search."""

import math
import os
import threading
from pathlib import Path
from typing import Any

from nn.runs.event_lines import EventLines
from nn.runs.json_text import read_json
from nn.runs.reader import CLOSING
from nn.runs.run_name import read_name
from nn.search.folder import EVENTS, is_worked_on, read_settings, runs_of
from nn.search.schema import FINISHED, SearchEvent, checked_event
from nn.search.search_log import SearchLog
from nn.search.trial import RUNNING, Trial

_MOST_BYTES = 64_000_000
"""Of events that are read: more than `MOST_TRIALS` write."""


class Search:
    """A search as its folder tells it; never writes there.

    The events are read when they are first asked for, and again at each `refresh`, which reads only
    what is new. Raises ValueError if the folder has no search.json that can be read.
    """

    def __init__(self, folder: str | os.PathLike) -> None:
        self.folder = Path(folder)
        self.settings = read_settings(self.folder)
        self._lines, self._log = EventLines(_MOST_BYTES), SearchLog()
        self._was_read = self._unannounced = False
        self._reading = threading.Lock()

    @property
    def id(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def name(self) -> str:
        """What people call it, as it is at this moment; "" where nobody has named it."""
        return read_name(self.folder)

    def run_folder(self, run_id: str) -> Path:
        """Where a trial's run is, unless somebody has removed it."""
        return runs_of(self.folder) / Path(run_id).name

    @property
    def is_active(self) -> bool:
        """Whether a process works on it at this moment."""
        return is_worked_on(self.folder)

    @property
    def status(self) -> str:
        """One of: "waiting" (not begun yet), "running", "paused", "finished", "stopped", "failed",
        "interrupted" (it ended without a word, and can go on)."""
        stage = self._read_once().stage
        if stage in CLOSING:
            return stage
        if self.is_active:
            return self.status_with_process
        # It may have ended between the last reading and the look at the lock.
        self._unannounced |= self._read()
        if self._log.stage in CLOSING:
            return self._log.stage
        return "interrupted" if self._log.events else "waiting"

    @property
    def status_with_process(self) -> str:
        """The same of a search that a process is known to work on."""
        stage = self._read_once().stage
        return stage if stage in (*CLOSING, "paused") else "running"

    @property
    def can_go_on(self) -> bool:
        """Whether it has ended and can go on: it was interrupted, stopped, or failed."""
        return self.status in ("interrupted", "stopped", "failed")

    @property
    def events(self) -> list[SearchEvent]:
        """All events, oldest first."""
        return self._read_once().events

    def last(self, type: str) -> SearchEvent | None:
        """The newest event of this type, None if there is none."""
        events = self._read_once().events
        return next((event for event in reversed(events) if event["type"] == type), None)

    @property
    def trials(self) -> list[Trial]:
        """All trials that have begun, by their numbers."""
        trials = self._read_once().trials
        return [trials[number] for number in sorted(trials)]

    @property
    def numbers(self) -> set[int]:
        """The numbers of all trials that have begun."""
        return set(self._read_once().trials)

    def is_running(self, number: int) -> bool:
        """Whether the trial of this number has begun and not ended."""
        trial = self._read_once().trials.get(number)
        return trial is not None and trial.state == RUNNING

    @property
    def ended(self) -> list[Trial]:
        """Those that have ended, in the order in which they did."""
        ended = [trial for trial in self.trials if trial.ended is not None]
        return sorted(ended, key=lambda trial: (trial.ended, trial.number))

    @property
    def ranking(self) -> list[Trial]:
        """Those that trained to their end, the best first."""
        sign = 1 if self.settings.lower_is_better else -1
        found = [
            (sign * trial.value, trial.number, trial)
            for trial in self.trials
            if trial.state == FINISHED and trial.value is not None
        ]
        return [trial for _, _, trial in sorted(found, key=lambda item: item[:2])]

    @property
    def best(self) -> Trial | None:
        """The first in that ranking; None as long as none has trained to its end."""
        return next(iter(self.ranking), None)

    @property
    def best_so_far(self) -> list[tuple[float, int, float]]:
        """Each trial that was the best when it ended: Unix seconds, number, value."""
        found: list[tuple[float, int, float]] = []
        for trial in self.ended:
            if trial.state != FINISHED or trial.value is None or trial.ended is None:
                continue
            lower = not found or trial.value < found[-1][2]
            higher = not found or trial.value > found[-1][2]
            if lower if self.settings.lower_is_better else higher:
                found.append((trial.ended, trial.number, trial.value))
        return found

    @property
    def importance(self) -> dict[str, float]:
        """The share of each setting in what came of the trials; {} before there is enough."""
        event = self.last("importance")
        return (event.get("shares") if event else None) or {}

    @property
    def seconds(self) -> float:
        """How long it has worked, without pauses and what was between two processes; of one that
        works at this moment up to its last event."""
        return self._read_once().seconds

    def seconds_worked(self, now: float) -> float:
        """The same of one that works, up to the Unix second `now`."""
        log = self._read_once()
        return log.seconds + (max(0.0, now - log.since) if log.since is not None else 0.0)

    def seconds_left(self, now: float) -> float | None:
        """How long it will still take, at the Unix second `now`; None before there is an idea.

        As many trials as are still to come, each as long as those until now, as many at once as
        now, without what the running ones have had; at most the time that is left. A running one
        that takes longer than those before is one of them: others may be like it.
        """
        worked = self.seconds_worked(now)
        left = self.settings.seconds - worked
        seconds = [trial.seconds for trial in self.ended if trial.seconds is not None]
        if seconds:
            mean = sum(seconds) / len(seconds)
            running = [trial for trial in self.trials if trial.state == RUNNING]
            had = [worked - trial.worked_before for trial in running]
            longer = [one for one in had if one > mean]
            mean = (sum(seconds) + sum(longer)) / (len(seconds) + len(longer))
            to_come = max(0, self.settings.most_trials - len(self.ended))
            done = sum(min(mean, one) for one in had)
            left = min(left, (to_come * mean - done) / max(1, len(running)))
        return max(0.0, left) if math.isfinite(left) else None

    def refresh(self) -> bool:
        """Read what has been written since the last reading; whether there was anything."""
        news = self._read() or self._unannounced
        self._unannounced = False
        return news

    def _is_of_space(self, event: SearchEvent) -> bool:
        """Whether a trial has a value of each setting that is searched."""
        if event["type"] != "trial_started":
            return True
        try:
            for part in self.settings.space:
                part.check(event["params"].get(part.name))
        except ValueError:
            return False
        return True

    def _read_once(self) -> SearchLog:
        if not self._was_read:
            self._read()
        return self._log

    def _read(self) -> bool:
        with self._reading:
            self._was_read, is_news = True, False
            try:
                with open(self.folder / EVENTS, "rb") as file:
                    for line in self._lines.new(file):
                        is_news = True
                        event = _parse(line)
                        if event is not None and self._is_of_space(event):
                            self._log.add(event)
            except FileNotFoundError:
                return False
            return is_news


def _parse(line: bytes) -> SearchEvent | None:
    try:
        value: Any = read_json(line)
    except ValueError:
        return None
    return checked_event(value)
