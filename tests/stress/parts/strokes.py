"""A board full of strokes: each new one lets the whole number be parted and drawn anew."""

import statistics
import time
from itertools import pairwise
from typing import Any

import numpy as np

import data
from tests.stress.part import Part, Row, at_most
from ui.draw.drawing import Drawing

REPEATS = 9
POINTS = 30
Stroke = dict[str, Any]


def measure(quick: bool) -> list[Row]:
    """As many strokes as a number may have, each a digit or all on top of one another."""
    rng = np.random.default_rng(0)
    many = range(data.MOST_STROKES)
    boards = {
        "side by side": [_stroke(8 * n, 20, 2, 100, pen=4) for n in many],
        "all over the board": [
            _stroke(rng.uniform(0, 400), rng.uniform(0, 150), 15, rng.uniform(10, 150), pen=8)
            for _ in many
        ],
    }
    return [
        at_most(
            f"{data.MOST_STROKES} strokes, {name}: each new one is parted, a core's work",
            _seconds(strokes, 3 if quick else REPEATS),
            0.1,
            "s",
        )
        for name, strokes in boards.items()
    ]


def _stroke(x: float, y: float, width: float, height: float, pen: float) -> Stroke:
    """As the board sends it."""
    t = np.linspace(0, 1, POINTS)
    points = np.column_stack([x + width * np.sin(7 * t), y + height * t]).tolist()
    curves = [["Q", *a, *b] for a, b in pairwise(points)]
    return {"path": [["M", *points[0]], *curves], "strokeWidth": pen}


def _seconds(strokes: list[Stroke], repeats: int) -> float:
    took = []
    for _ in range(repeats):
        began = time.process_time()  # other programs may be busy
        Drawing(strokes=strokes).writing(several=True)
        took.append(time.process_time() - began)
    return statistics.median(took)


PART = Part(measure, seconds=60)
