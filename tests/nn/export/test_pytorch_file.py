"""The program for PyTorch."""

import numpy as np
import pytest

import data
import nn
from tests.nn.export.networks import (
    NETWORKS,
    SHIPPED,
    assert_same,
    every_activation,
    images_for,
    program,
)

torch = pytest.importorskip("torch")


@pytest.mark.parametrize("name", NETWORKS)
def test_it_answers_as_the_network_does(name, tmp_path):
    network = NETWORKS[name]()
    images = images_for(network)
    assert_same(program(network, "pytorch", tmp_path)["probabilities"](images), network, images)


def test_a_model_that_ships_reads_test_images_as_it_does_here(tmp_path):
    network, images = nn.load(SHIPPED), data.load("digits").test_images[:20] / np.float32(255)
    assert_same(program(network, "pytorch", tmp_path)["probabilities"](images), network, images)


def test_the_network_is_ready_to_answer_and_can_be_trained(tmp_path):
    names = program(every_activation(), "pytorch", tmp_path)
    network = names["network"]
    assert not network.training  # no dropout
    network(torch.rand(3, 8, 8)).sum().backward()
    assert all(parameter.grad.abs().sum() > 0 for parameter in network.parameters())


def test_dropout_and_momentum_are_those_of_the_training(tmp_path):
    layers = [nn.Linear(9, 4), nn.BatchNorm(4, momentum=0.3), nn.Dropout(0.2), nn.Linear(4, 2)]
    network = program(nn.Network(layers), "pytorch", tmp_path)["network"]
    _, norm, dropout, _ = network.layers
    assert (norm.momentum, dropout.p) == (0.3, 0.2)
