"""What a way to watch a training is."""

from collections.abc import Callable
from typing import NamedTuple

from ui.runs.kept import Kept


class Way(NamedTuple):
    """One way to watch.

    title: what the visitor chooses.
    words: two sentences on what to look for, as Markdown.
    kind: of the records that it shows, one of `ui.runs.kept.FILES`.
    draw: draws a moment, given what was kept, the moment's step and what the keys of its parts on
        the page begin with.
    """

    title: str
    words: str
    kind: str
    draw: Callable[[Kept, int, str], None]
