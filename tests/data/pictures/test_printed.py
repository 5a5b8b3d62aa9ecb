"""Words that are printed beside a handwritten number."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from data import find_digits
from tests.data.pictures.test_numbers import picture, read, row_of


def sheet(word, place, size, *, colour=255):
    """Ink in [0, 1] of 253 with a word printed at a place."""
    image = Image.fromarray(np.uint8(255 * np.pad(row_of([2, 5, 3], np.random.default_rng(7)), 70)))
    ImageDraw.Draw(image).text(place, word, fill=colour, font=ImageFont.load_default(size))
    return np.asarray(image, np.float32) / 255


@pytest.mark.parametrize("place", [(8, 100), (8, 120), (110, 44), (110, 148)])
@pytest.mark.parametrize("word", ["Total", "EUR"])
def test_a_printed_word_is_left_out(word, place):
    ink = sheet(word, place, 28)
    paper = np.full(ink.shape, 235.0)
    assert read(picture(paper, ink)) == [2, 5, 3]


def test_where_it_is_is_told():
    ink = sheet("EUR", (8, 100), 28)
    (word,) = find_digits(picture(np.full(ink.shape, 235.0), ink)).left_out
    np.testing.assert_allclose(word, (10, 108, 62, 129), atol=4)


def test_small_digits_of_the_same_pen_are_no_print():
    image = Image.new("L", (360, 160))
    for left, height in ((20, 100), (100, 100), (190, 60), (250, 60)):
        box = left, 130 - height, left + 0.6 * height, 130
        ImageDraw.Draw(image).ellipse(box, outline=255, width=9)
    ink = np.asarray(image, np.float32) / 255
    assert read(picture(np.full(ink.shape, 235.0), ink)) == [0, 0, 0, 0]
