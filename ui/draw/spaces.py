"""Where a row of digits is several numbers beside one another."""

from collections.abc import Sequence

import numpy as np

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""

# A digit takes at least so much of its row's height in width: around a 1 there is more room.
_NARROWEST = 0.5
# The gap between two numbers is wider than any within them by so much of the height, and so many
# times as wide.
_MORE, _TIMES = 0.6, 2.0


def spaces(boxes: Sequence[Box], rows: Sequence[int]) -> list[int]:
    """How many digits stand before each space: a gap much wider than others of its row.

    Args:
        boxes: of the digits, row by row from left to right.
        rows: in which each stands.
    """
    return [
        start + place + 1
        for row in sorted(set(rows))
        for start in [rows.index(row)]
        for place in _wide(np.array(boxes[start : start + rows.count(row)], float))
    ]


def _wide(boxes: np.ndarray) -> list[int]:
    """Which gaps between the digits of a row, (n, 4), are spaces; none where all are alike, as
    between digits that are written far apart."""
    if len(boxes) < 3:
        return []
    left, top, right, bottom = boxes.T
    height = np.median(bottom - top)
    missing = np.maximum(_NARROWEST * height - (right - left), 0) / 2
    gaps = (left - missing)[1:] - (right + missing)[:-1]
    ascending = np.sort(gaps)
    narrow, wide = np.maximum(ascending[:-1], 0), ascending[1:]
    differ = (wide - narrow > _MORE * height) & (wide > _TIMES * narrow)
    if not differ.any():
        return []
    found = np.flatnonzero(gaps >= wide[differ.argmax()]).tolist()
    # Otherwise one digit that was taken for two would make spaces of all the gaps beside it.
    return found if 2 * len(found) <= len(gaps) else []
