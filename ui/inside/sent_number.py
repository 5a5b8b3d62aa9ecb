"""Numbers from a browser."""

from typing import Any


def sent_number(sent: Any, name: str) -> int | None:
    """A whole number of what a browser sent, which may be anything."""
    value = sent.get(name) if isinstance(sent, dict) else None
    return value if type(value) is int and value >= 0 else None
