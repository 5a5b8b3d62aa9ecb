"""The copied lines for gradients: those of the engine, whatever the layers are."""

import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import nn
from nn.explain.adversarial import Goal, fast_gradient_sign
from nn.explain.dreams import Dreamer, DreamSettings
from nn.explain.image_gradients import image_gradients
from tests.ui.inside.test_copied_code import LAYERS
from ui.inside.copied_code import IMPORTS, images_file, model_file
from ui.inside.copied_gradient import gradient_code
from ui.inside.dream_choice import DreamChoice
from ui.inside.dream_code import dream_code
from ui.inside.neuron_choice import neuron_layers
from ui.inside.trick_choice import TrickChoice
from ui.inside.trick_code import trick_code
from ui.inside.trick_work import FGSM

BENDS = [nn.LeakyReLU(), nn.Tanh(), nn.Sigmoid(), nn.GELU()]
NETWORKS = LAYERS | {
    "bends": lambda: nn.Network(
        [nn.Linear(784, 9), *[one for bend in BENDS for one in (bend, nn.Linear(9, 9))]], seed=1
    )
}


def export(network: nn.Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it the module that the lines import."""
    model = ModuleType("model")
    exec(model_file(network, "one"), model.__dict__)
    monkeypatch.setitem(sys.modules, "model", model)


@pytest.mark.parametrize("kind", NETWORKS)
def test_they_are_those_of_the_engine(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    network = NETWORKS[kind]()
    export(network, monkeypatch)
    x = np.random.default_rng(0).random((3, 784), np.float32)
    ends = [k for k, layer in enumerate(network.layers) if isinstance(layer, nn.Linear)]
    for place in (ends[0], ends[-1]):
        names: dict = {}
        exec(IMPORTS + gradient_code(network, place), names)
        found = names["gradients"](x, np.cos)
        expected = image_gradients(network, x, np.cos, place)
        scale = np.abs(expected).max()
        np.testing.assert_allclose(found, expected, atol=1e-4 * scale, err_msg=f"{kind} {place}")


@pytest.mark.parametrize("kind", NETWORKS)
def test_the_views_that_use_them_find_the_same_images(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    network = NETWORKS[kind]()
    export(network, monkeypatch)
    monkeypatch.chdir(tmp_path)
    image = np.random.default_rng(0).integers(0, 256, (28, 28), np.uint8)
    (tmp_path / "images.npz").write_bytes(images_file(image[None], np.ones(1), np.ones(1)))
    tricked: dict = {}
    exec(trick_code(network, TrickChoice(FGSM, Goal(1), 0)), tricked)
    expected = fast_gradient_sign(network, image, Goal(1)).images
    np.testing.assert_allclose(tricked["changed"], expected, atol=1e-6)
    settings = DreamSettings(steps=3)
    for layer in neuron_layers(network)[:: len(neuron_layers(network)) - 1]:
        dreamed: dict = {}
        exec(dream_code(network, DreamChoice(layer, 1, "grey", settings)), dreamed)
        dream = Dreamer(network, 1, layer.place, settings).dream("grey")
        np.testing.assert_allclose(np.concatenate(dreamed["frames"]), dream.frames, atol=1e-4)
