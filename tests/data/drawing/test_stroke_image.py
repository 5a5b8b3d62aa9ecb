"""A digit's strokes become an image like MNIST's."""

import numpy as np
import pytest

from data import from_strokes
from nn.augment.styles import stroke_widths
from tests.data.pictures.measures import box, centre_of_mass

# Strokes in pixels of a canvas, as a hand would make them.
ANGLES = np.linspace(0, 2 * np.pi, 60)
ZERO = [np.c_[150 + 50 * np.sin(ANGLES), 150 - 90 * np.cos(ANGLES)]]
FOUR = [
    np.array([[100.0, 40], [60, 150], [190, 150]]),
    np.array([[160.0, 90], [150, 240]]),
]
STEM = [np.array([[50.0, 20], [50, 220]])]


@pytest.mark.parametrize("strokes", [ZERO, FOUR, STEM])
@pytest.mark.parametrize(
    ("shift", "size", "pen_width"), [((-60, 35), 1, 20), ((0, 0), 0.3, 8), ((7.25, 0.5), 3, 40)]
)
def test_place_size_and_pen_of_strokes_do_not_matter(strokes, shift, size, pen_width):
    same = from_strokes([stroke * size + shift for stroke in strokes], pen_width)
    np.testing.assert_allclose(same, from_strokes(strokes, 12), atol=0.08)


@pytest.mark.parametrize("strokes", [ZERO, FOUR, STEM])
def test_strokes_fill_20_pixels_around_the_centre_of_mass(strokes):
    image = from_strokes(strokes, 20)
    assert image.shape == (28, 28)
    assert image.dtype == np.float32
    assert image.min() == 0
    assert 0.9 < image.max() <= 1
    assert max(box(image)) == 20
    for position in centre_of_mass(image):
        assert abs(position - 14) <= 0.5


def test_strokes_keep_their_slant_and_proportions():
    slanted = from_strokes([np.array([[140.0, 0], [100, 200]])], 20)
    # The line is (20 - 2.3) pixels high and a fifth as wide, plus its thickness of 2.3.
    assert box(slanted) == (20, np.ceil(17.7 / 5 + 2.3))
    assert slanted[:8].sum(0).argmax() > slanted[-8:].sum(0).argmax()
    wide = from_strokes([np.array([[0.0, 0], [200, 0], [200, 100], [0, 100], [0, 0]])], 20)
    assert box(wide) == (np.ceil(17.7 / 2 + 2.3), 20)


def test_strokes_are_as_thick_as_those_of_mnist(mnist_bytes):
    content = mnist_bytes["t10k-images-idx3-ubyte"][16 : 16 + 1000 * 784]
    typical = np.median(stroke_widths(np.frombuffer(content, np.uint8), 28))
    for strokes in (ZERO, FOUR):
        image = np.rint(255 * from_strokes(strokes, 30)).astype(np.uint8)
        assert stroke_widths(image, 28)[0] == pytest.approx(typical, rel=0.15)


def test_a_stroke_is_2_3_pixels_thick():
    image = from_strokes(STEM, 20)
    rows = np.flatnonzero(image.any(1))
    np.testing.assert_allclose(image[rows[3:-3]].sum(1), 2.3, atol=0.15)


@pytest.mark.parametrize(
    "dot", [[[80.0, 80]], [[80.0, 80], [80.02, 80]], [[80.0, 80], [83, 82], [80, 80]]]
)
def test_a_dot_stays_small(dot):
    image = from_strokes([np.array(dot)], 20)
    assert 0.9 < image.max() <= 1
    assert max(box(image)) <= 8
    assert image[14, 14] > 0.5


@pytest.mark.parametrize("strokes", [[], [np.empty((0, 2))], [[], []]])
def test_without_any_point_there_is_no_image(strokes):
    assert from_strokes(strokes, 20) is None


def test_an_empty_stroke_changes_nothing():
    np.testing.assert_array_equal(
        from_strokes([*ZERO, np.empty((0, 2))], 20), from_strokes(ZERO, 20)
    )
