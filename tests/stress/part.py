"""What a part of the stress test is, and says."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A promise, and what was seen of it.

    Args:
        promise: in words, for the README's table: "50 visitors, drawing to answer, 95 % of them".
        seen: with its unit: "0.8 s".
        limit: what is promised, as text: "1 s", "none".
        holds: whether it was kept.
    """

    promise: str
    seen: str
    limit: str
    holds: bool


@dataclass(frozen=True)
class Part:
    """A part, which runs in a process of its own.

    Args:
        measure: the measurement; True asks for a tenth of it, which shows whether it runs at all.
        seconds: it is ended after so long; it takes less on 2 cores.
    """

    measure: Callable[[bool], list[Row]]
    seconds: float


def at_most(promise: str, value: float, limit: float, unit: str, digits: int = 2) -> Row:
    """A number that must not be larger than its limit."""
    seen, allowed = (_with_unit(number, unit, digits) for number in (value, limit))
    return Row(promise, seen, f"at most {allowed}", value <= limit)


def at_least(promise: str, value: float, limit: float, unit: str, digits: int = 2) -> Row:
    """A number that must not be smaller than its limit."""
    seen, allowed = (_with_unit(number, unit, digits) for number in (value, limit))
    return Row(promise, seen, f"at least {allowed}", value >= limit)


def none_of(promise: str, faults: list[str]) -> Row:
    """Things that must not happen; the first few are shown where they do."""
    seen = f"{len(faults)}: {'; '.join(faults[:3])}" if faults else "none"
    return Row(promise, seen, "none", not faults)


def _with_unit(number: float, unit: str, digits: int) -> str:
    text = f"{number:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text} {unit}".rstrip()
