"""Arrays that several processes share."""

import errno
import mmap
from typing import Any

import numpy as np

Array = np.ndarray

COMMITMENT_LIMIT = 1455
"""Windows' own number for "the paging file is too small", which has no errno."""


def shared_zeros(size: int, dtype: Any) -> Array:
    """Zeros (size,), in memory that processes forked from this one later share: what one writes
    there, all see. It is given back when nobody uses the array any more. MemoryError if there is
    no room for it."""
    dtype = np.dtype(dtype)
    try:
        memory = mmap.mmap(-1, max(1, size * dtype.itemsize))  # a mapping can't be empty
    except OSError as error:
        if error.errno == errno.ENOMEM or getattr(error, "winerror", None) == COMMITMENT_LIMIT:
            raise MemoryError(f"no room for {size} numbers of type {dtype}") from error
        raise
    return np.frombuffer(memory, dtype, count=size)
