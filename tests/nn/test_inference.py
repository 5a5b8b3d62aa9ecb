"""How long an answer takes and how much memory, before it is given."""

import numpy as np
import pytest

import nn
from nn import inference


def layers() -> list[nn.Layer]:
    """For 5 x 5 pixels: 3 x 3 places, 9 · 2 · 9 = 162 and 18 · 3 = 54 multiplications."""
    return [nn.Conv2d(1, 2, 3, 5), nn.ReLU(), nn.Flatten(2, 3), nn.Linear(18, 3)]


def test_an_answer_costs_its_multiplications_and_the_values_that_are_moved():
    # 9 patches of 9 values, 18 of each of the first layers, 3 of the last.
    cost = 162 + 54 + 64 * (81 + 3 * 18 + 3)
    assert inference.answer_cost(layers(), 25) == cost
    assert inference.answer_cost([nn.Branches([layers(), layers()])], 25) == 2 * cost


@pytest.mark.parametrize(("values", "images"), [(57, 1), (58, 1), (114, 2), (10**9, 512)])
def test_as_many_images_at_a_time_as_fit(monkeypatch, values, images):
    monkeypatch.setattr(inference, "VALUES", values)  # 18 + 18 + 18 + 3 = 57 for an image
    assert nn.Network(layers()).inference_batch == images


def test_one_image_with_many_copies_goes_through_in_parts(monkeypatch):
    options = {"test_time_shift": 2, "test_time_rotation": 10, "seed": 3}
    image = np.random.default_rng(0).random((1, 25), np.float32)
    expected = nn.Network(layers(), **options).predict_logits(image)
    monkeypatch.setattr(inference, "VALUES", 4 * 57)  # 27 copies, four at a time
    network = nn.Network(layers(), **options)
    largest = 0

    def forward(x, training=False):
        nonlocal largest
        largest = max(largest, len(x))
        return nn.Network.forward(network, x, training)

    monkeypatch.setattr(network, "forward", forward)
    assert network.predict_logits(image) == pytest.approx(expected, abs=1e-6)
    assert largest == 4
