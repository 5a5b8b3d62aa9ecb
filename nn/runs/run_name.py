"""`name.txt`: what people call a run."""

import unicodedata
from pathlib import Path

from nn.replacing import replacing

MAX_NAME = 24
"""Characters; so many fit into one line of a list on a phone, with what came of the run."""

_NAME = "name.txt"


def read_name(folder: Path) -> str:
    """The name that somebody gave the run in `folder`; "" if nobody did."""
    try:
        with open(folder / _NAME, "rb") as file:
            content = file.read(8 * MAX_NAME)  # whoever wrote it: no list shows more
    except OSError:
        return ""
    return clean_name(content.decode("utf-8", errors="ignore"))


def write_name(folder: Path, name: str) -> None:
    """Name the run in `folder`; "" takes its name away. OSError where that is impossible."""
    name = clean_name(name)
    if not name:
        (folder / _NAME).unlink(missing_ok=True)
        return
    with replacing(folder / _NAME) as file:
        file.write_text(name + "\n", encoding="utf-8", newline="\n")


def clean_name(text: str) -> str:
    """A name in one line of at most `MAX_NAME` characters, without invisible ones."""
    seen = "".join(sign for sign in " ".join(text.split()) if unicodedata.category(sign)[0] != "C")
    return " ".join(seen.split())[:MAX_NAME].strip()
