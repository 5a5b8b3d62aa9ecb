"""The names of runs as lists show them: nothing in one passes for the app's own words."""

import re
import unicodedata
from pathlib import Path

from nn import runs
from nn.search import Search

RESERVED = frozenset({"default", "large", "small"})
"""The models that come with the project; a run is not called like one of them."""

# Lists put quotes around a name, dots between it and what else they say, and "Yours:" before it.
_LIST_SIGNS = re.compile(r"[·•∙⋅‧・･●|\"“”„‟«»″＂]")
# What stands there after the name of a model of the project, besides numbers.
_LIST_WORDS = frozenset({"mnist", "c", "p"})
_OWN = re.compile(r"^(\W*yours\b\W*)+", re.IGNORECASE)


def shown_name(run: runs.Run | Search) -> str:
    """The name that somebody gave a run or a search, as it is at this moment; "" for none that
    lists can show."""
    name = _for_lists(run.name)
    return "" if _is_reserved(name) else name


def name_run(folder: Path, name: str) -> None:
    """Name the run in `folder`; "" takes its name away.

    Raises OSError where that is impossible, ValueError for the name of a model of the project.
    """
    name = _for_lists(runs.clean_name(name))
    if _is_reserved(name):
        raise ValueError(f"“{name}” is too like a model that is here already.")
    runs.write_name(folder, name)


def _for_lists(name: str) -> str:
    """A name without the signs and words that lists put around it."""
    return _OWN.sub("", " ".join(_LIST_SIGNS.sub(" ", name).split())).strip()


def _is_reserved(name: str) -> bool:
    """Whether a name is that of a model of the project, perhaps with numbers and signs after it as
    in a list."""
    letters = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", name).casefold())
    return bool(letters) and letters[0] in RESERVED and not set(letters[1:]) - _LIST_WORDS
