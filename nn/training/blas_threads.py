"""How many threads the matrix products may use, and what computes them."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from threadpoolctl import threadpool_info, threadpool_limits

from nn.checks import whole_number

MAX_THREADS = 1024

_counting = threading.Lock()
_within = 0
_limit = ExitStack()


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


@contextmanager
def one_thread() -> Iterator[None]:
    """Let BLAS use one thread within the context, for the whole process. Several of Python's
    threads may be within it at once: when the last one leaves it, all is as before the first."""
    global _within
    with _counting:
        if not _within:
            _limit.enter_context(limited_threads(1))
        _within += 1
    try:
        yield
    finally:
        with _counting:
            _within -= 1
            if not _within:
                _limit.close()


def current_threads() -> int:
    """How many threads BLAS uses in this process."""
    return max(
        (pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"), default=1
    )


def kernel() -> str | None:
    """For which processors NumPy's BLAS has chosen its innermost loops, by OpenBLAS's names
    ("Haswell", "SkylakeX"); None of another BLAS, and of one that can't be asked.

    SciPy brings an OpenBLAS of its own, which multiplies nothing of ours."""
    pools = [
        pool
        for pool in threadpool_info()
        if pool["internal_api"] == "openblas" and "architecture" in pool
    ]
    own = [pool for pool in pools if "numpy" in pool["filepath"]]
    return next((pool["architecture"] for pool in own or pools), None)
