"""Digits in a shadow at the edge of a photo and beside what lies there."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from data import find_digits
from tests.data.pictures.test_numbers import NETWORK, picture, row_of


def sheet_with(rows, size=(440, 400)):
    """Ink in [0, 1] of rows of digits on a sheet, (height, width)."""
    rng = np.random.default_rng(21)
    ink = np.zeros(size)
    for digits, top in rows:
        row = row_of(digits, rng, side=70, margin=8)
        left = 60 if row.shape[1] > 200 else 150
        ink[top : top + 70, left : left + row.shape[1]] = row
    return ink


def numbers(rgba):
    """What is read in each row."""
    digits = find_digits(rgba)
    read = NETWORK.predict_proba(np.stack([digit.image for digit in digits])).argmax(1)
    rows = [""] * (1 + digits[-1].row)
    for digit, answer in zip(digits, read, strict=True):
        rows[digit.row] += str(answer)
    return rows


def shadow(size, depth, light=0.5):
    """Paper with a shadow where `depth` is above 0, paler towards its edge."""
    return 205 * (1 - (1 - light) / (1 + np.exp(-depth / 8))) * np.ones(size)


@pytest.mark.parametrize("side", ["bottom", "left"])
def test_digits_that_a_shadow_at_the_edge_runs_into_are_read(side):
    ink = sheet_with([([3, 5, 0, 2], 60), ([2, 3], 180), ([5, 0, 3, 2], 320)])
    y, x = np.mgrid[0 : ink.shape[0], 0 : ink.shape[1]]
    grain = np.random.default_rng(22).normal(0, 2, ink.shape)
    paper = shadow(ink.shape, y - 340 if side == "bottom" else 100 - x) + grain
    assert numbers(picture(paper, 0.55 * ink, dark=0)) == ["3502", "23", "5032"]


def test_digits_that_touch_a_thing_at_the_edge_are_read():
    ink = sheet_with([([3, 5, 0, 2], 60), ([2, 3], 180), ([5, 0, 3, 6], 320)])
    rng = np.random.default_rng(23)
    paper = 215 + rng.normal(0, 2, ink.shape)
    paper[381:] = 22 + rng.normal(0, 16, paper[381:].shape)  # the digits end at 382
    assert numbers(picture(paper, ink, dark=60)) == ["3502", "23", "5036"]


def surface(kind, shape, rng):
    """Something with a texture, (h, w) in [0, 255]."""

    def blotchy(size, width):
        cells = rng.normal(0, 1, (shape[0] // size, shape[1] // width)).astype(np.float32)
        return np.asarray(Image.fromarray(cells).resize(shape[::-1], Image.Resampling.BICUBIC))

    if kind == "stone":
        return 140 + 25 * blotchy(9, 9) + 25 * blotchy(18, 18)
    if kind == "wood":
        return 120 + 25 * blotchy(9, 40)
    return 160 - 60 * (blotchy(20, 20) > 0.8) + 10 * blotchy(30, 30)  # spotted


@pytest.mark.parametrize("kind", ["stone", "wood", "spotted"])
@pytest.mark.parametrize("seed", range(3))
def test_the_texture_of_what_lies_at_the_edge_is_no_digit(kind, seed):
    ink = sheet_with([([3, 5, 0, 2], 60), ([2, 3], 180)])
    paper = np.full(ink.shape, 215.0)
    paper[280:] = surface(kind, (160, 400), np.random.default_rng(seed))
    assert numbers(picture(paper, ink)) == ["3502", "23"]


def ring(box, width, ink=1.0):
    """Ink of an ellipse, (440, 400)."""
    image = Image.new("L", (400, 440))
    ImageDraw.Draw(image).ellipse(box, outline=255, width=width)
    return ink * np.asarray(image, np.float32) / 255


ZERO = (180, 340, 220, 394)
OTHERS = {
    "lower": ring((180, 340, 210, 374), 6),
    "higher": ring((180, 320, 230, 425), 6),
    "thicker": ring((180, 340, 204, 394), 12),
    "thinner": ring(ZERO, 2),
    "paler": ring(ZERO, 6, 0.6),
    "among dirt": ring(ZERO, 6) + sum(ring((x, 350, x + 10, 364), 4) for x in (60, 100, 280)),
}


@pytest.mark.parametrize("what", OTHERS)
def test_what_is_unlike_the_digits_in_a_shadow_is_none(what):
    ink = sheet_with([([3, 5, 0, 2], 60), ([2, 3], 180)])
    paper = shadow(ink.shape, np.arange(440)[:, None] - 310)
    for x in (30, 80, 300, 350):
        paper[350:354, x : x + 4] = 10  # dirt
    assert numbers(picture(paper, 0.8 * (ink + ring(ZERO, 6)), dark=0)) == ["3502", "23", "0"]
    assert numbers(picture(paper, 0.8 * (ink + OTHERS[what]), dark=0)) == ["3502", "23"]


def test_on_a_rough_surface_no_stroke_is_surely_a_digit():
    ink = sheet_with([([3, 5, 0, 2], 60), ([2, 3], 180)])
    cells = np.random.default_rng(0).normal(0, 14, (110, 100)).astype(np.float32)
    rough = np.asarray(Image.fromarray(cells).resize((400, 440), Image.Resampling.BICUBIC))
    paper = np.where(np.arange(440)[:, None] > 300, 140 + rough, 205)
    assert numbers(picture(paper, 0.8 * (ink + ring(ZERO, 6)), dark=0)) == ["3502", "23"]
