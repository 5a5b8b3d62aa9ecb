"""Small versions of pictures."""

import io

import numpy as np
from PIL import Image

from ui.figures.thumbnail import thumbnail_png


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
