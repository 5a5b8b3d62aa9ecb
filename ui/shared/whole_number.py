"""Numbers that stand in an address."""

_MOST_DIGITS = 15
"""More than any step or place has; Python refuses to read thousands of them."""


def whole_number(text: str | None) -> int | None:
    """0, 1, ... as text; None for what is none, or has more than 15 digits."""
    if text is None or not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        return None
    return int(text)
