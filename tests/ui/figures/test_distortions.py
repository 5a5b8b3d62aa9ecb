"""Images beside distorted copies, as one picture."""

import io

import numpy as np
import pytest
from PIL import Image

from ui.figures.distortions import ENLARGED, GAP, distortions_png


def test_every_image_is_where_it_belongs_and_the_gaps_are_clear():
    images = np.random.default_rng(0).integers(0, 256, (2, 3, 5, 4)).astype(np.uint8)
    picture = np.asarray(Image.open(io.BytesIO(distortions_png(images))))
    assert picture.shape == ((5 + GAP + 5) * ENLARGED, (3 * 4 + 3 * GAP + GAP) * ENLARGED, 2)
    small = picture[::ENLARGED, ::ENLARGED]
    lefts = (0, 4 + 3 * GAP, 4 + 3 * GAP + 4 + GAP)  # a wider gap behind the originals
    shown = np.zeros(small.shape[:2], bool)
    for row, top in enumerate((0, 5 + GAP)):
        for column, left in enumerate(lefts):
            place = np.s_[top : top + 5, left : left + 4]
            np.testing.assert_array_equal(small[place][..., 0], images[row, column])
            shown[place] = True
    np.testing.assert_array_equal(small[..., 1], np.where(shown, 255, 0))


@pytest.mark.parametrize(
    "images",
    [np.zeros((2, 28, 28), np.uint8), np.zeros((1, 1, 2, 2)), np.zeros((0, 1, 2, 2), "u1")],
)
def test_what_are_no_images_is_refused(images):
    with pytest.raises(ValueError, match="images must be uint8 of shape"):
        distortions_png(images)
