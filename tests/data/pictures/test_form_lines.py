"""The line of a form under a number, and paper with a few large squares."""

import numpy as np
import pytest

from data import find_digits
from data.pictures.form_lines import without_form_lines
from tests.data.pictures.test_numbers import picture, read, row_of, weave


@pytest.mark.parametrize("paper", ["plain", "photo", "weave"])
@pytest.mark.parametrize("slope", [0, 0.02])
def test_the_line_of_a_form_is_no_part_of_the_digits_on_it(slope, paper):
    rng = np.random.default_rng(8)
    ink = row_of([2, 4, 3, 0], rng)
    y, x = np.mgrid[0 : ink.shape[0], 0 : ink.shape[1]]
    line = np.abs(y - 73 - slope * (x - 100)) < 1.5  # through the feet of the digits
    sheets = {"plain": np.full(ink.shape, 235.0), "photo": 235 + rng.normal(0, 5, ink.shape)}
    sheet = sheets.get(paper, weave(ink.shape, rng))
    assert read(picture(sheet, np.maximum(ink, 0.8 * line))) == [2, 4, 3, 0]


@pytest.mark.parametrize("paper", ["plain", "photo"])
def test_the_lines_of_a_few_large_squares_are_no_part_of_a_digit(paper):
    rng = np.random.default_rng(9)
    ink = np.pad(row_of([5], rng, side=160), ((90, 90), (100, 100)))
    y, x = np.mgrid[0 : ink.shape[0], 0 : ink.shape[1]]
    across = np.min([np.abs(y - at + 0.03 * x) for at in (60, 200, 330)], axis=0)
    down = np.min([np.abs(x - at - 0.04 * y) for at in (60, 190)], axis=0)
    lines = np.minimum(across, down) < 2
    sheet = 225 + (rng.normal(0, 5, ink.shape) if paper == "photo" else np.zeros(ink.shape))
    assert read(picture(sheet, np.maximum(ink, 0.25 * lines))) == [5]


def test_the_bar_of_a_digit_that_fills_the_picture_is_no_line():
    rng = np.random.default_rng(9)
    seven = row_of([7], rng, margin=0)
    assert read(picture(np.full(seven.shape, 235.0), seven)) == [7]


def test_strokes_that_cross_a_line_stay_whole():
    ink = np.zeros((60, 120), np.float32)
    ink[40:43] = 0.5
    ink[10:55, 30:35] = 0.8
    cleared = without_form_lines(ink)
    np.testing.assert_allclose(cleared[10:55, 30:35], 0.8)
    assert cleared[:, :29].max() == cleared[:, 36:].max() == 0


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (3, 5)])
def test_tiny_pictures_stay_as_they_are(shape):
    ink = np.full(shape, 0.5, np.float32)
    assert without_form_lines(ink).shape == shape


@pytest.mark.parametrize("frame", [False, True])
def test_digits_that_a_line_or_a_frame_of_their_own_joins_are_read(frame):
    digits = row_of([2, 5, 3], np.random.default_rng(7), margin=0)
    ink = np.pad(digits, 60)
    left, right, bottom = 45, ink.shape[1] - 45, ink.shape[0] - 62
    ink[bottom : bottom + 2, left:right] = 0.8
    if frame:
        ink[56:58, left:right] = 0.8
        for side in (left, right - 2):
            ink[56:bottom, side : side + 2] = 0.8
    assert read(picture(np.full(ink.shape, 235.0), ink)) == [2, 5, 3]


def test_a_zero_with_straight_sides_is_no_frame():
    ink = np.zeros((100, 100), np.float32)
    ink[20:80, 30:70] = 1
    ink[28:72, 38:62] = 0
    assert len(find_digits(picture(np.full(ink.shape, 235.0), ink))) == 1


def test_the_bars_of_two_fours_that_touch_are_no_line():
    ink = np.zeros((100, 120), np.float32)
    for left in (10, 60):
        ink[20:60, left : left + 3] = ink[20:80, left + 30 : left + 33] = 1
    ink[57:60, 10:110] = 1
    (digit,) = find_digits(picture(np.full(ink.shape, 235.0), ink))
    bar = digit.image[digit.image.sum(axis=1).argmax()]
    assert np.count_nonzero(bar > 0.5) > 17
