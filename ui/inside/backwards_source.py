"""The lines of nn/ that computed a number, read from the source."""

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any

from ui.shared.source_lines import source_of


@cache
def source_lines(function: Callable[..., Any], *parts: str) -> dict[str, str]:
    """Of a function the lines that hold these parts, and where they stand: {"where", "text"}.

    Without parts it is all that follows its first line. LookupError unless each part stands in one
    line of the function and no more.
    """
    source = source_of(function)
    if parts:
        found = [source.line_with(part) for part in parts]
    else:
        found = list(range(1, len(source.lines)))
    text = inspect.cleandoc("\n" + "\n".join(source.lines[k].rstrip() for k in found))
    return {"where": f"{source.place}, line {source.start + found[0]}", "text": text}
