"""Appending lines to a file of events."""

import errno
import json
import os
import time
from pathlib import Path
from typing import Any

_PIECE = 4096


class EventFile:
    """A file of events that is open for appending.

    What a killed process left of its last line is cut off: it would spoil the next one.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)
        drop_unfinished_line(path)

    @property
    def size(self) -> int:
        """Bytes."""
        return self._file.seek(0, os.SEEK_END)

    def append(self, event: dict[str, Any]) -> None:
        """Write an event, of JSON-able or NumPy numbers; ValueError for NaN and infinity.

        An OSError, for instance on a full disk, leaves the file as it was.
        """
        line = event_line(event)
        size = self.size
        if self._file.write(line) != len(line):
            self._file.truncate(size)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), self._file.name)

    def close(self) -> None:
        """End writing; may be called again."""
        self._file.close()

    @property
    def is_closed(self) -> bool:
        """Whether it was closed."""
        return self._file.closed


def drop_unfinished_line(path: Path) -> None:
    """Cut off what a killed process left of a file's last line."""
    with path.open("r+b") as file:
        size = end = file.seek(0, os.SEEK_END)
        while end:
            begin = max(0, end - _PIECE)
            file.seek(begin)
            found = file.read(end - begin).rfind(b"\n")
            end = begin if found < 0 else begin + found + 1
            if found >= 0:
                break
        if end < size:
            file.truncate(end)


def event_line(event: dict[str, Any]) -> bytes:
    """An event as its line; ValueError for NaN and infinity."""
    text = json.dumps(event, allow_nan=False, default=lambda number: number.item())
    return text.encode() + b"\n"


class EventClock:
    """Unix seconds that never go back, whatever is done to the system's clock meanwhile."""

    def __init__(self) -> None:
        self._ahead = 0.0
        """Of the system's clock, since that was put back."""
        self._last = time.time(), time.monotonic()

    def now(self) -> float:
        """Seconds since 1970."""
        wall, passed = time.time(), time.monotonic()
        last_wall, last_passed = self._last
        if wall < last_wall:
            self._ahead += last_wall - wall + passed - last_passed
        self._last = wall, passed
        return wall + self._ahead
