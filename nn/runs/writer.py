"""Writing a run's events."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from nn.replacing import forget_unfinished, replacing
from nn.runs.config_file import create_run, read_config
from nn.runs.event_file import EventClock, EventFile, event_line
from nn.runs.lock import take_lock
from nn.runs.reader import EVENTS, Run
from nn.runs.thinning import MOST_BYTES, thinned


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
        self._clock = EventClock()
        self._most_bytes = MOST_BYTES
        try:
            forget_unfinished(self._path)
            self._events = EventFile(self._path)
        except BaseException:
            self._lock.close()
            raise

    def write(self, type: str, step: int = 0, epoch: float = 0.0, **fields: Any) -> None:
        """Append an event. `fields` are JSON-able or NumPy numbers; ValueError for NaN, infinity.

        An OSError, for instance on a full disk, leaves the file as it was.
        """
        event = {"type": type, "time": self._clock.now(), "step": step, "epoch": epoch} | fields
        self._events.append(event)
        if self._events.size > self._most_bytes:
            self._thin()

    def close(self) -> None:
        """End writing and give the lock back."""
        self._events.close()
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _thin(self) -> None:
        """Write the file anew without most of the older events. It stays as it is where there is no
        room, and is then tried again when it has grown."""
        with suppress(OSError, ValueError):  # no room, or others have spoilt the folder
            content = b"".join(event_line(event) for event in thinned(Run(self.folder).events))
            with replacing(self._path) as file:
                file.write_bytes(content)
                self._events.close()  # no open file can be replaced on Windows
        if self._events.is_closed:
            self._events = EventFile(self._path)
        self._most_bytes = max(MOST_BYTES, 3 * self._events.size // 2)
