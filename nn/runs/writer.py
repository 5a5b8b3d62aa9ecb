"""Writing a run's events."""

import errno
import json
import os
import time
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Any, Self

from nn.replacing import forget_unfinished, replacing
from nn.runs.config_file import create_run, read_config
from nn.runs.lock import take_lock
from nn.runs.reader import EVENTS, Run
from nn.runs.thinning import MOST_BYTES, thinned

_PIECE = 4096


class RunWriter:
    """Writes the events of a training, and holds the run's lock until it is closed.

    When they have become very many, the older ones are thinned out.

    Args:
        folder: the run's folder.
        config: settings of a new run, for a folder that is new or empty; None for one that has a
            config.json already.

    Raises ValueError if the folder is no such folder, RunLocked if another process trains there.
    """

    def __init__(self, folder: str | os.PathLike, config: dict[str, Any] | None) -> None:
        self.folder = Path(folder)
        if config is None:
            read_config(self.folder)
            self._lock = take_lock(self.folder)
        else:
            self._lock = create_run(self.folder, config)
        self._path = self.folder / EVENTS
        self._clock = _Clock()
        self._most_bytes = MOST_BYTES
        try:
            forget_unfinished(self._path)
            self._events = self._open()
            self._drop_unfinished_line()
        except BaseException:
            self._lock.close()
            raise

    def write(self, type: str, step: int = 0, epoch: float = 0.0, **fields: Any) -> None:
        """Append an event. `fields` are JSON-able or NumPy numbers; ValueError for NaN, infinity.

        An OSError, for instance on a full disk, leaves the file as it was.
        """
        event = {"type": type, "time": self._clock.now(), "step": step, "epoch": epoch} | fields
        line = _line(event)
        size = self._events.seek(0, os.SEEK_END)
        if self._events.write(line) != len(line):
            self._events.truncate(size)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), self._events.name)
        if size > self._most_bytes:
            self._thin()

    def close(self) -> None:
        """End writing and give the lock back."""
        self._events.close()
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self) -> FileIO:
        return self._path.open("ab", buffering=0)

    def _drop_unfinished_line(self) -> None:
        """Cut off what a killed process left of its last line: it would spoil the next one."""
        with self._path.open("rb") as file:
            end = file.seek(0, os.SEEK_END)
            while end:
                begin = max(0, end - _PIECE)
                file.seek(begin)
                found = file.read(end - begin).rfind(b"\n")
                end = begin if found < 0 else begin + found + 1
                if found >= 0:
                    break
        self._events.truncate(end)

    def _thin(self) -> None:
        """Write the file anew without most of the older events. It stays as it is where there is no
        room, and is then tried again when it has grown."""
        with suppress(OSError, ValueError):  # no room, or others have spoilt the folder
            content = b"".join(_line(event) for event in thinned(Run(self.folder).events))
            with replacing(self._path) as file:
                file.write_bytes(content)
                self._events.close()  # no open file can be replaced on Windows
        if self._events.closed:
            self._events = self._open()
        size = self._events.seek(0, os.SEEK_END)
        self._most_bytes = max(MOST_BYTES, 3 * size // 2)


def _line(event: dict[str, Any]) -> bytes:
    text = json.dumps(event, allow_nan=False, default=lambda number: number.item())
    return text.encode() + b"\n"


class _Clock:
    """Unix seconds that never go back, whatever is done to the system's clock meanwhile."""

    def __init__(self) -> None:
        self._ahead = 0.0
        """Of the system's clock, since that was put back."""
        self._last = time.time(), time.monotonic()

    def now(self) -> float:
        wall, passed = time.time(), time.monotonic()
        last_wall, last_passed = self._last
        if wall < last_wall:
            self._ahead += last_wall - wall + passed - last_passed
        self._last = wall, passed
        return wall + self._ahead
