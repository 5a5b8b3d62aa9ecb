"""Pictures of 28 × 28 images."""

import io

import numpy as np
import pytest
from PIL import Image

from ui.figures.digits import digit_png


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)))


def test_each_pixel_becomes_a_crisp_square():
    image = np.arange(784, dtype=np.uint8).reshape(28, 28)
    shown = pixels(digit_png(image, enlarged=3))
    assert shown.shape == (84, 84)
    for i in range(3):
        for j in range(3):
            np.testing.assert_array_equal(shown[i::3, j::3], image)


def test_floats_are_shades_from_black_to_white():
    image = np.zeros((28, 28), np.float32)
    image[0, :3] = 1.0, 0.5, 0.2
    assert pixels(digit_png(image, enlarged=1))[0, :4].tolist() == [255, 128, 51, 0]


@pytest.mark.parametrize(
    "image",
    [np.zeros(784, np.uint8), np.full((2, 2), 1.5), np.full((2, 2), -0.1), np.full((2, 2), np.nan)],
)
def test_what_is_no_image_is_refused(image):
    with pytest.raises(ValueError, match="image must"):
        digit_png(image)
