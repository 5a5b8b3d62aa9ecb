"""What is made of a file that changes."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")
Stamp = tuple[int, int]


def file_stamp(path: Path) -> Stamp:
    """What tells whether a file has changed, or another one is in its place. OSError if it is
    gone."""
    about = path.stat()
    return about.st_size, about.st_mtime_ns


class Newest(Generic[Made]):
    """What was made of a file as it is now. Nothing is kept of what it was before: a file that is
    followed while it changes would fill the memory.

    For many threads; what one makes the others wait for.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: tuple[object, Made] | None = None

    def get(self, stamp: object, make: Callable[[], Made]) -> Made:
        """What `make` gives, called only if the stamp is another than the last time."""
        with self._lock:
            if self._made is None or self._made[0] != stamp:
                self._made = None  # before the new one takes its room
                self._made = stamp, make()
            return self._made[1]
