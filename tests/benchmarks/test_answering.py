"""Whether a model answers averaged or alone is decided by images it has not learned from."""

import numpy as np
import pytest

import nn
from benchmarks import answering

SHIFT = nn.Averaging(1)


def make_network():
    """Says 1 if the first pixel is above 0.3: averaged over moved copies it hardly ever does."""
    network = nn.Network.mlp([9, 2], initializer="zeros", averaging=SHIFT, temperature=3.0)
    network.named_parameters()["0.weight"][1, 0] = 5
    network.named_parameters()["0.bias"][0] = 1.5
    return network


def images_and_labels(alone_is_right):
    """100 images with a bright first pixel, and what one of the two ways says of 90 of them."""
    images = np.zeros((100, 3, 3))
    images[:, 0, 0] = 0.5
    labels = np.full(100, int(alone_is_right))
    labels[:10] = 1 - labels[:10]
    return images, labels


@pytest.mark.parametrize(("alone_is_right", "chosen"), [(True, nn.ALONE), (False, SHIFT)])
def test_the_better_way_is_chosen(alone_is_right, chosen):
    network = make_network()
    choice = answering.choose(network, *images_and_labels(alone_is_right))
    assert network.averaging == chosen
    assert choice.better.mistakes == 10
    assert {choice.averaged.mistakes, choice.alone.mistakes} == {10, 90}


def test_it_is_calibrated_for_the_other_way():
    images, labels = images_and_labels(alone_is_right=True)
    network = make_network()
    answering.choose(network, images, labels)
    # 90 of 100 alike images are of class 1: calibrated, it says so.
    np.testing.assert_allclose(network.predict_proba(images)[:, 1], 0.9, atol=1e-3)
