"""Digits in a shadow at the edge of a photo and beside what lies there."""

import numpy as np
import pytest
from PIL import Image

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


@pytest.mark.parametrize("side", ["bottom", "left"])
def test_digits_that_a_shadow_at_the_edge_runs_into_are_read(side):
    ink = sheet_with([([3, 5, 0, 2], 60), ([2, 3], 180), ([5, 0, 3, 2], 320)])
    y, x = np.mgrid[0 : ink.shape[0], 0 : ink.shape[1]]
    depth = (y - 340) / 30 if side == "bottom" else (90 - x) / 20
    light = 1 - 0.35 / (1 + np.exp(-depth))
    grain = np.random.default_rng(22).normal(0, 2, ink.shape)
    assert numbers(picture(205 * light + grain, 0.45 * ink)) == ["3502", "23", "5032"]


def test_digits_that_touch_a_thing_at_the_edge_are_read():
    ink = sheet_with([([3, 5, 0, 2], 60), ([2, 3], 180), ([5, 0, 3, 6], 320)])
    paper = 215 + np.random.default_rng(23).normal(0, 2, ink.shape)
    paper[381:] = 40  # the digits end at 382
    assert numbers(picture(paper, ink, dark=60)) == ["3502", "23", "5036"]


def test_the_grain_of_a_table_is_no_ink():
    rng = np.random.default_rng(24)
    ink = sheet_with([([3, 5, 0, 2], 60), ([2, 3], 180)])
    paper = np.full(ink.shape, 215.0)
    wood = rng.normal(0, 1, (12, 100)).astype(np.float32)
    wood = np.asarray(Image.fromarray(wood).resize((400, 140), Image.Resampling.BICUBIC))
    paper[300:] = 110 + 12 * wood
    assert numbers(picture(paper, ink)) == ["3502", "23"]
