"""What a network reads in images, as numbers and in words."""

import numpy as np
import pytest

import nn
from ui.reading import reads_numbers, recognise
from ui.verdict import verdict

IMAGE = np.zeros((28, 28), np.float32)


def test_recognition_gives_one_probability_per_class_and_image():
    network = nn.Network.mlp([784, 16, 26])
    probabilities = recognise(network, [IMAGE, IMAGE + 1])
    assert probabilities.shape == (2, 26)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(probabilities[1], recognise(network, [IMAGE + 1])[0], atol=1e-6)


def test_without_an_image_there_is_nothing_to_recognise():
    assert recognise(nn.Network.mlp([784, 10]), []).shape == (0, 10)


def test_network_is_never_said_to_be_certain():
    network = nn.Network.mlp([784, 2])
    network.parameters[:] = 0
    network.named_parameters()["0.bias"][:] = [0, 100]
    assert verdict(recognise(network, [IMAGE]), ["a", "b"]) == ("b", ">99.9 % sure")
    assert verdict(recognise(network, [IMAGE] * 3), ["a", "b"]) == ("bbb", ">99.9 % sure")


@pytest.mark.parametrize("images", [[], [IMAGE]])
def test_network_for_other_images_is_refused_in_words(images):
    network = nn.Network.mlp([64, 16, 10])
    with pytest.raises(ValueError, match="64 numbers and not the 784"):
        recognise(network, images)


def test_only_a_network_for_the_ten_digits_reads_numbers():
    assert reads_numbers(list("0123456789"))
    assert not reads_numbers(list("01"))
    assert not reads_numbers(list("ABCDEFGHIJ"))
