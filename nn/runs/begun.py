"""When a run or a search was begun."""

from contextlib import suppress
from pathlib import Path


def when_begun(settings: Path, first: float | None) -> float | None:
    """When somebody began it, in Unix seconds; the same before and after its turn in a line.

    Its settings are written then, and never again. Those of a copy, as of what came as one file,
    are newer than its first event.

    Args:
        settings: the file with its settings.
        first: the time of its first event, None if it has none.

    Returns None if it has just been removed.
    """
    times = [] if first is None else [first]
    with suppress(OSError):
        times.append(settings.stat().st_mtime)
    return min(times, default=None)
