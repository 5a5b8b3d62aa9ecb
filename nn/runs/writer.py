"""Writing a run's events."""

import errno
import json
import os
import time
from pathlib import Path
from typing import Any, Self

from nn.runs.config_file import create_run, read_config
from nn.runs.lock import take_lock
from nn.runs.reader import EVENTS


class RunWriter:
    """Writes the events of a training, and holds the run's lock until it is closed.

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
        try:
            self._events = (self.folder / EVENTS).open("ab", buffering=0)
            self._drop_unfinished_line()
        except BaseException:
            self._lock.close()
            raise

    def write(self, type: str, step: int = 0, epoch: float = 0.0, **fields: Any) -> None:
        """Append an event. `fields` are JSON-able or NumPy numbers; ValueError for NaN, infinity.

        An OSError, for instance on a full disk, leaves the file as it was.
        """
        event = {"type": type, "time": time.time(), "step": step, "epoch": epoch} | fields
        text = json.dumps(event, allow_nan=False, default=lambda number: number.item())
        line = text.encode() + b"\n"
        size = self._events.seek(0, os.SEEK_END)
        if self._events.write(line) != len(line):
            self._events.truncate(size)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), self._events.name)

    def close(self) -> None:
        """End writing and give the lock back."""
        self._events.close()
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _drop_unfinished_line(self) -> None:
        """Cut off what a killed process left of its last line: it would spoil the next one."""
        content = (self.folder / EVENTS).read_bytes()
        self._events.truncate(content.rfind(b"\n") + 1)
