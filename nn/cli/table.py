"""Tables for a terminal."""

from collections.abc import Collection, Sequence


def table(rows: Sequence[Sequence[str]], to_the_right: Collection[str] = ()) -> str:
    """Rows of equally many cells, the first of them heads, each column as wide as its widest cell;
    those with one of the heads `to_the_right` end in line, the others begin in line."""
    columns = [
        (max(map(len, cells)), ">" if cells[0] in to_the_right else "<")
        for cells in zip(*rows, strict=True)
    ]
    lines = (
        "  ".join(f"{cell:{side}{width}}" for cell, (width, side) in zip(row, columns, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)
