"""The lock of a run's folder: held by the process that trains, and gone when that ends somehow."""

import fcntl
import os
import time
import weakref
from pathlib import Path
from typing import BinaryIO

LOCK = "lock"

_taken: weakref.WeakSet[BinaryIO] = weakref.WeakSet()


def _close_copies() -> None:
    """In a copy of this process: it must not keep a lock when the first one is gone."""
    for file in list(_taken):
        file.close()


os.register_at_fork(after_in_child=_close_copies)

_ATTEMPTS = 25
_PAUSE_SECONDS = 0.02


class RunLocked(OSError):
    """Another process trains in this folder at the moment."""


def take_lock(folder: Path) -> BinaryIO:
    """Lock the folder until the returned file is closed; RunLocked if another process has it."""
    file = open(folder / LOCK, "ab")  # noqa: SIM115 (it stays open)
    # More than one attempt, because those who ask `is_locked` hold a lock for a moment too.
    for _ in range(_ATTEMPTS):
        if _try_lock(file, exclusive=True):
            _taken.add(file)
            return file
        time.sleep(_PAUSE_SECONDS)
    file.close()
    raise RunLocked(f"another process trains in {os.fspath(folder)}")


def is_locked(folder: Path) -> bool:
    """Whether a process holds the folder's lock."""
    try:
        with open(folder / LOCK, "rb") as file:
            return not _try_lock(file, exclusive=False)
    except FileNotFoundError:
        return False


def _try_lock(file: BinaryIO, exclusive: bool) -> bool:
    """Lock an open file until it is closed; False if another holds a lock in the way."""
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
