"""The copied lines for gradients: those of the engine, whatever the layers are."""

import sys
from types import ModuleType

import numpy as np
import pytest

import nn
from nn.explain.image_gradients import image_gradients
from tests.ui.inside.test_copied_code import LAYERS
from ui.inside.copied_code import IMPORTS, model_file
from ui.inside.copied_gradient import gradient_code

BENDS = [nn.LeakyReLU(), nn.Tanh(), nn.Sigmoid(), nn.GELU()]
NETWORKS = LAYERS | {
    "bends": lambda: nn.Network(
        [nn.Linear(784, 9), *[one for bend in BENDS for one in (bend, nn.Linear(9, 9))]], seed=1
    )
}


@pytest.mark.parametrize("kind", NETWORKS)
def test_they_are_those_of_the_engine(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    network = NETWORKS[kind]()
    model = ModuleType("model")
    exec(model_file(network, "one"), model.__dict__)
    monkeypatch.setitem(sys.modules, "model", model)
    x = np.random.default_rng(0).random((3, 784), np.float32)
    ends = [k for k, layer in enumerate(network.layers) if isinstance(layer, nn.Linear)]
    for place in (ends[0], ends[-1]):
        names: dict = {}
        exec(IMPORTS + gradient_code(network, place), names)
        found = names["gradients"](x, np.cos)
        expected = image_gradients(network, x, np.cos, place)
        scale = np.abs(expected).max()
        np.testing.assert_allclose(found, expected, atol=1e-4 * scale, err_msg=f"{kind} {place}")
