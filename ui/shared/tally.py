"""What was refused or failed since the server started: a line in the log each, and a count.

Neither says whose it was. Reasons are the app's own words: nothing that a visitor wrote, sent or is
called, no address, no token.
"""

import logging
import threading
import time
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

LINES_A_MINUTE = 30
"""Of each kind; a flood of refusals must not fill the disk. The rest is only counted."""

_log = logging.getLogger(__name__)


class Trouble(Enum):
    """What can go wrong, in the words of the log and the operator's page."""

    PAGE = "A page failed"
    REQUEST = "A request was refused"
    UPLOAD = "A file was refused"
    START = "A start of a training was refused"
    TRAINING = "A training failed"
    LESSON = "A lesson of a model was refused"
    DOWNLOAD = "A download failed"
    SECRET = "A wrong operator's secret"


@dataclass(frozen=True)
class Count:
    """How often it happened, the reason of the last time, and when that was (`time.monotonic`)."""

    times: int = 0
    reason: str = ""
    last: float = 0.0


class Tally:
    """Counts of one server; for all its threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[Trouble, Count] = {}
        self._minutes: dict[Trouble, tuple[int, int]] = {}
        """The minute of the newest line, and how many there were in it."""

    def note(self, trouble: Trouble, reason: str) -> None:
        """Count it, and write a line to the log; `reason` is of the app's own words."""
        now = time.monotonic()
        with self._lock:
            before = self._counts.get(trouble, Count())
            self._counts[trouble] = replace(before, times=before.times + 1, reason=reason, last=now)
            minute, lines = self._minutes.get(trouble, (-1, 0))
            lines = lines + 1 if minute == now // 60 else 1
            self._minutes[trouble] = int(now // 60), lines
        if lines <= LINES_A_MINUTE:
            _log.warning("%s: %s", trouble.value, reason)
        if lines == LINES_A_MINUTE:
            _log.warning("%s: more of it in this minute is counted and not logged", trouble.value)

    def counts(self) -> dict[Trouble, Count]:
        """What has happened at all, the newest first."""
        with self._lock:
            by_time = sorted(self._counts.items(), key=lambda item: item[1].last, reverse=True)
            return dict(by_time)


@cache
def tally() -> Tally:
    """The one of this server."""
    return Tally()


def note(trouble: Trouble, reason: str) -> None:
    """Count what was refused or failed on this server, and log it; see `Tally.note`."""
    tally().note(trouble, reason)
