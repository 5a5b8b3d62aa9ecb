"""Tables as Markdown."""

from collections.abc import Sequence

UNKNOWN = "–"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column is text and whose others are figures, set to the right."""
    for row in rows:
        if len(row) != len(head):
            raise ValueError(f"rows must have {len(head)} cells, got {len(row)} in {row}")
    rule = ["---", *["--:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *rows))


def number(value: float | None, digits: int = 3) -> str:
    """A figure with so many significant digits, never in powers of ten; – if it isn't known."""
    if value is None:
        return UNKNOWN
    places = 0
    while places < 12 and value and abs(value) * 10**places < 10 ** (digits - 1):
        places += 1
    return f"{value:,.{places}f}"


def left_out(reasons: dict[str, str]) -> str:
    """Who is not in the table, and why; empty if all are."""
    return "".join(f"\nLeft out: {who} ({reason}).\n" for who, reason in reasons.items())
