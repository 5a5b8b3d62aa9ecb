"""Memory that the process no longer needs goes back to the system (glibc; elsewhere nothing)."""

import ctypes
import sys
from functools import cache

_ARENAS, _MMAP_THRESHOLD = -8, -3  # M_ARENA_MAX, M_MMAP_THRESHOLD of malloc.h
ARENAS = 1
"""Each thread that runs a page would have a heap of its own, which keeps what has been freed. They
share one: they hardly wait for it, because Python lets one of them run at a time."""
LARGE = 1 << 20
"""Bytes from which on something has pages of its own, which go back as soon as it is freed."""


@cache
def _libc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "malloc_trim") else None


def keep_little() -> None:
    """Once, before there are threads: one heap, and nothing large in it."""
    if libc := _libc():
        libc.mallopt(_ARENAS, ARENAS)
        libc.mallopt(_MMAP_THRESHOLD, LARGE)


def give_back() -> None:
    """Give back what is free in the heaps now; takes some milliseconds."""
    if libc := _libc():
        libc.malloc_trim(0)
