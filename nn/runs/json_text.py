"""Reading JSON that may hold anything."""

import json
from typing import Any


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
