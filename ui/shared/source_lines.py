"""Lines of this project's own functions, read from the source, so that they can't go stale."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from ui.shared.static_assets import PROJECT


class Source(NamedTuple):
    """A function, or a class, as it is written.

    lines: all of them, with the ends and the indentation that they have in the file.
    start: the number of the first one in the file, from 1 on.
    """

    function: Callable[..., Any]
    file: Path
    lines: list[str]
    start: int

    @property
    def place(self) -> str:
        """The file within the project."""
        return self.file.relative_to(PROJECT).as_posix()

    def line_with(self, part: str) -> int:
        """Which of the lines holds this; LookupError unless it is one and no more."""
        found = [k for k, line in enumerate(self.lines) if part in line]
        if len(found) != 1:
            raise LookupError(
                f"{part!r} must stand in one line of {self.function.__qualname__}, got {len(found)}"
            )
        return found[0]


def source_of(function: Callable[..., Any]) -> Source:
    """The source of a function of this project."""
    lines, start = inspect.getsourcelines(function)
    return Source(function, Path(inspect.getfile(function)).resolve(), lines, start)
