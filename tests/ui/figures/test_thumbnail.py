"""Small versions of pictures."""

import io

import numpy as np
import pytest
from PIL import Image

from ui.figures.thumbnail import framed, thumbnail_png


def test_long_picture_keeps_its_proportions_and_its_transparency():
    rgba = np.zeros((100, 400, 4), np.uint8)
    rgba[:, 200:] = (255, 0, 0, 255)
    small = Image.open(io.BytesIO(thumbnail_png(rgba, 80)))
    assert small.size == (80, 20)
    assert small.getpixel((5, 10))[3] == 0
    assert small.getpixel((75, 10)) == (255, 0, 0, 255)


def test_small_picture_is_not_enlarged():
    small = Image.open(io.BytesIO(thumbnail_png(np.zeros((10, 20, 4), np.uint8), 80)))
    assert small.size == (20, 10)


def test_frame_lies_around_its_box_and_not_over_it():
    rgba = np.full((400, 800, 4), (0, 0, 0, 255), np.uint8)
    small = framed(rgba, [(200, 100, 400, 300)], 200)
    assert small.shape == (100, 200, 4)
    coloured = small[..., :3].any(axis=2)
    # The box is at (50, 25) to (100, 75) of the small picture.
    assert not coloured[25:75, 50:100].any()
    rows, columns = np.nonzero(coloured)
    assert 15 <= rows.min() < 25
    assert 75 <= rows.max() < 85
    assert 40 <= columns.min() < 50
    assert 100 <= columns.max() < 110
    assert (rgba[..., :3] == 0).all()


@pytest.mark.parametrize("box", [(0, 0, 20, 10), (19, 9, 20, 10)])
def test_frame_stays_inside_the_picture(box):
    small = framed(np.zeros((10, 20, 4), np.uint8), [box], 80)
    assert small.shape == (10, 20, 4)
    assert small.any()
