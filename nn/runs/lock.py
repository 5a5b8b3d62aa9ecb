"""The lock of a run's folder: held by the process that trains, and gone when that ends somehow."""

import os
import threading
import time
import weakref
from pathlib import Path
from typing import BinaryIO, Self

from filelock import lock_descriptor, unlock_descriptor

LOCK = "lock"

_ATTEMPTS = 25
_PAUSE_SECONDS = 0.02
_POLL_SECONDS = 0.002
_ASKING_SECONDS = (0.0, 0.0001, 0.0003, 0.001)

_asking = threading.Lock()


class RunLocked(OSError):
    """Another process trains in this folder at the moment."""


class Lock:
    """A lock that was taken; held until it is closed, or its process ends."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        _taken.add(self)

    def close(self) -> None:
        """Give the lock back; may be called again."""
        if not self._file.closed:
            unlock_descriptor(self._file.fileno())
            self._file.close()

    def close_copy(self) -> None:
        """Forget the lock in a copied process; the first one keeps it."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


_taken: weakref.WeakSet[Lock] = weakref.WeakSet()


def _close_copies() -> None:
    """In a copy of this process: it must not keep a lock when the first one is gone."""
    for lock in list(_taken):
        lock.close_copy()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_close_copies)


class Mutex:
    """Lets one of all threads and processes be within it at a time; the others wait.

    A thread may enter it again. Of a process that is killed within it nothing is left.

    Args:
        path: a file that is made for it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.RLock()
        self._depth = 0
        self._lock: Lock | None = None

    def __enter__(self) -> Self:
        self._threads.acquire()
        try:
            if not self._depth:
                self._lock = _wait_for(self._path)
            self._depth += 1
        except BaseException:
            self._threads.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if not self._depth and self._lock is not None:
            self._lock.close()
            self._lock = None
        self._threads.release()


def _wait_for(path: Path) -> Lock:
    file = open(path, "ab")  # noqa: SIM115 (it stays open)
    try:
        lock_descriptor(file.fileno(), poll_interval=_POLL_SECONDS)
        return Lock(file)
    except BaseException:
        file.close()
        raise


def take_lock(folder: Path) -> Lock:
    """Lock the folder; RunLocked if another process has it."""
    file = open(folder / LOCK, "ab")  # noqa: SIM115 (it stays open)
    try:
        # More than one attempt, because those who ask `is_locked` hold the lock for a moment too.
        for _ in range(_ATTEMPTS):
            if _try_lock(file):
                return Lock(file)
            time.sleep(_PAUSE_SECONDS)
        raise RunLocked(f"another process trains in {os.fspath(folder)}")
    except BaseException:
        file.close()
        raise


def is_locked(folder: Path) -> bool:
    """Whether a process holds the folder's lock.

    There is no way to ask but trying to take it. So that those who ask don't take each other for a
    training, threads ask one after another, and again in case another process just did.
    """
    try:
        file = _open(folder / LOCK)
    except (FileNotFoundError, IsADirectoryError):
        return False
    except OSError:  # somebody else's, for instance: whatever it is, hands off
        return True
    with file:
        for pause in _ASKING_SECONDS:
            time.sleep(pause)
            with _asking:
                if _try_lock(file):
                    unlock_descriptor(file.fileno())
                    return False
    return True


def _open(path: Path) -> BinaryIO:
    """Open a file to ask for its lock: network drives want to write then, others' folders can't be
    written."""
    try:
        return open(path, "r+b")
    except PermissionError:
        return open(path, "rb")


def _try_lock(file: BinaryIO) -> bool:
    """Lock an open file until it is closed; False if another has it."""
    return lock_descriptor(file.fileno(), blocking=False)
