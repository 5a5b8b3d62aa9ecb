"""Pictures of one digit that were stretched to a square, as collections of digits hold them."""

import numpy as np
import pytest
from PIL import Image

from data import find_digits
from tests.data.pictures.ballpoint import drawn
from tests.data.pictures.test_numbers import read


def stretched(digit, seed, margin=0):
    """(28, 28 + margin, 4) uint8: a digit from edge to edge of a square, and paper beside it."""
    ink = drawn(digit, 0.1, np.random.default_rng(seed))
    rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    grey = np.asarray(Image.fromarray(np.uint8(255 - 255 * cut)).resize((28, 28)))
    grey = np.pad(grey, ((0, 0), (0, margin)), constant_values=255)
    return np.dstack([grey, grey, grey, np.full_like(grey, 255)])


def width(image):
    columns = np.flatnonzero((image > 0.1).any(axis=0))
    return columns[-1] + 1 - columns[0]


@pytest.mark.parametrize("digit", range(10))
def test_they_are_read(digit):
    assert read(stretched(digit, 0)) == [digit]


def test_one_is_made_narrow_and_its_box_is_where_it_is():
    (digit,) = find_digits(stretched(1, 0))
    assert width(digit.image) == pytest.approx(0.6 * 20, abs=1)
    assert digit.box.width >= 27
    (seen,) = find_digits(stretched(1, 0), several=False)
    assert width(seen.image) == pytest.approx(20, abs=1)


def test_on_a_picture_that_is_no_square_a_digit_is_as_wide_as_it_is():
    (digit,) = find_digits(stretched(1, 0, margin=1))
    assert width(digit.image) == pytest.approx(20, abs=1)
