"""A piece of work that a test does itself."""

from collections.abc import Generator
from typing import Any

from ui.long_work import Progress


def signs_and_result(steps: Generator[Progress, None, Any]) -> tuple[list[Progress], Any]:
    """All signs of progress, and the result."""
    signs = []
    while True:
        try:
            signs.append(next(steps))
        except StopIteration as end:
            return signs, end.value
