"""Strokes are grouped into digits as a reader would."""

import sys

import numpy as np
import pytest

from data import MOST_STROKES, split_digits

PEN = 16


def circle(x, y, width, height, begin=0.0, end=1.0):
    """A loop from the top, clockwise, or a part of it; in shares of a digit's box."""
    turn = 2 * np.pi * np.linspace(begin, end, 40)
    return np.c_[x + width / 2 * np.sin(turn), y - height / 2 * np.cos(turn)]


def line(*points):
    return np.array(points, float)


# Each digit in a box from (0, 0) to (1, 1), y down.
DIGITS = {
    "0": [circle(0.5, 0.5, 0.9, 1)],
    "0 with a slash": [circle(0.5, 0.5, 0.9, 1), line((0.9, 0), (0.1, 1))],
    "0 of two arcs": [circle(0.5, 0.5, 0.9, 1, 0, 0.5), circle(0.5, 0.5, 0.9, 1, 1, 0.5)],
    "1": [line((0.5, 0), (0.5, 1))],
    "1 with flag and foot": [
        line((0.5, 0), (0.5, 1)),
        line((0.15, 0.3), (0.48, 0.02)),
        line((0.1, 1), (0.9, 1)),
    ],
    "2": [line((0, 0.2), (0.4, 0), (0.9, 0.25), (0, 1), (1, 1))],
    "4": [line((0.3, 0), (0, 0.6), (1, 0.6)), line((0.7, 0.3), (0.65, 1))],
    "4 with a tall stem": [line((0.3, 0), (0, 0.6), (0.95, 0.6)), line((0.9, 0), (0.9, 1))],
    "5 with a bar": [
        line((0.1, 0), (0, 0.45), (0.6, 0.4), (0.9, 0.7), (0.5, 1), (0, 0.9)),
        line((0.1, 0), (1, 0)),
    ],
    "5 whose bar sticks out": [
        line((0.1, 0.05), (0, 0.45), (0.5, 0.4), (0.75, 0.7), (0.4, 1), (0, 0.9)),
        line((0.15, 0), (1.1, -0.05)),
    ],
    "5 whose bar floats": [
        line((0.1, 0.2), (0, 0.5), (0.6, 0.5), (0.9, 0.75), (0.5, 1), (0, 0.9)),
        line((0.3, 0), (1.1, 0)),
    ],
    "7 with a bar": [line((0, 0), (0.9, 0), (0.4, 1)), line((0.3, 0.5), (0.9, 0.5))],
    "8 of two circles": [circle(0.5, 0.27, 0.7, 0.5), circle(0.5, 0.75, 0.9, 0.5)],
    "9 of loop and stem": [circle(0.45, 0.25, 0.8, 0.5), line((0.87, 0.1), (0.8, 1))],
}


def write(names, gap=25, size=(70, 120), slant=0.0, start=(20, 60)):
    """The digits side by side, `gap` pixels between what they are made of; for each its strokes."""
    number, x = [], start[0]
    for name in names:
        digit = [stroke * size for stroke in DIGITS[name]]
        digit = [np.c_[s[:, 0] - slant * s[:, 1], s[:, 1]] for s in digit]
        left = min((s[:, 0] + slant * s[:, 1]).min() for s in digit)
        right = max((s[:, 0] + slant * s[:, 1]).max() for s in digit)
        number.append([stroke + np.array([x - left, start[1]]) for stroke in digit])
        x += right - left + gap
    return number


def resplit(number):
    """How a number is split, for its strokes in three orders: for each digit, from which of the
    written ones its strokes are."""
    strokes = [stroke for digit in number for stroke in digit]
    belongs = {id(stroke): n for n, digit in enumerate(number) for stroke in digit}
    orders = strokes, strokes[::-1], strokes[1::2] + strokes[::2]
    return {
        tuple(tuple(sorted(belongs[id(s)] for s in digit)) for digit in split_digits(order, PEN))
        for order in orders
    }


def written(number):
    """The same if the number is split as it was put together, whatever the order."""
    return {tuple((n,) * len(digit) for n, digit in enumerate(number))}


@pytest.mark.parametrize("name", DIGITS)
def test_a_single_digit_stays_one(name):
    for size in ((60, 90), (180, 240)):
        for slant in (0, 0.4):
            number = write([name], size=size, slant=slant)
            assert resplit(number) == written(number)


@pytest.mark.parametrize("name", DIGITS)
@pytest.mark.parametrize("slant", [0, 0.4])
def test_every_digit_is_parted_from_its_neighbours(name, slant):
    for names in (["2", name, "2"], ["1", name, "0", name]):
        number = write(names, slant=slant)
        assert resplit(number) == written(number)


@pytest.mark.parametrize(
    "names", [["1", "1"], ["1", "0"], ["0", "0"], ["2", "0", "2", "4"], ["1", "1", "1", "1"]]
)
@pytest.mark.parametrize("slant", [-0.3, 0, 0.6])
def test_neighbours_written_closely_are_parted(names, slant):
    # The ink of one almost touches that of the next.
    number = write(names, gap=PEN + 2, slant=slant)
    assert resplit(number) == written(number)


def test_a_bar_above_the_next_digit_stays_with_its_own():
    five, one = write(["5 with a bar", "1"])
    number = [[five[0], five[1] * [1.3, 1] - [0.3 * five[1][0, 0], 0]], one]
    assert resplit(number) == written(number)


def test_digits_of_other_heights_stay_apart():
    number = write(["2", "0", "1"])
    number[1] = [stroke * 0.6 + [50, 60] for stroke in number[1]]
    assert resplit(number) == written(number)


def test_a_dot_beside_a_digit_is_not_part_of_it():
    number = [*write(["2"]), [np.array([[150.0, 175.0]])]]
    assert resplit(number) == written(number)


def test_strokes_come_back_as_they_were():
    (one, *_), five = write(["1", "5 with a bar"])
    split = split_digits([five[1], one, five[0]], PEN)
    assert [[id(stroke) for stroke in digit] for digit in split] == [
        [id(one)],
        [id(five[1]), id(five[0])],
    ]


@pytest.mark.parametrize("strokes", [[], [np.empty((0, 2))], [[], []]])
def test_without_a_point_there_are_no_digits(strokes):
    assert split_digits(strokes, PEN) == []


def test_a_stroke_without_a_point_is_in_no_digit():
    (one,), (two,) = write(["1", "2"])
    split = split_digits([two, np.empty((0, 2)), one], PEN)
    assert [[id(stroke) for stroke in digit] for digit in split] == [[id(one)], [id(two)]]


def test_too_many_strokes_are_no_number():
    lines = [line((20 * n, 0), (20 * n, 100)) for n in range(MOST_STROKES + 1)]
    assert len(split_digits(lines[:-1], 8)) == MOST_STROKES
    assert len(split_digits(lines, 8)) == 1
    assert len(split_digits([*lines[:-1], np.empty((0, 2))], 8)) == MOST_STROKES


def test_many_strokes_are_compared_at_once():
    """Each new stroke on the board is split with all that came before."""
    rng = np.random.default_rng(0)
    strokes = [
        line(*rng.normal((rng.uniform(0, 500), rng.uniform(0, 200)), (10, 40), (30, 2)))
        for _ in range(MOST_STROKES)
    ]
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        split_digits(strokes, 8)
    finally:
        sys.setprofile(None)
    assert calls < 500 * MOST_STROKES
