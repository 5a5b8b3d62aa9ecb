"""What a training and an answer cost, counted by hand."""

import numpy as np
import pytest

import nn
from nn import cost
from nn.architectures import mlp_layers


def layers() -> list[nn.Layer]:
    """For 5 x 5 pixels: 3 x 3 places, 9 · 2 · 9 = 162 and 18 · 3 = 54 multiplications."""
    return [nn.Conv2d(1, 2, 3, 5), nn.ReLU(), nn.Flatten(2, 3), nn.Linear(18, 3)]


def test_an_answer_costs_its_multiplications_and_the_values_that_are_moved():
    # 9 patches of 9 values, 18 of each of the first layers, 3 of the last.
    expected = 162 + 54 + 64 * (81 + 3 * 18 + 3)
    assert cost.answer_cost(layers(), 25) == expected
    assert cost.answer_cost([nn.Branches([layers(), layers()])], 25) == 2 * expected


@pytest.mark.parametrize(("values", "images"), [(57, 1), (58, 1), (114, 2), (10**9, 512)])
def test_as_many_images_at_a_time_as_fit(monkeypatch, values, images):
    monkeypatch.setattr(cost, "VALUES", values)  # 18 + 18 + 18 + 3 = 57 for an image
    assert nn.Network(layers()).inference_batch == images


@pytest.mark.parametrize(
    ("values", "batch_size", "images"),
    [
        (137, 64, 1),  # 81 + 18 + 18 + 18 + 3 = 138 for an image
        (1379, 64, 9),
        (1379, 8, 8),
        (0, 64, 11),  # 20 for each of 20 + 57 parameters
    ],
)
def test_training_on_as_many_images_at_a_time_as_the_cache_holds(
    monkeypatch, values, batch_size, images
):
    monkeypatch.setattr(cost, "TRAINING_VALUES", values)
    monkeypatch.setattr(cost, "VALUES_PER_PARAMETER", 0 if values else 20)
    assert cost.training_images(layers(), 25, batch_size) == images
    whole = [nn.Branches([layers(), [nn.Linear(25, 3), nn.BatchNorm(3)]])]
    assert cost.training_images(whole, 25, batch_size) == batch_size


def test_one_image_with_many_copies_goes_through_in_parts(monkeypatch):
    options = {"averaging": nn.Averaging(2, 10), "seed": 3}
    image = np.random.default_rng(0).random((1, 25), np.float32)
    expected = nn.Network(layers(), **options).predict_logits(image)
    monkeypatch.setattr(cost, "VALUES", 4 * 57)  # 27 copies, four at a time
    network = nn.Network(layers(), **options)
    largest = 0

    def forward(x, training=False):
        nonlocal largest
        largest = max(largest, len(x))
        return nn.Network.forward(network, x, training)

    monkeypatch.setattr(network, "forward", forward)
    assert network.predict_logits(image) == pytest.approx(expected, abs=1e-6)
    assert largest == 4


def test_training_the_classic_network() -> None:
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
