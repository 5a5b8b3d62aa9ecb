"""How many threads the matrix products may use, and how many cores there are for them."""

import os
from pathlib import Path

from threadpoolctl import threadpool_info, threadpool_limits

from nn.checks import whole_number

_CPU_LIMIT = Path("/sys/fs/cgroup/cpu.max")


def available_cores() -> int:
    """The processor cores this process may use, as the system and a container around it allow."""
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    try:
        quota, period = _CPU_LIMIT.read_text().split()
        cores = min(cores, max(1, int(quota) // int(period)))
    except (OSError, ValueError):  # no such limit: no such file, or the word "max" in it
        pass
    return cores


def set_threads(threads: int | None) -> int:
    """Let BLAS use this many threads in this process, None for all `available_cores`.

    Returns the number. With another number of threads a training gives slightly different weights.
    """
    threads = available_cores() if threads is None else whole_number("threads", threads, 1, 1024)
    threadpool_limits(limits=threads, user_api="blas")
    return threads


def current_threads() -> int:
    """How many threads BLAS uses in this process."""
    return max(
        (pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"), default=1
    )
