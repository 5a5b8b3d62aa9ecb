"""Floating-point operations, counted by hand."""

import nn
from nn.architectures import mlp_layers


def test_the_seeds_network() -> None:
    # 784 * 128 = 100,352; 128 * 64 = 8,192; 64 * 10 = 640: together 109,184 weights.
    # Three products of 2 operations per weight are 655,104; the first layer needs no dL/dx: less
    # 2 * 100,352 = 200,704.
    assert nn.training_flops(mlp_layers([784, 128, 64, 10])) == 454_400


def test_a_network_of_one_layer_has_no_gradient_of_its_input() -> None:
    assert nn.training_flops([nn.Linear(3, 2)]) == 2 * 2 * 6


def test_two_layers() -> None:
    # y = W x and dL/dW of both layers, 7 * 5 and 5 * 4 weights; dL/dx of the second.
    assert nn.training_flops(mlp_layers([7, 5, 4])) == 2 * (2 * 35 + 2 * 20 + 20)


def test_each_of_several_networks_side_by_side_has_a_first_layer() -> None:
    rows = [[nn.Linear(7, 6), nn.ReLU(), nn.Linear(6, 3)], [nn.Linear(7, 3)]]
    assert nn.training_flops([nn.Branches(rows)]) == 2 * (2 * 42 + 3 * 18 + 2 * 21)
    assert nn.training_flops([nn.Branches(rows), nn.Linear(3, 2)]) == 2 * (180 + 3 * 6)
