"""Refusing a wrong argument at once, with its name, what came and what is allowed."""

import sys
from collections.abc import Iterable
from numbers import Integral, Real
from typing import Any

_LONGEST = 500


def whole_number(name: str, value: Any, low: int, high: int) -> int:
    """`value` as an int if it is a whole number from `low` to `high`, else ValueError."""
    if not _is_number(value, Integral) or not low <= value <= high:
        raise ValueError(f"{name} must be a whole number from {low} to {high}, got {_shown(value)}")
    return int(value)


def real_number(
    name: str,
    value: Any,
    low: float,
    high: float,
    *,
    low_open: bool = False,
    high_open: bool = False,
) -> float:
    """`value` as a float if it lies between `low` and `high`, else ValueError.

    An open end is itself not allowed: `low_open` makes it (low, high].
    """
    fits = (
        _is_number(value, Real)
        and low <= value <= high  # false for NaN
        and not (isinstance(value, int) and abs(value) > sys.float_info.max)
        and not (low_open and value == low)
        and not (high_open and value == high)
    )
    if not fits:
        interval = f"{'(' if low_open else '['}{low:g}, {high:g}{')' if high_open else ']'}"
        raise ValueError(f"{name} must be a number in {interval}, got {_shown(value)}")
    return float(value)


def learning_rate(value: Any) -> float:
    """`value` as a float if it can be a base learning rate, else ValueError.

    Optimizers themselves take any rate from 0 on: a schedule may lead there.
    """
    return real_number("learning_rate", value, 0, 100, low_open=True)


def one_of(name: str, value: Any, allowed: Iterable[str]) -> str:
    """`value` if it is one of the `allowed` words, else ValueError."""
    allowed = list(allowed)
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, got {_shown(value)}")
    return value


def true_or_false(name: str, value: Any) -> bool:
    """`value` if it is a bool, else ValueError."""
    if not isinstance(value, bool):
        raise ValueError(f"{name} must be true or false, got {_shown(value)}")
    return value


def _shown(value: Any) -> str:
    """What came, and not too much of it: it may be anything."""
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."


def _is_number(value: Any, kind: type) -> bool:
    """Whether `value` is a number of that kind; True and False, which Python counts in, are not."""
    return isinstance(value, kind) and not isinstance(value, bool)
