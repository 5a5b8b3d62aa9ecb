"""Files of NumPy arrays, read by one thread at a time."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np

_reading = threading.Lock()


@contextmanager
def arrays_of(path: Path | str) -> Iterator[Mapping[str, np.ndarray]]:
    """The arrays of an .npz file, while the body runs; errors as of `np.load`.

    NumPy parses their heads as Python, and in Python 3.11 two threads that do so at once can fail
    with a SystemError ("AST constructor recursion depth mismatch"), seen with 50 visitors.
    """
    with _reading, np.load(path, allow_pickle=False) as arrays:
        yield arrays
