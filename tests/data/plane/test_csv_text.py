"""Points from a CSV text."""

import re

import numpy as np
import pytest

from data.plane import read_points


def test_words_are_classes():
    points, notes = read_points("x,y,kind\n1,2,dog\n-1.5,0,cat\n3,-4,dog\n")
    np.testing.assert_array_equal(points.x, [[1, 2], [-1.5, 0], [3, -4]])
    np.testing.assert_array_equal(points.targets, [1, -1, 1])
    assert points.classes == 2
    assert notes == ["Two classes: cat is -1, dog is +1."]


@pytest.mark.parametrize(
    "text",
    [
        "1,2,1\n3,4,0\n",
        "1;2;1\n3;4;-1",
        "1\t2\t1.0\r\n3\t4\t-1\r\n",
        "\ufeffx;y;label\n1,0;2;b\n\n3;4,0;a\n;;\n",
        '"1","2","yes"\n 3 , 4 , "no"\n',
        "1,2,7,,\n3,4,5",
        "1,2,b;b\n3,4,a;a",
    ],
)
def test_the_ways_that_spreadsheets_write(text):
    points, _ = read_points(text)
    np.testing.assert_array_equal(points.x, [[1, 2], [3, 4]])
    np.testing.assert_array_equal(points.targets, [1, -1])
    assert points.classes == 2


def test_decimal_commas_everywhere():
    points, _ = read_points("1,5;2,0;0,5\n3,0;-4,25;-1")
    np.testing.assert_array_equal(points.x, [[1.5, 2], [3, -4.25]])
    np.testing.assert_array_equal(points.targets, [0.5, -1])


def test_several_classes():
    points, notes = read_points("0,0,10\n1,0,2\n2,0,5\n3,0,2")
    np.testing.assert_array_equal(points.targets, [2, 0, 1, 0])
    assert points.classes == 3
    assert notes == ["3 classes, in this order: 2, 5, 10."]


def test_other_numbers_are_heights():
    points, notes = read_points("0,0,0.5\n1,0,-0.25")
    np.testing.assert_array_equal(points.targets, [0.5, -0.25])
    assert points.classes == 0
    assert notes == ["The labels are taken as heights of a function."]
    points, notes = read_points("\n".join(f"0,{n / 2},{n}" for n in range(-3, 9)))
    np.testing.assert_allclose(points.targets, np.arange(-3, 9) / 8)
    assert notes[1] == "They were divided by 8, so that they lie between -1 and 1."


def test_an_axis_that_reaches_beyond_the_plane_is_scaled():
    points, notes = read_points("150,1,a\n200,2,b\n175,6,a")
    np.testing.assert_allclose(points.x, [[-5, 1], [5, 2], [0, 6]])
    assert notes[1:] == ["x was moved and scaled: 150 to 200 became -5 to 5."]
    points, _ = read_points("7,1,a\n7,2,b")
    np.testing.assert_array_equal(points.x[:, 0], 0)


def test_each_bad_row_is_named():
    text = "x,y,label\n1,2,a\nfoo,2,a\n1,2\n\n1,nan,b\n1,1_0,b\n1,2,\n1,2,a,4\n2,1e10,b"
    with pytest.raises(ValueError, match="row 3") as caught:
        read_points(text)
    assert str(caught.value).split("\n") == [
        "row 3: x must be a number from -1 billion to 1 billion, got 'foo,2,a'",
        "row 4: must hold x, y and label, got '1,2'",
        "row 6: y must be a number from -1 billion to 1 billion, got '1,nan,b'",
        "row 7: y must be a number from -1 billion to 1 billion, got '1,1_0,b'",
        "row 8: label must not be empty, got '1,2,'",
        "row 9: must hold x, y and label, got '1,2,a,4'",
        "row 10: y must be a number from -1 billion to 1 billion, got '2,1e10,b'",
    ]


@pytest.mark.parametrize("missing", ["nan", "NA", "NULL", "None", "#N/A", "-inf", "", " "])
@pytest.mark.parametrize("others", ["ab", "01"])
def test_a_missing_label_is_a_bad_row_and_no_class(missing, others):
    first, second = others
    text = f"x,y,label\n1,2,{first}\n3,4,{missing}\n5,6,{second}"
    with pytest.raises(ValueError, match=r"^row 3: label must .*, got '3,4,.*'$"):
        read_points(text)
    # As a part of a word it is a word.
    points, _ = read_points(f"1,2,{missing}x\n3,4,y")
    assert points.classes == 2


def test_of_more_bad_rows_than_there_may_be_points_the_others_are_counted():
    with pytest.raises(ValueError, match="row 2000: must hold") as caught:
        read_points("1,2\n" * 2000)
    assert str(caught.value).count("must hold") == 2000
    with pytest.raises(ValueError, match="row 2000: must hold") as caught:
        read_points("1,2\n" * 3037)
    assert str(caught.value).endswith("\nand 1,037 rows more")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "there must be 2 to 2,000 rows of points, got 0"),
        ("x,y,label", "there must be 2 to 2,000 rows of points, got 0"),
        ("1,2,a", "there must be 2 to 2,000 rows of points, got 1"),
        ("1,2,0.5\n" * 2001, "there must be 2 to 2,000 rows of points, got 2,001"),
        ("1,2,a\n3,4,a", "labels must be of 2 to 6 classes, or numbers as heights; got 1: 'a'"),
        ("1,2,3\n3,4,3", "labels must be of 2 to 6 classes, or numbers as heights; got 1: '3'"),
        ("\n".join(f"1,2,{c}" for c in "abcdefg"), "got 7: 'a', 'b', 'c', 'd', 'e', 'f', 'g'"),
        ("1,2,1e10\n1,2,0.5", "labels must be from -1 billion to 1 billion"),
        (" " * 500_001, "the text must have at most 500,000 characters"),
        ('1,2,"' + "a" * 200_000 + '"', "row 1: can't be read as CSV"),
    ],
)
def test_what_makes_no_sense_is_refused(text, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        read_points(text)


def test_no_text_does_any_harm():
    """Good texts with some of their characters replaced, or more of them put in."""
    rng = np.random.default_rng(0)
    marks = [*'0123456789.,;\t\n"-+e ax', "\r\n", "\0", "nan", "é", "٣"]
    good = 0
    for _ in range(2000):
        rows = ["1,2,a", "-3.5,4,b", "1e2,.5,a"] if rng.integers(2) else ["1;2;0.5", "1,5;2;0,25"]
        text = list("\n".join(rows))
        for _ in range(rng.integers(1, 6)):
            start = rng.integers(len(text))
            text[start : start + rng.integers(2)] = [rng.choice(marks)]
        try:
            points, notes = read_points("".join(text))
        except ValueError:
            continue
        good += 1
        assert notes
        assert np.abs(points.x).max() <= 6
        assert np.isfinite(points.targets).all()
    assert 200 < good < 1800


@pytest.mark.parametrize("text", ["1 2 a\n3 -4 b", "x  y label\n 1   2 a\n3\t-4 b\n"])
def test_blanks_part_cells_too(text):
    points, _ = read_points(text)
    np.testing.assert_array_equal(points.x, [[1, 2], [3, -4]])
    assert points.classes == 2
