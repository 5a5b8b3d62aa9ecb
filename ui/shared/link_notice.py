"""What a page says to a link that asks for something that is not there."""

from collections.abc import Sequence
from contextlib import suppress

from streamlit.delta_generator import DeltaGenerator

from ui.shared import address
from ui.shared.url_text import quote
from ui.shared.whole_number import whole_number

_MOST_CHARACTERS = 20
"""So many of a number are read."""


def notice_bad_value(key: str, allowed: Sequence[str], notices: DeltaGenerator) -> bool:
    """Say so where the URL holds another value than these; call it before the widget, which falls
    back.

    Args:
        key: name of the parameter.
        allowed: its values.
        notices: the container for the notice.

    Returns whether it is one of these, or there is none.
    """
    asked = address.get(key)
    if asked is None or asked in allowed:
        return True
    notices.warning(
        f"The link asks for {key} {quote(asked)}, which is not here. "
        f"Allowed: {', '.join(allowed)}.",
        icon=":material/link_off:",
    )
    return False


def asked_number(key: str, low: int, high: int, notices: DeltaGenerator) -> int | None:
    """The whole number from `low` to `high` that the URL holds; None without one, and with a notice
    where it holds something else. `key` and `notices` as above."""
    asked = address.get(key)
    if asked is None:
        return None
    number = whole_number(asked)
    if number is not None and low <= number <= high:
        return number
    notices.warning(
        f"The link asks for {key} {quote(asked)}: it must be a whole number from {low} to "
        f"{high:,} here.",
        icon=":material/link_off:",
    )
    return None


def asked_decimal(key: str, low: float, high: float, notices: DeltaGenerator) -> float | None:
    """The same of a number that need not be whole."""
    asked = address.get(key)
    if asked is None:
        return None
    with suppress(ValueError):
        number = float(asked[:_MOST_CHARACTERS])
        if low <= number <= high:
            return number
    notices.warning(
        f"The link asks for {key} {quote(asked)}: it must be a number from {low:g} to {high:g}.",
        icon=":material/link_off:",
    )
    return None
