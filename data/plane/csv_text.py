"""Points from a text with a row for each: x, y and a label, as spreadsheets write it."""

import csv
import re
from collections.abc import Sequence

import numpy as np

from data.plane.points import MOST_CLASSES, MOST_POINTS, REACH, Array, Points

MOST_CHARACTERS = 500_000
_LONGEST_SHOWN = 40
_TO = 5.0
"""Where points are moved that reach beyond the plane: from -_TO to _TO."""
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", re.IGNORECASE | re.ASCII)
_MISSING = re.compile(
    r"[+-]?(nan|inf)|na|n/a|<na>|null|none|#(n/a|value!|div/0!|ref!|num!)", re.IGNORECASE
)
"""What tables say, in any case, where there is no value: no class of its own."""

_Row = tuple[float, float, str]


def read_points(text: str) -> tuple[Points, list[str]]:
    """The points of a text, and in sentences what was made of them.

    Commas, semicolons or tabs lie between x, y and label; with the latter two, numbers may have a
    decimal comma. A first row without numbers is a header. Labels that are words, or at most six
    different whole numbers, are classes; other numbers are heights of a function. What stands for
    a missing value, such as `nan` or `NULL`, is no label.

    Raises ValueError; its message has a line for each bad row, with the row's number, what stands
    there and what is allowed.
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"the text must have at most {MOST_CHARACTERS:,} characters")
    rows = _rows(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
    labels = [label for _, _, label in rows]
    targets, classes, notes = _targets(labels)
    x = np.array([row[:2] for row in rows])
    return Points(_in_the_plane(x, notes), targets, classes), notes


def _rows(text: str) -> list[_Row]:
    written = text.splitlines()
    begin = next(filter(str.strip, written), "")
    delimiter = next((mark for mark in ";\t" if begin.count(mark) >= 2), ",")
    if delimiter == "," and "," not in begin:  # blanks: each stretch of them parts two cells
        written, delimiter = ["\t".join(line.split()) for line in written], "\t"
    rows: list[_Row] = []
    bad: list[str] = []
    lines = csv.reader(written, delimiter=delimiter, skipinitialspace=True)
    first = True
    try:
        for cells in lines:
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            row = _row(cells, decimal_comma=delimiter != ",")
            if isinstance(row, tuple):
                rows.append(row)
            elif not (first and not any(_NUMBER.fullmatch(cell) for cell in cells[:2])):
                shown = delimiter.join(cells)[:_LONGEST_SHOWN]
                bad.append(f"row {lines.line_num}: {row}, got {shown!r}")
            first = False
    except csv.Error as error:
        bad.append(f"row {lines.line_num}: can't be read as CSV, {error}")
    if bad:
        # More rows than there may be points are too many, whatever stands in them.
        more = [f"and {len(bad) - MOST_POINTS:,} rows more"] if len(bad) > MOST_POINTS else []
        raise ValueError("\n".join(bad[:MOST_POINTS] + more))
    if not 2 <= len(rows) <= MOST_POINTS:
        raise ValueError(f"there must be 2 to {MOST_POINTS:,} rows of points, got {len(rows):,}")
    return rows


def _row(cells: Sequence[str], decimal_comma: bool) -> _Row | str:
    """x, y and label; else what is wrong."""
    while len(cells) > 3 and not cells[-1]:
        cells = cells[:-1]
    if len(cells) != 3:
        return "must hold x, y and label"
    if decimal_comma:
        cells = [re.sub(r"(?<=\d),(?=\d)", ".", cell) for cell in cells]
    for name, cell in zip(("x", "y"), cells, strict=False):
        if not _NUMBER.fullmatch(cell) or not abs(float(cell)) <= 1e9:
            return f"{name} must be a number from -1 billion to 1 billion"
    if not cells[2]:
        return "label must not be empty"
    if _MISSING.fullmatch(cells[2]):
        return f"label must be a class or a finite number, {cells[2]} is none"
    return float(cells[0]), float(cells[1]), cells[2]


def _targets(labels: list[str]) -> tuple[Array, int, list[str]]:
    """Targets, the number of classes, and what was made of the labels."""
    different = sorted(set(labels))
    if all(map(_NUMBER.fullmatch, different)):
        values = np.array([float(label) for label in labels])
        numbers = np.unique(values)
        if len(numbers) > MOST_CLASSES or (numbers != np.round(numbers)).any():
            return _heights(values)
        names, places = [f"{number:g}" for number in numbers], np.searchsorted(numbers, values)
    else:
        names = different
        places = np.array([different.index(label) for label in labels])
    if not 2 <= len(names) <= MOST_CLASSES:
        shown = ", ".join(repr(name[:_LONGEST_SHOWN]) for name in names[: MOST_CLASSES + 1])
        raise ValueError(
            f"labels must be of 2 to {MOST_CLASSES} classes, or numbers as heights; got "
            f"{len(names)}: {shown}"
        )
    if len(names) == 2:
        below, above = names
        note = f"Two classes: {below[:_LONGEST_SHOWN]} is -1, {above[:_LONGEST_SHOWN]} is +1."
        return np.where(places == 1, 1.0, -1.0), 2, [note]
    listed = ", ".join(name[:_LONGEST_SHOWN] for name in names)
    return places.astype(float), len(names), [f"{len(names)} classes, in this order: {listed}."]


def _heights(values: Array) -> tuple[Array, int, list[str]]:
    notes = ["The labels are taken as heights of a function."]
    largest = np.abs(values).max()
    if not largest <= 1e9:
        raise ValueError(f"labels must be from -1 billion to 1 billion, got {largest:g}")
    if largest > 1:
        notes.append(f"They were divided by {largest:g}, so that they lie between -1 and 1.")
        values = values / largest
    return values, 0, notes


def _in_the_plane(x: Array, notes: list[str]) -> Array:
    """The points with each axis that reaches beyond the plane moved and scaled into it."""
    x = x.copy()
    for axis, name in enumerate(("x", "y")):
        low, high = x[:, axis].min(), x[:, axis].max()
        if max(-low, high) > REACH:
            half = (high - low) / 2 or 1.0
            x[:, axis] = (x[:, axis] - (low + high) / 2) / half * _TO
            notes.append(
                f"{name} was moved and scaled: {low:g} to {high:g} became {-_TO:g} to {_TO:g}."
            )
    return x
