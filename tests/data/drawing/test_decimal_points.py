"""Dots and commas between digits are told from digits and from parts of digits."""

import numpy as np
import pytest

from data import decimal_points, split_digits
from tests.data.drawing.test_split_digits import DIGITS, PEN, line, write

DOT = line((0, 0))
SHORT = line((0, 0), (6, 4))
COMMA = line((6, 0), (6, 8), (-4, 28))


def with_point(before, point, after, down=116):
    """Digits with a point between them, its place `down` below their tops; and its index."""
    left = write(before)
    edge = max(stroke[:, 0].max() for digit in left for stroke in digit)
    right = write(after, start=(edge + 70, 60))
    strokes = [stroke for digit in left for stroke in digit]
    place = len(strokes)
    strokes.append(point + np.array([edge + 35, 60 + down]))
    return strokes + [stroke for digit in right for stroke in digit], place


@pytest.mark.parametrize("point", [DOT, SHORT, COMMA], ids=["dot", "short", "comma"])
@pytest.mark.parametrize("digit", DIGITS)
def test_a_point_beside_any_digit_is_one(point, digit):
    for before, after in (([digit], ["1"]), (["1"], [digit])):
        strokes, place = with_point(before, point, after)
        assert decimal_points(strokes, PEN) == [place]
        rest = [stroke for index, stroke in enumerate(strokes) if index != place]
        assert len(split_digits(rest, PEN)) == 2


@pytest.mark.parametrize("digit", DIGITS)
def test_no_part_of_a_digit_is_one(digit):
    assert decimal_points([s for one in write([digit, "1"]) for s in one], PEN) == []
    assert decimal_points([s for one in write([digit]) for s in one], PEN) == []


@pytest.mark.parametrize("down", [0, 60])
def test_a_dot_higher_up_is_none(down):
    strokes, _ = with_point(["1"], DOT, ["4"], down=down)
    assert decimal_points(strokes, PEN) == []


def test_where_all_is_small_nothing_is_a_point():
    assert decimal_points([DOT, DOT + 50], PEN) == []
    assert decimal_points([], PEN) == []
    assert decimal_points([np.empty((0, 2))], PEN) == []


def test_a_point_at_the_end_and_one_at_the_beginning_are_found():
    strokes = [s for digit in write(["1", "4"], start=(80, 60)) for s in digit]
    assert decimal_points([line((20, 176)), *strokes, line((300, 176))], PEN) == [
        0,
        len(strokes) + 1,
    ]
