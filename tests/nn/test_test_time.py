"""Averages over small shifts."""

import numpy as np
import pytest

import nn
from nn.test_time import predict_proba_shifted


@pytest.fixture
def corner_reader():
    """A network for 3 x 3 images: class 1 grows with the upper left pixel, class 0 with none."""
    network = nn.Network.mlp([9, 2], initializer="zeros")
    network.named_parameters()["0.weight"][1, 0] = 4
    return network


def softmax_of(pixel):
    return np.array([1, np.exp(4 * pixel)]) / (1 + np.exp(4 * pixel))


def test_is_the_mean_over_all_places_up_to_the_shift(corner_reader):
    image = np.zeros((1, 3, 3))
    image[0, 0, 0], image[0, 1, 1], image[0, 2, 2] = 0.25, 0.5, 1
    # The upper left pixel of the nine copies: the pixels around the image's own, 0 outside.
    seen = [0, 0, 0, 0, 0.25, 0, 0, 0, 0.5]
    expected = np.mean([softmax_of(pixel) for pixel in seen], axis=0)
    np.testing.assert_allclose(predict_proba_shifted(corner_reader, image)[0], expected, rtol=1e-5)


def test_no_shift_is_the_plain_prediction(corner_reader):
    images = np.random.default_rng(0).random((5, 9))
    np.testing.assert_array_equal(
        predict_proba_shifted(corner_reader, images, 0), corner_reader.predict_proba(images)
    )


def test_images_of_bytes_are_taken_too(corner_reader):
    images = np.random.default_rng(0).integers(0, 256, (5, 3, 3), dtype=np.uint8)
    np.testing.assert_allclose(
        predict_proba_shifted(corner_reader, images),
        predict_proba_shifted(corner_reader, images / 255),
        rtol=1e-5,
    )


def test_images_that_are_not_square_are_refused():
    with pytest.raises(
        ValueError, match=r"images must be square to be shifted, got shape \(1, 10\)"
    ):
        predict_proba_shifted(nn.Network.mlp([10, 2]), np.zeros((1, 10)))
    with pytest.raises(ValueError, match="images must be square"):
        predict_proba_shifted(nn.Network.mlp([16, 2]), np.zeros((1, 2, 8)))


def test_images_that_are_not_moved_need_not_be_square():
    network, images = nn.Network.mlp([10, 2]), np.ones((3, 10))
    np.testing.assert_array_equal(
        predict_proba_shifted(network, images, shift=0), network.predict_proba(images)
    )


@pytest.mark.parametrize("shift", [-1, 4, 1.5, None])
def test_a_shift_that_leaves_nothing_of_the_image_is_refused(shift):
    with pytest.raises(ValueError, match="shift must be a whole number from 0 to 3"):
        predict_proba_shifted(nn.Network.mlp([16, 2]), np.zeros((1, 16)), shift)
