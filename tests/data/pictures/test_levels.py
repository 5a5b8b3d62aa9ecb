"""How dark ink is: on photos taken in the dark, beside a shadow, in thin and in pale strokes."""

import numpy as np
import pytest

from data import NoDigit, find_digits
from tests.data.pictures.test_numbers import picture, read, row_of


def test_a_photo_taken_in_the_dark_is_read():
    rng = np.random.default_rng(10)
    ink = np.pad(row_of([4, 2], rng, margin=20), 40)
    y, x = np.mgrid[0 : ink.shape[0], 0 : ink.shape[1]]
    paper = 62 + 3 * np.sin(y / 60) * np.cos(x / 90)
    assert read(picture(paper, ink, dark=46)) == [4, 2]


@pytest.mark.parametrize("shadow", ["around", "beside"])
def test_a_shadow_does_not_set_the_level(shadow):
    rng = np.random.default_rng(11)
    ink = np.pad(row_of([3, 5, 0], rng, side=60, margin=8), ((60, 240), (150, 150)))
    y, x = np.mgrid[0 : ink.shape[0], 0 : ink.shape[1]]
    middle = {"around": (100, 250), "beside": (270, 200)}[shadow]
    far = ((y - middle[0]) / 60) ** 2 + ((x - middle[1]) / 170) ** 2
    light = 1 - 0.22 * np.exp(-far) - 0.3 * y / len(ink)
    paper = 200 * light + rng.normal(0, 3, ink.shape)
    assert read(picture(paper, ink, dark=60)) == [3, 5, 0]


def test_thin_pencil_strokes_on_a_large_sheet_are_read():
    rng = np.random.default_rng(12)
    ink = np.pad(row_of([2, 3], rng, side=70, margin=10), ((230, 230), (200, 200)))
    paper = 205 + rng.normal(0, 2, ink.shape)
    thin = np.clip((ink - 0.6) * 2.5, 0, 1)
    assert read(picture(paper, thin, dark=125)) == [2, 3]


def test_a_pale_digit_beside_a_dark_one_is_as_dark_in_its_image():
    rng = np.random.default_rng(13)
    ink = row_of([3, 2], rng)
    ink[:, ink.shape[1] // 2 :] *= 0.6
    dark, pale = find_digits(picture(np.full(ink.shape, 255.0), ink, dark=0))
    assert pale.image.max() == pytest.approx(dark.image.max(), abs=0.05)


def test_where_the_pen_skips_the_stroke_goes_on():
    rng = np.random.default_rng(16)
    ink = row_of([0, 5], rng)
    whole = find_digits(picture(215 + rng.normal(0, 3, ink.shape), ink))[0]
    ink[40:56, : ink.shape[1] // 2] *= 0.35
    pale = find_digits(picture(215 + rng.normal(0, 3, ink.shape), ink))[0]
    row = 14  # in the middle, where the ink is pale
    assert pale.image[row].sum() > 0.25 * whole.image[row].sum()


def test_what_is_as_large_as_a_digit_and_left_out_is_told():
    rng = np.random.default_rng(14)
    ink = np.pad(row_of([5, 2], rng, side=80, margin=4), ((100, 100), (150, 150)))
    ink[20:90, :30] = 1  # cut off by the edge
    digits = find_digits(picture(np.full(ink.shape, 235.0), ink))
    assert len(digits) == 2
    (box,) = digits.left_out
    assert (box.left, box.right) == pytest.approx((0, 30), abs=2)


def test_where_all_is_read_nothing_is_left_out():
    ink = row_of([6], np.random.default_rng(15))
    digits = find_digits(picture(np.full(ink.shape, 235.0), ink))
    assert digits.left_out == ()


def test_a_page_of_small_writing_beside_a_wide_mark_is_refused():
    pixels = np.full((800, 1000, 4), 255, np.uint8)
    pixels[100:132, 100:180, :3] = 0
    for top in range(200, 780, 45):
        for left in range(20, 980, 25):
            pixels[top : top + 32, left : left + 8, :3] = 0
    with pytest.raises(NoDigit) as caught:
        find_digits(pixels)
    assert caught.value.reason == "scattered"
