"""The memory that there is for this server, and what it takes of it."""

import os
from pathlib import Path

_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
_NO_LIMIT = 1 << 50
"""Systems write a number beyond this, or a word, where there is none."""


def container_memory() -> int | None:
    """The bytes that the container around this server may use; None where there is no limit."""
    for file in _LIMITS:
        try:
            limit = int(file.read_text("ascii"))
        except (OSError, ValueError):  # another system, or "max"
            continue
        if limit < _NO_LIMIT:
            return limit
    return None


def own_memory() -> int:
    """The bytes that this server uses; 0 where the system doesn't tell (only Linux does)."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    except OSError:
        return 0
    return os.sysconf("SC_PAGE_SIZE") * int(pages)
