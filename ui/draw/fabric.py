"""What the drawing board sends, Fabric.js path objects, as strokes."""

from math import ceil, dist
from typing import NamedTuple

import numpy as np

MOST_POINTS = 20_000
"""More points are not looked at; minutes of writing make fewer."""
_MOST_PATHS = 500
_FARTHEST = 10_000  # pixels from the board's corner
_PENS = (1.0, 100.0)  # pixels
_STEP = 4  # pixels between the points of a curve
_MOST_STEPS = 16

_Point = tuple[float, float]


class PenStrokes(NamedTuple):
    """What is drawn on a board.

    strokes: (n, 2) float64 with n > 0 each, x right and y down in pixels, curves as short lines.
    pen_width: of the widest pen they were drawn with, in pixels; 1 without any stroke.
    complete: whether these are all strokes, and not too many to look at.
    """

    strokes: list[np.ndarray]
    pen_width: float
    complete: bool


def pen_strokes(objects: object) -> PenStrokes:
    """The strokes in a board's `objects`.

    Free drawing makes paths of lines and quadratic curves in pixels of the board; nothing moves or
    scales them afterwards. What is no such path is left out: the objects come from a browser, which
    may send anything.
    """
    strokes: list[np.ndarray] = []
    widths: list[float] = []
    points = 0
    complete = True
    for entry in objects if isinstance(objects, list) else []:
        stroke = _points(entry.get("path")) if isinstance(entry, dict) else []
        points += len(stroke)
        if points > MOST_POINTS or len(strokes) == _MOST_PATHS:
            complete = False
            break
        if stroke:
            strokes.append(np.array(stroke, np.float64))
            widths += _numbers([entry.get("strokeWidth")])
    narrowest, widest = _PENS
    return PenStrokes(strokes, min(max([narrowest, *widths]), widest), complete)


def _points(path: object) -> list[_Point]:
    """The points along a path, none if it is not one of free drawing."""
    points: list[_Point] = []
    for command in path if isinstance(path, list) else []:
        if not isinstance(command, list) or not command or len(points) > MOST_POINTS:
            return []
        match command[0], _numbers(command[1:]):
            case (("M" | "L"), [x, y]):
                points.append((x, y))
            case "Q", [bend_x, bend_y, x, y] if points:
                points += _curve(points[-1], (bend_x, bend_y), (x, y))
            case _:
                return []
    return points


def _numbers(values: list[object]) -> list[float]:
    """The values if all of them are numbers that can be on a board, else none."""
    numbers = [value for value in values if isinstance(value, int | float)]
    near = [float(number) for number in numbers if abs(number) <= _FARTHEST]
    return near if len(near) == len(values) else []


def _curve(begin: _Point, bend: _Point, end: _Point) -> list[_Point]:
    """Points along a quadratic Bézier curve, without its first."""
    steps = min(max(ceil((dist(begin, bend) + dist(bend, end)) / _STEP), 1), _MOST_STEPS)
    points = []
    for step in range(1, steps + 1):
        t = step / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        points.append(
            (a * begin[0] + b * bend[0] + c * end[0], a * begin[1] + b * bend[1] + c * end[1])
        )
    return points
