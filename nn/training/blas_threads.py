"""How many threads the matrix products may use."""

from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_info, threadpool_limits

from nn.checks import whole_number

MAX_THREADS = 1024


def set_threads(threads: int) -> None:
    """Let BLAS use this many threads in this process.

    With another number of threads a training gives slightly different weights.
    """
    whole_number("threads", threads, 1, MAX_THREADS)
    threadpool_limits(limits=threads, user_api="blas")


@contextmanager
def limited_threads(threads: int) -> Iterator[None]:
    """Let BLAS use this many threads within the context, and as many as before after it."""
    with threadpool_limits(limits=threads, user_api="blas"):
        yield


def current_threads() -> int:
    """How many threads BLAS uses in this process."""
    return max(
        (pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"), default=1
    )
