"""Pieces of work that tests give to the process: they wait for files, so that no time matters."""

import os
import time
from collections.abc import Generator

import numpy as np

from ui.long_work import Progress


def squares(count: int) -> Generator[Progress, None, list[int]]:
    for number in range(count):
        yield Progress(number / count, f"{number} of {count}", number)
    return [number**2 for number in range(count)]


def until(path: str) -> Generator[Progress, None, int]:
    """Waits for a file; the result is its process."""
    yield Progress(0.5, f"process {os.getpid()}", os.getpid())
    while not os.path.exists(path):
        time.sleep(0.01)
    return os.getpid()


def here(process: int) -> Generator[Progress, None, int]:
    """Only in this process."""
    yield Progress()
    assert os.getpid() == process
    return process


def large(count: int) -> Generator[Progress, None, np.ndarray]:
    yield Progress()
    return np.zeros(count, np.uint8)


def wrong(message: str) -> Generator[Progress, None, None]:
    yield Progress()
    raise ValueError(message)


def broken() -> Generator[Progress, None, None]:
    yield Progress()
    raise ZeroDivisionError("of our own")


def killed() -> Generator[Progress, None, None]:
    yield Progress()
    os.abort()


def talks() -> Generator[Progress, None, str]:
    print("something that a library prints")
    os.write(1, b"and one in C")
    yield Progress()
    return f"nice {os.nice(0)}"


def deleted(path: str) -> Generator[Progress, None, str]:
    yield Progress()
    with open(path, encoding="utf-8") as file:
        return file.read()
