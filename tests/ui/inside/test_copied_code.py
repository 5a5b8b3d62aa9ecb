"""The lines that the views offer to copy: they say what the layers say, whatever the network."""

from types import ModuleType

import numpy as np
import pytest

import nn
from nn.explain.neurons import layer_outputs
from ui.inside.copied_code import model_file, outputs_code

LAYERS = {
    "dense": lambda: nn.Network.mlp([784, 5, 4, 3], seed=1, dropout=0.2, batch_norm=True),
    "convolutions": lambda: nn.Network(
        [
            nn.Conv2d(1, 3, 5, side=28),
            nn.ReLU(),
            nn.MaxPool2d(3, side=24),
            nn.Conv2d(3, 4, 3, side=12),
            nn.Tanh(),
            nn.Flatten(4, side=10),
            nn.Linear(400, 3),
        ],
        seed=1,
    ),
}


@pytest.mark.parametrize("kind", LAYERS)
def test_each_layer_says_the_same(kind: str) -> None:
    network = LAYERS[kind]()
    model = ModuleType("model")
    exec(model_file(network, "one"), model.__dict__)
    x = np.random.default_rng(0).random((3, 784), np.float32)
    for place in range(len(network.layers)):
        found = eval(outputs_code(network, place), {"model": model, "x": x})
        expected = layer_outputs(network, x, place)
        np.testing.assert_allclose(found, expected, atol=2e-6, err_msg=f"{kind}, layer {place}")
