"""`name.txt`: what people call a run."""

import re
import unicodedata
from pathlib import Path

from nn.replacing import replacing

MAX_NAME = 24
"""Characters; so many fit into one line of a list on a phone, with what came of the run."""

RESERVED = frozenset({"default", "large", "small"})
"""The models that come with the project; a run is not called like one of them."""

_NAME = "name.txt"
# Lists put quotes around a name, dots between it and what else they say, and "Yours:" before it.
_LIST_SIGNS = re.compile(r"[·•∙⋅‧・･●|\"“”„‟«»″＂]")
# What stands there after the name of a model of the project, besides numbers.
_LIST_WORDS = frozenset({"mnist", "c", "p"})
_OWN = re.compile(r"^(\W*yours\b\W*)+", re.IGNORECASE)


def read_name(folder: Path) -> str:
    """The name that somebody gave the run in `folder`; "" if nobody did."""
    try:
        with open(folder / _NAME, "rb") as file:
            content = file.read(8 * MAX_NAME)  # whoever wrote it: no list shows more
    except OSError:
        return ""
    name = clean_name(content.decode("utf-8", errors="ignore"))
    return "" if is_reserved(name) else name


def write_name(folder: Path, name: str) -> None:
    """Name the run in `folder`; "" takes its name away.

    Raises OSError where that is impossible, ValueError for the name of a model of the project.
    """
    name = clean_name(name)
    if is_reserved(name):
        raise ValueError(f"“{name}” is too like a model that is here already.")
    if not name:
        (folder / _NAME).unlink(missing_ok=True)
        return
    with replacing(folder / _NAME) as file:
        file.write_text(name + "\n", encoding="utf-8", newline="\n")


def clean_name(text: str) -> str:
    """A name in one line of at most `MAX_NAME` characters, without invisible ones and without the
    signs and words that lists put around it."""
    seen = "".join(sign for sign in " ".join(text.split()) if unicodedata.category(sign)[0] != "C")
    words = " ".join(_LIST_SIGNS.sub(" ", seen).split())
    return _OWN.sub("", words)[:MAX_NAME].strip()


def is_reserved(name: str) -> bool:
    """Whether a name is that of a model of the project, perhaps with numbers and signs after it as
    in a list."""
    letters = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", name).casefold())
    return bool(letters) and letters[0] in RESERVED and not set(letters[1:]) - _LIST_WORDS
