"""Files of NumPy arrays, read by one thread at a time.

NumPy parses their heads as Python, and in Python up to 3.11.7 and 3.12.1 two threads that do so at
once can fail with a SystemError ("AST constructor recursion depth mismatch",
https://github.com/python/cpython/issues/106905): seen with 50 visitors.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np

_reading = threading.Lock()


@contextmanager
def arrays_of(path: Path | str) -> Iterator[Mapping[str, np.ndarray]]:
    """The arrays of an .npz file, while the body runs; errors as of `np.load`."""
    with _reading, np.load(path, allow_pickle=False) as arrays:
        yield arrays


def mapped_array(path: Path | str) -> np.ndarray:
    """The array of an .npy file, mapped from there read-only; errors as of `np.load`."""
    with _reading:
        array: np.ndarray = np.load(path, mmap_mode="r", allow_pickle=False)
        return array
