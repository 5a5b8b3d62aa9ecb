"""Writing a search's events."""

from contextlib import closing
from pathlib import Path
from typing import Any, Self

from nn.runs.event_file import EventClock, EventFile
from nn.runs.lock import Mutex
from nn.search.folder import EVENTS, MUTEX, is_worked_on, read_settings, take_place


class SearchWriter:
    """Writes the events of a search, and holds a lock of it until it is closed.

    Several processes may write them, one at a time.

    alone: to be within while nobody else may ask for trials, or write.

    Args:
        folder: the search's folder.
        join: others may work on it as well.

    Raises ValueError if the folder is no search, RunLocked if another process works on it and this
    one is not to `join`.
    """

    def __init__(self, folder: Path, *, join: bool = False) -> None:
        self.folder = folder
        read_settings(folder)
        self._lock, self._own = take_place(folder, join=join)
        self._clock = EventClock()
        self.alone = Mutex(folder / MUTEX)

    @property
    def has_company(self) -> bool:
        """Whether other processes work on the search too."""
        return is_worked_on(self.folder, but=self._own)

    def write(self, type: str, **fields: Any) -> None:
        """Append an event; ValueError for NaN and infinity, OSError as of a full disk."""
        with self.alone, closing(EventFile(self.folder / EVENTS)) as file:
            file.append({"type": type, "time": self._clock.now()} | fields)

    def close(self) -> None:
        """End writing and give the lock back."""
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
