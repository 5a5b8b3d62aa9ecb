"""Floating-point operations, counted by hand."""

import pytest

import nn


def test_the_seeds_network() -> None:
    # 784 * 128 = 100,352; 128 * 64 = 8,192; 64 * 10 = 640: together 109,184 weights.
    # Three products of 2 operations per weight are 655,104; the first layer needs no dL/dx: less
    # 2 * 100,352 = 200,704.
    assert nn.training_flops([784, 128, 64, 10]) == 454_400


def test_a_network_of_one_layer_has_no_gradient_of_its_input() -> None:
    assert nn.training_flops([3, 2]) == 2 * 2 * 6


def test_two_layers() -> None:
    # y = W x and dL/dW of both layers, 7 * 5 and 5 * 4 weights; dL/dx of the second.
    assert nn.training_flops([7, 5, 4]) == 2 * (2 * 35 + 2 * 20 + 20)


@pytest.mark.parametrize("widths", [[], [784], [784, 0], [784, -1, 10]])
def test_refuses_what_is_no_network(widths: list[int]) -> None:
    with pytest.raises(ValueError, match="width"):
        nn.training_flops(widths)
