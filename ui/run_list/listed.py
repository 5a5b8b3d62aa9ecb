"""A run as the list shows it."""

from typing import NamedTuple

from ui.run_list.facts import Facts


class Listed(NamedTuple):
    """A run that may be listed.

    status: as in `ui.runs.badges`: what it is doing, or else how it is with it.
    moves: whether that can change without anybody's doing.
    """

    facts: Facts
    status: str
    moves: bool
