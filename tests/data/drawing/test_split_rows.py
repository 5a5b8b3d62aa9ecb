"""Strokes on the board in several rows."""

import numpy as np
import pytest

from data import split_rows

PEN = 10


def stroke(*points):
    return np.array(points, float)


def moved(line, right, down):
    return line + np.array([right, down])


SEVEN = stroke((20, 20), (60, 20), (35, 100))
ONE = stroke((90, 20), (90, 100))


def test_rows_are_parted_from_top_to_bottom_whatever_was_drawn_first():
    below = [moved(SEVEN, 0, 130), moved(ONE, 0, 130)]
    rows = split_rows([below[0], SEVEN, below[1], ONE], PEN)
    assert [[one.tolist() for one in row] for row in rows] == [
        [SEVEN.tolist(), ONE.tolist()],
        [below[0].tolist(), below[1].tolist()],
    ]


def test_rows_may_slope_and_overlap_in_height():
    rows = split_rows([SEVEN, moved(ONE, 120, 24), moved(SEVEN, 0, 115), moved(ONE, 120, 139)], PEN)
    assert [len(row) for row in rows] == [2, 2]


def test_each_row_may_slope_in_its_own_way():
    up, level, down = (
        [moved(SEVEN, 0, down - slope * 20), moved(ONE, 150, down + slope * 150)]
        for down, slope in ((30, -0.2), (140, 0.0), (270, 0.2))
    )
    assert [len(row) for row in split_rows([*down, *up, *level], PEN)] == [2, 2, 2]


def test_the_ink_of_rows_may_nearly_touch():
    rows = split_rows([SEVEN, ONE, moved(SEVEN, 0, 92), moved(ONE, 0, 92)], PEN)
    assert [len(row) for row in rows] == [2, 2]


@pytest.mark.parametrize("overlap", [0, 10, 20, 30])
def test_the_foot_of_a_7_may_stand_among_the_digits_below(overlap):
    down = 80 - 0.8 * overlap  # the digits are 80 high
    flag, foot = stroke((120, 20), (135, 20)), stroke((140, 100), (160, 100))
    upper = [SEVEN, flag, stroke((150, 20), (150, 100)), foot]
    lower = [moved(line, right, down) for line, right in ((ONE, -85), (ONE, -15), (SEVEN, 70))]
    bar = moved(stroke((100, 60), (140, 60)), 0, down)
    rows = split_rows([lower[2], *upper, bar, *lower[:2]], PEN)
    assert [len(row) for row in rows] == [4, 4]
    assert all(any(one is line for one in rows[0]) for line in upper)


def test_rows_may_reach_into_each_other_on_a_slope():
    upper = [SEVEN, moved(ONE, 40, 20), moved(SEVEN, 180, 36)]
    lower = [moved(line, 20, 68) for line in upper]
    rows = split_rows([*upper, *lower], PEN)
    assert [[one.tolist() for one in row] for row in rows] == [
        [one.tolist() for one in row] for row in (upper, lower)
    ]


def test_one_row_that_climbs_steeply_or_jumps_stays_one():
    steep = [moved(ONE, right, -0.4 * right) for right in range(0, 300, 60)]
    assert len(split_rows(steep, PEN)) == 1
    jumping = [moved(ONE, 60 * place, 35 * (place % 2)) for place in range(5)]
    assert len(split_rows(jumping, PEN)) == 1


def test_a_4_of_two_strokes_is_one_digit_however_low_its_second_one_stands():
    beside = stroke((20, 20), (10, 70), (70, 70))
    assert len(split_rows([beside, stroke((60, 55), (60, 125))], PEN)) == 1


def test_an_8_of_two_bows_that_meet_is_one_digit_beside_another():
    upper = stroke((60, 20), (20, 25), (20, 60), (60, 66))
    lower = stroke((60, 62), (20, 66), (20, 118), (60, 120))
    assert len(split_rows([upper, lower, stroke((100, 40), (100, 115))], PEN)) == 1
    # The same apart from one another.
    below = [moved(lower, 20, 10), stroke((130, 70), (130, 130))]
    assert len(split_rows([moved(upper, -5, 0), *below], PEN)) == 2


TURN = np.linspace(0, 2 * np.pi, 30)
CIRCLE = np.column_stack([20 * np.sin(TURN), -25 * np.cos(TURN)])
BOW = np.column_stack([20 * np.sin(TURN / 2), -25 * np.cos(TURN / 2)])
HALVES = {
    "8": (CIRCLE, moved(CIRCLE, 0, 50)),
    "3": (BOW, moved(BOW, 0, 50)),
    "9": (CIRCLE, stroke((20, 0), (20, 20), (0, 75))),
}


@pytest.mark.parametrize("number", ["88", "33", "99", "888", "3333", "83", "989"])
@pytest.mark.parametrize("apart", [-10, 0, 2])
def test_digits_of_an_upper_and_a_lower_stroke_that_meet_are_one_row(number, apart):
    strokes = [
        moved(half, 60 * place, apart * index)
        for place, digit in enumerate(number)
        for index, half in enumerate(HALVES[digit])
    ]
    assert len(split_rows(strokes, PEN)) == 1


def test_digits_that_touch_a_stroke_above_them_are_in_its_row():
    slanted, touched = stroke((57, 0), (0, 120)), stroke((80, 22), (137, 142))
    left, right = stroke((115, 105), (55, 225)), stroke((136, 141), (200, 63), (258, 178))
    assert len(split_rows([slanted, left, touched, right], PEN)) == 1


def test_rows_may_be_of_unlike_size():
    small = [moved(0.6 * SEVEN, right, 120) for right in (0, 60, 120)]
    assert [len(row) for row in split_rows([*small, SEVEN, ONE], PEN)] == [2, 3]


def test_one_row_stays_one_with_a_bar_a_dot_and_a_digit_lower_than_the_others():
    bar = stroke((20, 0), (60, 0))
    dot = stroke((75, 98))
    assert len(split_rows([SEVEN, bar, dot, moved(ONE, 20, 30)], PEN)) == 1


def test_an_8_of_two_circles_is_one_digit_and_two_digits_far_apart_are_rows():
    turn = np.linspace(0, 2 * np.pi, 30)
    circle = np.column_stack([60 + 25 * np.cos(turn), 60 + 25 * np.sin(turn)])
    assert len(split_rows([circle, moved(circle, 0, 62)], PEN)) == 1
    assert len(split_rows([circle, moved(circle, 0, 90)], PEN)) == 2


def test_without_strokes_there_is_no_row_and_what_is_no_stroke_is_refused():
    assert split_rows([], PEN) == []
    assert split_rows([np.empty((0, 2))], PEN) == []
    with pytest.raises(ValueError, match="pen_width must be"):
        split_rows([ONE], 0)
