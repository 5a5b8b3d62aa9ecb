"""How one value of a set-up stands in an address, and what is allowed there.

Each kind has `read`, which gives the value of a text or raises ValueError that says what is allowed
instead, and `write`, which gives the shortest text of a value.
"""

import math
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

from ui.shared.whole_number import whole_number

NONE = "none"
"""What stands for an empty list, and for a limit that isn't there."""
_LONGEST = 40
"""Characters of a number: more digits than any float has."""


class Kind(NamedTuple):
    """How values of one kind stand in an address."""

    read: Callable[[str], Any]
    write: Callable[[Any], str]


def whole(low: int, high: int) -> Kind:
    """A whole number from `low` to `high`."""

    def read(text: str) -> int:
        number = whole_number(text)
        if number is None or not low <= number <= high:
            raise ValueError(f"a whole number from {low} to {high:,}")
        return number

    return Kind(read, str)


def real(low: float, high: float, *, optional: bool = False, below: bool = False) -> Kind:
    """A number from `low` to `high`, or less than it where it says `below`; with `optional` also
    none at all, None."""

    def read(text: str) -> float | None:
        if optional and text == NONE:
            return None
        number = _number(text)
        if not low <= number <= high or (below and number == high):
            upto = f"to {'less than ' * below}{_plain(high)}"
            raise ValueError(f"a number from {_plain(low)} {upto}" + f", or {NONE}" * optional)
        return number

    return Kind(read, lambda value: NONE if value is None else number_text(value))


def choice(options: Callable[[], Iterable[str]]) -> Kind:
    """One of a few words."""

    def read(text: str) -> str:
        allowed = list(options())
        if text not in allowed:
            raise ValueError(f"one of {', '.join(allowed)}")
        return text

    return Kind(read, str)


def switch() -> Kind:
    """On or off."""

    def read(text: str) -> bool:
        if text not in ("0", "1"):
            raise ValueError("0 or 1")
        return text == "1"

    return Kind(read, lambda value: str(int(value)))


def words(options: Callable[[], Iterable[str]], *, least: int = 0) -> Kind:
    """Some of a few words, in the order of the list; at least so many."""

    def read(text: str) -> tuple[str, ...]:
        allowed = list(options())
        given = [] if text == NONE else text.split(",")
        if len(given) < least or not set(given) <= set(allowed) or len(set(given)) < len(given):
            raise ValueError(f"some of {', '.join(allowed)}, each once, with commas between them")
        return tuple(word for word in allowed if word in given)

    return Kind(read, lambda value: ",".join(w for w in options() if w in value) or NONE)


def widths(most_layers: int, widest: int) -> Kind:
    """Sizes of layers."""

    def read(text: str) -> tuple[int, ...]:
        given = [] if text == NONE else [whole_number(part) for part in text.split(",")]
        found = tuple(width for width in given if width is not None and 1 <= width <= widest)
        if len(found) < len(given) or len(given) > most_layers:
            raise ValueError(
                f"at most {most_layers} whole numbers from 1 to {widest} with commas between them, "
                f"or {NONE}"
            )
        return found

    return Kind(read, lambda value: ",".join(map(str, value)) or NONE)


def each(options: Callable[[], Iterable[str]], most: int) -> Kind:
    """One word for each of several things, or one for all of them."""

    def read(text: str) -> tuple[str, ...]:
        allowed = list(options())
        given = tuple(text.split(","))
        if not set(given) <= set(allowed) or len(given) > most:
            raise ValueError(f"one of {', '.join(allowed)} for all layers, or for each of them")
        return given

    def write(value: tuple[str, ...]) -> str:
        return value[0] if len(set(value)) == 1 else ",".join(value)

    return Kind(read, write)


def made_by(make: Callable[[str], Any], text_of: Callable[[Any], str]) -> Kind:
    """What `make` makes of the text; it raises ValueError that says what is wrong."""
    return Kind(make, text_of)


def number_text(value: float) -> str:
    """The shortest text that is read as the same number: "3", "0.03", "1e-05"."""
    return repr(float(value)).removesuffix(".0")


def _plain(value: float) -> str:
    """For people: "0.00001"."""
    return np.format_float_positional(value, trim="-")


def _number(text: str) -> float:
    try:
        return float(text) if len(text) <= _LONGEST and text.isascii() else math.nan
    except ValueError:
        return math.nan
