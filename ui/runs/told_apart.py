"""Lines about runs in a box, no two alike: a select box knows its options by what they say."""

import re
from collections import Counter
from collections.abc import Mapping

_GIVEN_ID = re.compile(r"\d{8}-\d{6}-\d{3}-([0-9a-f]{6})")
"""An id as `nn.runs.new_run_id` gives it: a time, and at its end what is drawn by lot."""


def told_apart(lines: Mapping[str, str]) -> dict[str, str]:
    """The lines by the ids of what they are of. Those that are alike get the end of the id, behind
    what it is called, where no box cuts it off."""
    marked = _marked_if_alike(lines, lines, {key: short_id(key) for key in lines})
    return _marked_if_alike(marked, lines, {key: key for key in lines})


def marked(line: str, mark: str) -> str:
    """A line with a mark behind what it is called."""
    end = line.find(" · ", line.find("”") + 1)  # a name in quotes may hold such a dot
    return f"{line} ({mark})" if end < 0 else f"{line[:end]} ({mark}){line[end:]}"


def _marked_if_alike(
    lines: Mapping[str, str], plain: Mapping[str, str], marks: Mapping[str, str]
) -> dict[str, str]:
    """The lines, but the plain ones with marks for those that are alike."""
    counts = Counter(lines.values())
    return {
        key: line if counts[line] == 1 else marked(plain[key], marks[key])
        for key, line in lines.items()
    }


def short_id(key: str) -> str:
    """What tells an id from others in few signs."""
    given = _GIVEN_ID.fullmatch(key)
    return key if given is None else given[1]
