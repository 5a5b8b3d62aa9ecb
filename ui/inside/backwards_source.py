"""The lines of nn/ that computed a number, read from the source."""

import inspect
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

_PROJECT = Path(__file__).resolve().parents[2]


@cache
def source_lines(function: Callable[..., Any], *parts: str) -> dict[str, str]:
    """Of a function the lines that hold these parts, and where they stand: {"where", "text"}.

    Without parts it is all that follows its first line. LookupError unless each part stands in one
    line of the function and no more.
    """
    lines, start = inspect.getsourcelines(function)
    if parts:
        found = [_line_with(part, lines, function) for part in parts]
    else:
        found = list(range(1, len(lines)))
    text = inspect.cleandoc("\n" + "\n".join(lines[k].rstrip() for k in found))
    file = Path(inspect.getfile(function)).resolve().relative_to(_PROJECT).as_posix()
    return {"where": f"{file}, line {start + found[0]}", "text": text}


def _line_with(part: str, lines: list[str], function: Callable[..., Any]) -> int:
    found = [k for k, line in enumerate(lines) if part in line]
    if len(found) != 1:
        raise LookupError(
            f"{part!r} must stand in one line of {function.__qualname__}, got {len(found)}"
        )
    return found[0]
