"""Which strokes of a written number are no digits but decimal points or commas."""

from collections.abc import Sequence

import numpy as np

from data.drawing.strokes import (
    checked_pen_width,
    checked_strokes,
    evenly_spaced,
    shortest_gap,
)

# No larger than this share of the tallest stroke, as the middle of the pen draws both.
_SMALL = 0.3
# Its middle lies so far down beside the stroke that is nearest from left to right.
_LOW = 0.65
# Where nothing is so many times as tall as the pen is wide, a dot is no smaller than the rest.
_TALL = 2.0


def decimal_points(strokes: Sequence[np.ndarray], pen_width: float) -> list[int]:
    """Finds the decimal points and commas of a number, before `split_digits` parts the rest.

    They are small, stand as low as the foot of the stroke next to them, and touch none.

    Args:
        strokes: as in `from_strokes`: (n, 2) floats, x right and y down, in pixels.
        pen_width: of the pen they were drawn with, in the same pixels.

    Returns:
        Their places in `strokes`.

    Raises:
        ValueError: as by `from_strokes`.
    """
    pen_width = checked_pen_width(pen_width)
    drawn = {
        place: evenly_spaced(line, pen_width)
        for place, line in enumerate(checked_strokes(strokes))
        if len(line)
    }
    tallest = max((np.ptp(line[:, 1]) for line in drawn.values()), default=0.0)
    if tallest < _TALL * pen_width:
        return []
    small = {p: line for p, line in drawn.items() if np.ptp(line, axis=0).max() < _SMALL * tallest}
    others = [line for place, line in drawn.items() if place not in small]
    tall = [line for line in others if np.ptp(line[:, 1]) >= tallest / 2]
    return [
        place
        for place, line in small.items()
        if _is_low(line, tall) and min(shortest_gap(line, o) for o in others) > pen_width
    ]


def _is_low(line: np.ndarray, tall: list[np.ndarray]) -> bool:
    """Whether it stands at the foot of the tall one that is nearest from left to right."""
    left, right = line[:, 0].min(), line[:, 0].max()
    nearest = min(tall, key=lambda o: max(o[:, 0].min() - right, left - o[:, 0].max()))
    top, bottom = nearest[:, 1].min(), nearest[:, 1].max()
    middle = (line[:, 1].min() + line[:, 1].max()) / 2
    return bool(middle >= top + _LOW * (bottom - top))
