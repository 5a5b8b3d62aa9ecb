"""What a network reads in images, as numbers and in words."""

import numpy as np
import pytest

import nn
from nn.labels import DIGITS
from ui.draw.reading import check_input, reads_numbers, recognise
from ui.draw.verdict import verdict

IMAGE = np.zeros((28, 28), np.float32)


def test_recognition_gives_one_probability_per_class_and_image():
    network = nn.Network.mlp([784, 16, 26])
    probabilities, _ = recognise(network, [IMAGE, IMAGE + 1])
    assert probabilities.shape == (2, 26)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    alone, _ = recognise(network, [IMAGE + 1])
    np.testing.assert_allclose(probabilities[1], alone[0], atol=1e-6)


def test_probabilities_are_those_at_the_networks_temperature():
    network = nn.Network.mlp([784, 2], initializer="zeros", temperature=2)
    network.named_parameters()["0.bias"][:] = [2 * np.log(3), 0]
    np.testing.assert_allclose(recognise(network, [IMAGE]).probabilities, [[0.75, 0.25]], atol=1e-6)


def test_without_an_image_there_is_nothing_to_recognise():
    probabilities, known = recognise(nn.Network.mlp([784, 10], max_energy=-5), [])
    assert probabilities.shape == (0, 10)
    assert known is None


def network_of_one_class(max_energy):
    """Its logit is 10 times the first pixel."""
    network = nn.Network.mlp([784, 1], initializer="zeros", max_energy=max_energy)
    network.named_parameters()["0.weight"][0, 0] = 10
    return network


def test_images_with_more_energy_than_those_of_the_validation_part_are_not_known():
    images = [np.full((28, 28), value, np.float32) for value in (0.1, 0.9)]
    assert recognise(network_of_one_class(-5.0), images).known.tolist() == [False, True]


def test_of_what_is_not_known_it_is_less_sure():
    network = nn.Network.mlp([784, 2])
    network.parameters[:] = 0
    network.named_parameters()["0.bias"][:] = [0, 3]
    (sure,) = recognise(network, [IMAGE]).probabilities
    network.max_energy = -4.0  # its own is -3.05
    (unsure,) = recognise(network, [IMAGE]).probabilities
    assert 0.5 < unsure[1] < sure[1] - 0.05


def test_a_network_that_was_not_calibrated_cannot_tell():
    assert recognise(network_of_one_class(None), [IMAGE]).known is None


def test_network_is_never_said_to_be_certain():
    network = nn.Network.mlp([784, 2])
    network.parameters[:] = 0
    network.named_parameters()["0.bias"][:] = [0, 100]
    assert verdict(recognise(network, [IMAGE]).probabilities, ["a", "b"]) == (
        "b",
        ">99.9\xa0% sure",
    )
    several = recognise(network, [IMAGE] * 3).probabilities
    assert verdict(several, ["a", "b"]) == ("bbb", ">99.9\xa0% sure")


def test_network_for_other_images_is_refused_in_words():
    with pytest.raises(ValueError, match="64 numbers and not the 784"):
        check_input(nn.Network.mlp([64, 16, 10]))
    check_input(nn.Network.mlp([784, 10]))


def test_only_a_network_for_the_ten_digits_reads_numbers():
    assert reads_numbers(list("0123456789"))
    assert not reads_numbers(list("01"))
    assert not reads_numbers(list("ABCDEFGHIJ"))


def test_digits_that_may_be_parted_wrongly_are_not_sure():
    network = nn.Network.mlp([784, 10])
    network.parameters[:] = 0
    network.named_parameters()["0.bias"][3] = 20
    assert verdict(recognise(network, [IMAGE] * 2, [1.0, 1.0]).probabilities, DIGITS)[0] == "33"
    # 0.8 + 0.2 / 10 each, 0.67 both.
    unsure = recognise(network, [IMAGE] * 2, [0.8, 0.8]).probabilities
    assert verdict(unsure, DIGITS)[0] == "33?"
    np.testing.assert_allclose(unsure.max(axis=1), 0.82, atol=1e-6)
