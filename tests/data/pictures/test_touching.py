"""Digits that touch: the ways to cut them apart."""

import numpy as np
import pytest
from PIL import Image, ImageDraw
from scipy import ndimage

from data import find_digits
from data.pictures.box import Box
from data.pictures.touching import ways_to_part


def ink(*ellipses, size):
    image = Image.new("L", size)
    for box in ellipses:
        ImageDraw.Draw(image).ellipse(box, outline=255, width=6)
    return np.asarray(image, np.float32) / 255


def test_two_rings_that_touch_are_parted_where_they_do():
    ways = ways_to_part(ink((0, 0, 39, 59), (36, 0, 75, 59), size=(76, 60)))
    twos = [way for way in ways if len(way) == 2]
    left, right = min(twos, key=lambda way: abs(way[0].box.right - 38))
    np.testing.assert_allclose(left.box, (0, 0, 38, 60), atol=3)
    np.testing.assert_allclose(right.box, (38, 0, 76, 60), atol=3)


def test_zeros_that_have_a_side_in_common_are_parted_there():
    ways = ways_to_part(ink((0, 0, 39, 59), (34, 0, 73, 59), (68, 0, 107, 59), size=(108, 60)))
    threes = [[part.box.right for part in way] for way in ways if len(way) == 3]
    assert any(abs(first - 37) < 4 and abs(second - 71) < 4 for first, second, _ in threes)


def test_a_side_that_zeros_have_in_common_belongs_to_both():
    def is_closed(part):
        return ndimage.label(np.pad(part.ink, 1) < 0.5)[1] == 2

    ways = ways_to_part(ink((0, 0, 39, 59), (34, 0, 73, 59), size=(74, 60)))
    assert any(len(way) == 2 and all(map(is_closed, way)) for way in ways)


def test_a_stroke_that_joins_two_is_cut_in_two():
    image = Image.new("L", (66, 60))
    for line in ((3, 0, 3, 59), (62, 0, 62, 59), (3, 30, 62, 30)):
        ImageDraw.Draw(image).line(line, fill=255, width=6)
    joined = np.asarray(image, np.float32) / 255
    ways = ways_to_part(joined)
    assert ways
    for way in ways:
        assert sum(part.ink.sum() for part in way) == pytest.approx(joined.sum(), rel=0.02)


def test_digits_that_reach_over_each_other_are_parted_along_a_bent_way():
    image = Image.new("L", (84, 60))
    for line in ((3, 0, 3, 56, 54, 56), (30, 3, 80, 3, 80, 59), (3, 30, 80, 30)):
        ImageDraw.Draw(image).line(line, fill=255, width=6)
    ways = ways_to_part(np.asarray(image, np.float32) / 255)
    assert any(len(way) == 2 and way[0].box.right > 50 and way[1].box.left < 33 for way in ways)


def test_rings_that_lean_far_over_are_parted_along_their_slant():
    upright = ink((0, 0, 39, 59), (36, 0, 75, 59), size=(112, 60))
    leaning = np.stack([np.roll(row, 35 - round(0.6 * y)) for y, row in enumerate(upright)])
    twos = [way for way in ways_to_part(leaning) if len(way) == 2]
    # They overlap where no upright line parts them.
    assert any(
        way[0].box.right - way[1].box.left > 15
        and abs(way[0].ink.sum() - way[1].ink.sum()) < 0.1 * leaning.sum()
        for way in twos
    )


def test_the_end_of_a_stroke_is_no_part():
    ways = ways_to_part(ink((0, 0, 39, 59), (36, 0, 75, 59), size=(76, 60)))
    assert min(min(way[0].ink.sum(), way[-1].ink.sum()) for way in ways) > 0.04 * 60**2


def test_a_one_with_a_long_upstroke_is_not_parted():
    image = Image.new("L", (60, 80))
    ImageDraw.Draw(image).line((4, 50, 50, 4, 50, 76), fill=255, width=8, joint="curve")
    narrow = np.asarray(image, np.float32)[:, :54] / 255
    assert ways_to_part(narrow) == []


def test_boxes_are_on_the_whole_however_large_it_is():
    ways = ways_to_part(ink((0, 0, 199, 299), (195, 0, 395, 299), size=(396, 300)))
    assert any(
        len(way) == 2 and np.abs(np.subtract(way[1].box, (197, 0, 396, 300))).max() < 20
        for way in ways
    )
    assert max(len(part.ink) for way in ways for part in way) < 100


def test_of_a_mark_as_wide_as_high_no_more_than_two_parts_are_made():
    ways = ways_to_part(ink((0, 0, 19, 59), (18, 0, 38, 59), (37, 0, 57, 59), size=(58, 60)))
    assert {len(way) for way in ways} == {2}


def test_what_is_narrow_is_one_digit_unless_it_may_be_two():
    narrow = ink((0, 0, 29, 59), size=(30, 60))
    assert ways_to_part(narrow) == []
    assert {len(way) for way in ways_to_part(narrow, least_width=0.45)} == {2}


def test_of_a_straight_line_across_nothing_is_a_digit():
    assert ways_to_part(np.pad(np.ones((4, 80), np.float32), ((0, 56), (0, 0)))) == []


@pytest.mark.parametrize("several", [True, False])
def test_a_picture_of_them_offers_the_ways_only_where_it_may_be_a_number(several):
    image = Image.new("RGBA", (300, 200), "white")
    pen = ImageDraw.Draw(image)
    for left in (60, 124):
        pen.ellipse((left, 50, left + 70, 150), outline="black", width=10)
    (digit,) = find_digits(np.asarray(image), several=several)
    assert bool(digit.ways) == several
    for way in digit.ways:
        for part in way:
            assert part.image.shape == (28, 28)
            assert Box(58, 48, 198, 154).around(part.box) == Box(58, 48, 198, 154)
