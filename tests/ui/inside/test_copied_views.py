"""The lines that Activations, One neuron and Why offer to copy, against the engine."""

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import nn
from nn.explain.attribution import Target, gradient_times_input, integrated_gradients, occlusion
from nn.explain.deletion import deletion_curves, most_important_first
from nn.explain.neurons import layer_outputs, neuron_layers
from nn.explain.surgery import Operation, operated_probabilities
from tests.ui.inside.inside_page import numbers
from tests.ui.inside.test_copied_code import LAYERS
from ui.inside.activations_code import activations_code
from ui.inside.copied_code import images_file, model_file
from ui.inside.one_neuron_code import one_neuron_code
from ui.inside.why_code import why_code
from ui.inside.why_maps import Question

IMAGE = np.random.default_rng(0).integers(0, 256, (28, 28), np.uint8)


@pytest.fixture(params=LAYERS)
def network(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> nn.Network:
    """One of which the files lie there."""
    network: nn.Network = LAYERS[request.param]()
    model = ModuleType("model")
    exec(model_file(network, "one"), model.__dict__)
    monkeypatch.setitem(sys.modules, "model", model)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "images.npz").write_bytes(images_file(IMAGE[None], np.ones(1), np.ones(1)))
    return network


def ran(code: str, capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, Any], str]:
    """What the names mean after these lines, and what they print."""
    names: dict[str, Any] = {}
    with np.printoptions(threshold=sys.maxsize, linewidth=1000):
        exec(code, names)
    return names, capsys.readouterr().out


def test_activations(network: nn.Network, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = neuron_layers(network)[:2]
    off = [(first.index, 1), (second.index, 0), (second.index, 2)]
    found = numbers(ran(activations_code(network, off), capsys)[1])
    cuts = [Operation("cut", first.index, [1]), Operation("cut", second.index, [0, 2])]
    expected = operated_probabilities(network, IMAGE[None], cuts, {})[0]
    np.testing.assert_allclose(found[-3:], expected, atol=1e-5)
    said = layer_outputs(network, IMAGE[None], first.end).reshape(-1, first.units).T.copy()
    said[1] = 0
    np.testing.assert_allclose(found[: said.size], said.ravel(), atol=1e-5)


@pytest.mark.parametrize("layer", [0, 1, -1])
def test_one_neuron(network: nn.Network, layer: int, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = neuron_layers(network)[layer]
    sums, said = (
        layer_outputs(network, IMAGE[None], place).reshape(-1, chosen.units)[:, 2]
        for place in (chosen.index, chosen.end)
    )
    for at in (None, len(sums) // 2):
        code = one_neuron_code(network, chosen.index, 2, at)
        names, printed = ran(code, capsys)
        bias = network.named_parameters()[f"{chosen.index}.bias"][2]
        expected = sums.max() if at is None else sums[at]
        assert names["terms"].sum() + bias == pytest.approx(expected, abs=1e-4)
        assert numbers(printed.splitlines()[-1])[-1] == pytest.approx(said[-1], abs=1e-4)


def test_why(network: nn.Network, capsys: pytest.CaptureFixture[str]) -> None:
    question = Question(0, 2, 5, "grey")
    names, printed = ran(why_code(network, question), capsys)
    target = Target(question.target, question.contrast)
    expected = [
        gradient_times_input(network, IMAGE, target),
        integrated_gradients(network, IMAGE, target),
        occlusion(network, IMAGE, target, question.patch, question.fill),
    ]
    for shares, one in zip(names["maps"].values(), expected, strict=True):
        np.testing.assert_allclose(shares, one.pixels, atol=2e-4 * np.abs(one.pixels).max())
    order = most_important_first(names["maps"]["occlusion"])
    curve = deletion_curves(network, IMAGE, [order], question.target)[0]
    np.testing.assert_allclose(numbers(printed.rpartition("]]")[2]), curve.probabilities, atol=1e-4)
