"""Digits on pictures in several rows, in a column, of unlike size; and what is none of them."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from data import find_digits
from data.pictures.box import Box
from data.pictures.rows import find_rows


def picture(*boxes, size=(600, 400)):
    image = Image.new("RGBA", size, "white")
    for box in boxes:
        ImageDraw.Draw(image).ellipse(box, outline="black", width=8)
    return np.asarray(image)


def found_rows(rgba):
    """The left edges of the digits in each row."""
    digits = find_digits(rgba)
    return [
        [digit.box.left for digit in digits if digit.row == row]
        for row in range(1 + digits[-1].row)
    ]


def test_two_rows_are_found_from_top_to_bottom():
    rows = found_rows(
        picture(
            *((x, 60, x + 50, 140) for x in (60, 140, 220)),
            *((x, 220, x + 50, 300) for x in (100, 180)),
        )
    )
    np.testing.assert_allclose(rows[0], (60, 140, 220), atol=2)
    np.testing.assert_allclose(rows[1], (100, 180), atol=2)


def test_a_column_is_a_row_for_each_digit():
    rows = found_rows(picture(*((250, y, 300, y + 70) for y in (30, 130, 230, 320))))
    assert [len(row) for row in rows] == [1, 1, 1, 1]


def test_digits_far_apart_and_rows_that_slope_are_rows():
    places = [(x, 50 + y + x // 8) for y in (0, 160) for x in (40, 200, 360, 500)]
    rows = found_rows(picture(*((x, y, x + 40, y + 60) for x, y in places)))
    assert [len(row) for row in rows] == [4, 4]


def test_a_small_digit_does_not_end_the_row():
    rows = found_rows(picture((40, 100, 110, 260), (150, 150, 200, 220), (290, 100, 360, 260)))
    np.testing.assert_allclose(rows, [(40, 150, 290)], atol=2)


@pytest.mark.parametrize("foot", [False, True], ids=["half way up", "at the foot"])
@pytest.mark.parametrize("left", [128, 272], ids=["between two", "at the end"])
def test_a_small_digit_close_to_the_next_one_is_one_of_its_own(left, foot):
    top = 190 if foot else 130
    rows = found_rows(
        picture((40, 100, 110, 260), (190, 100, 260, 260), (left, top, left + 44, top + 70))
    )
    np.testing.assert_allclose(rows, [sorted((40, 190, left))], atol=2)


def test_the_two_strokes_of_a_4_are_one_digit_though_they_do_not_meet():
    marks = [Box(10, 0, 50, 80), Box(100, 0, 132, 40), Box(134, 0, 144, 84)]
    (row,) = find_rows(marks, 0)
    assert [sorted(sign.parts) for sign in row] == [[0], [1, 2]]


@pytest.mark.parametrize(
    "other", [(118, 250, 132, 264), (116, 240, 130, 272), (160, 176, 220, 188)]
)
def test_decimal_points_commas_and_dashes_are_no_digits_and_parts_of_none(other):
    image = Image.fromarray(picture((40, 100, 110, 260), (290, 100, 360, 260)))
    ImageDraw.Draw(image).rectangle(other, fill="black")
    digits = find_digits(np.asarray(image))
    np.testing.assert_allclose([d.box.left for d in digits], (40, 290), atol=2)
    np.testing.assert_allclose([d.box.right for d in digits], (111, 361), atol=2)


def test_the_bar_of_a_5_belongs_to_it_and_a_wide_neighbour_does_not():
    marks = [Box(10, 20, 50, 100), Box(48, 16, 80, 26), Box(90, 20, 260, 100)]
    (row,) = find_rows(marks, 0)
    assert [sorted(sign.parts) for sign in row] == [[0, 1], [2]]
    assert row[0].box == Box(10, 16, 80, 100)


def test_two_low_pieces_of_a_broken_stroke_are_one_digit_and_two_dashes_are_none():
    whole, hook, bowl = Box(10, 0, 35, 66), Box(96, 4, 130, 26), Box(90, 34, 140, 66)
    (row,) = find_rows([whole, hook, bowl], 0)
    assert [sign.box for sign in row] == [whole, hook.around(bowl)]
    dashes = [Box(90, 24, 130, 30), Box(90, 40, 130, 46)]
    assert find_rows([whole, *dashes], 0) == [[(whole, (0,))]]


def test_digits_close_above_one_another_stay_two():
    marks = [Box(10, 0, 50, 60), Box(60, 0, 100, 60), Box(10, 74, 50, 134), Box(60, 74, 100, 120)]
    assert [len(row) for row in find_rows(marks, 0)] == [2, 2]


def test_two_low_digits_above_one_another_are_no_pieces_of_a_higher_one():
    whole, above, below = Box(10, 0, 50, 60), Box(90, 0, 130, 40), Box(90, 51, 130, 91)
    assert find_rows([whole, above, below], 0) == [[(whole, (0,)), (above, (1,))], [(below, (2,))]]


def test_the_end_of_a_stroke_under_the_digit_is_no_comma():
    other, digit, end = Box(100, 0, 140, 66), Box(20, 0, 68, 66), Box(60, 42, 70, 48)
    (row,) = find_rows([other, digit, end], 0)
    assert [sign.box for sign in row] == [digit.around(end), other]


def test_a_comma_under_a_digit_that_leans_over_it_is_no_part_of_it():
    leaning, comma, upright = Box(29, 5, 70, 37), Box(66, 28, 72, 36), Box(90, 5, 110, 37)
    assert find_rows([leaning, comma, upright], 0) == [[(leaning, (0,)), (upright, (2,))]]


def test_what_is_far_and_much_higher_is_no_digit_beside_one_and_no_row():
    digit, edge_of_the_paper = Box(238, 168, 288, 220), Box(8, 105, 74, 357)
    assert find_rows([digit, edge_of_the_paper], 0) == [[(digit, (0,))]]


def test_what_is_surely_a_digit_is_no_decimal_point_of_a_paler_ring():
    image = Image.new("RGBA", (280, 280), "white")
    ImageDraw.Draw(image).ellipse((6, 6, 226, 226), outline=(118, 118, 118), width=22)
    ImageDraw.Draw(image).ellipse((214, 180, 274, 236), fill="black")
    (digit,) = find_digits(np.asarray(image))
    assert digit.box.around(Box(215, 181, 274, 236)) == digit.box
