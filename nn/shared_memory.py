"""Arrays that several processes share."""

import mmap
from typing import Any

import numpy as np

Array = np.ndarray


def shared_zeros(size: int, dtype: Any) -> Array:
    """Zeros (size,), in memory that processes forked from this one later share: what one writes
    there, all see. It is given back when nobody uses the array any more."""
    dtype = np.dtype(dtype)
    memory = mmap.mmap(-1, max(1, size * dtype.itemsize))  # a mapping can't be empty
    return np.frombuffer(memory, dtype, count=size)
