"""What a network reads in images, as numbers and in words."""

import numpy as np
import pytest

import nn
from ui.reading import answer, reads_numbers, recognise

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
    assert answer(recognise(network, [IMAGE]), ["a", "b"]) == ("b", ">99.9 % sure")
    assert answer(recognise(network, [IMAGE] * 3), ["a", "b"]) == ("bbb", ">99.9 % sure")


@pytest.mark.parametrize("images", [[], [IMAGE]])
def test_network_for_other_images_is_refused_in_words(images):
    network = nn.Network.mlp([64, 16, 10])
    with pytest.raises(ValueError, match="64 numbers and not the 784"):
        recognise(network, images)


def test_answer_names_the_winner_and_how_sure_it_is():
    assert answer(np.array([[0.02, 0.95, 0.03]]), ["a", "b", "c"]) == ("b", "95.0 % sure")


def test_answer_names_a_close_second():
    assert answer(np.array([[0.3, 0.1, 0.6]]), ["1", "4", "7"]) == (
        "7",
        "60.0 % sure, or else 1 (30.0 %)",
    )


def test_answer_of_a_network_with_one_class():
    assert answer(np.array([[1.0]]), ["cat"]) == ("cat", "100.0 % sure")


def test_a_number_is_as_sure_as_all_its_digits_together():
    # 0.9 · 0.8 · 0.95; the next best number has another second digit: 0.9 · 0.1 · 0.95.
    probabilities = np.array([[0.9, 0.05, 0.05], [0.1, 0.1, 0.8], [0.02, 0.95, 0.03]])
    assert answer(probabilities, ["3", "5", "8"]) == ("385", "68.4 % sure")


def test_a_number_has_a_close_second_too():
    # 0.9 · 0.5 = 0.45, or 0.9 · 0.4 = 0.36.
    probabilities = np.array([[0.9, 0.05, 0.05], [0.4, 0.1, 0.5]])
    assert answer(probabilities, ["3", "5", "8"]) == ("38", "45.0 % sure, or else 33 (36.0 %)")


def test_only_a_network_for_the_ten_digits_reads_numbers():
    assert reads_numbers(list("0123456789"))
    assert not reads_numbers(list("01"))
    assert not reads_numbers(list("ABCDEFGHIJ"))
