"""A part of a picture is read like a picture of its own."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from data import NoDigit, find_digits
from data.pictures.box import Box

LEFT, RIGHT = (60, 60, 110, 140), (400, 200, 450, 280)


@pytest.fixture
def rgba():
    image = Image.new("RGBA", (600, 400), "white")
    for box in (LEFT, RIGHT):
        ImageDraw.Draw(image).ellipse(box, outline="black", width=8)
    return np.asarray(image)


def test_only_what_lies_in_it_is_found_and_where_it_is_on_the_whole(rgba):
    assert len(find_digits(rgba)) == 2
    (digit,) = find_digits(rgba, part=Box(300, 120, 600, 400))
    np.testing.assert_allclose(digit.box, RIGHT, atol=2)


def test_a_part_without_a_digit_has_none(rgba):
    with pytest.raises(NoDigit, match="empty"):
        find_digits(rgba, part=Box(200, 200, 300, 300))


@pytest.mark.parametrize(
    "part", [Box(0, 0, 601, 400), Box(-1, 0, 10, 10), Box(10, 10, 10, 20), Box(20, 10, 10, 20)]
)
def test_it_must_lie_on_the_picture(rgba, part):
    with pytest.raises(ValueError, match=r"part must lie on the picture, \(0, 0, 600, 400\), got"):
        find_digits(rgba, part=part)
