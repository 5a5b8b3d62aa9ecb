"""Reading JSON that may hold anything, and writing it."""

import json
from pathlib import Path
from typing import Any

from nn.replacing import replacing


def read_json(content: bytes) -> Any:
    """The value of some JSON in UTF-8; ValueError if it is none, nests too deeply, or has text
    that could not be written again (half of a pair of surrogates)."""
    try:
        value = json.loads(content.decode("utf-8-sig"))
        if b"\\ud" in content.lower():
            json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("it nests too deeply") from None
    return value


def read_json_file(path: Path, most_bytes: int) -> Any:
    """The value of a file, see `read_json`; ValueError also if it has more bytes, OSError if it
    can't be read."""
    with path.open("rb") as file:
        content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise ValueError(f"it must have at most {most_bytes:,} bytes")
    return read_json(content)


def write_json_file(path: Path, value: Any) -> None:
    """Write a value for people to read, in one step; ValueError for NaN and infinity."""
    text = json.dumps(value, indent=2, allow_nan=False) + "\n"
    with replacing(path) as file:
        file.write_text(text, encoding="utf-8", newline="\n")
