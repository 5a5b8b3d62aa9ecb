"""The view "Activations": what its walls are given, and what a visitor does with them."""

import base64

import numpy as np
import pytest

import data
import nn
from nn.explain.trace import trace
from tests.ui.inside.inside_page import Pad, inside, parameter, warnings
from tests.ui.inside.view_component import ViewComponent
from ui.inside import activations, on_stage, switched_off

NOTHING = {"chosen": None, "off": []}


@pytest.fixture
def walls(monkeypatch) -> ViewComponent:
    Pad(monkeypatch)
    component = ViewComponent()
    monkeypatch.setattr(activations, "_walls", component)
    return component


def test_what_is_chosen_and_what_is_off_stand_in_the_address(network, walls):
    app = inside(view="activations", place="3")
    assert (walls.data["chosen"], walls.data["off"]) == (None, [])
    sent = {"chosen": {"layer": 0, "neuron": 3}, "off": [[0, 1], [0, 2]]}
    walls.send(app, "chosen", sent)
    assert [parameter(app, name) for name in ("layer", "neuron", "off")] == ["0", "3", "0.1-0.2"]
    assert parameter(app, "place") is None  # it was of another neuron
    assert walls.data["chosen"] == {"layer": 0, "neuron": 3}
    assert walls.data["off"] == [(0, 1), (0, 2)]
    assert "h[:, [1, 2]] = 0" in app.code[0].value
    walls.send(app, "chosen", NOTHING)
    assert parameter(app, "layer") is parameter(app, "off") is None


def test_a_neuron_opens_in_the_next_view(network, walls):
    app = inside(view="activations")
    walls.send(app, "opened", {"layer": 0, "neuron": 2, "off": [[0, 1]]})
    found = [parameter(app, name) for name in ("view", "layer", "neuron", "off")]
    assert found == ["neuron", "0", "2", "0.1"]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        7,
        {"chosen": 3, "off": 3},
        {"chosen": {"layer": 1, "neuron": 0}, "off": [[9, 9], 4, ["0", None]]},
        {"chosen": {"layer": 0, "neuron": -1}, "off": [[[], {}]]},
        {"chosen": {"layer": [], "neuron": {}}, "off": {"a": 1}},
        {"chosen": {"layer": 0, "neuron": 10**9}, "off": None},
    ],
)
def test_what_no_page_of_ours_sends_changes_nothing(network, walls, sent):
    app = inside(view="activations")
    walls.send(app, "chosen", sent)
    walls.send(app, "opened", sent)
    assert parameter(app, "layer") is parameter(app, "off") is None
    assert parameter(app, "view") == "activations"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"layer": "1"}, "layers with neurons"),
        ({"layer": "x", "neuron": "0"}, "layers with neurons"),
        ({"layer": "0", "neuron": "99999"}, "neuron"),
        ({"off": "0.1-0.99999"}, "switches off"),
        ({"off": "2.1"}, "switches off"),  # a logit
    ],
)
def test_a_link_to_what_is_not_there_is_said(network, walls, query, words):
    app = inside(view="activations", **query)
    assert words in warnings(app)
    assert walls.data["chosen"] is None
    assert walls.data["off"] == ([(0, 1)] if "-" in query.get("off", "") else [])


def test_no_more_are_off_than_an_address_holds(network, walls, monkeypatch):
    monkeypatch.setattr(switched_off, "MOST", 2)
    app = inside(view="activations", off="0.1-0.2-0.3")
    assert "switches off 3 neurons. Only 2" in warnings(app)
    assert walls.data["off"] == [(0, 1), (0, 2)]
    walls.send(app, "chosen", {"chosen": None, "off": [[0, 3], [0, 4], [0, 5]]})
    assert parameter(app, "off") == "0.3-0.4"


def test_a_neuron_that_is_named_twice_is_off_once(network, walls):
    app = inside(view="activations", off="0.1-0.2-0.1")
    assert walls.data["off"] == [(0, 1), (0, 2)]
    walls.send(app, "chosen", {"chosen": None, "off": [[0, 3], [0, 3]]})
    assert parameter(app, "off") == "0.3"


def test_of_a_network_too_large_for_the_browser_it_gets_the_values(network, walls, monkeypatch):
    monkeypatch.setattr(on_stage, "MOST_PARAMETERS", 0)
    app = inside(view="activations", off="0.1")
    assert any("too large for the browser" in caption.value for caption in app.caption)
    image = data.load("digits").test_images[:1]
    sent = walls.data["trace"]
    assert walls.data["off"] == []  # it can't leave a neuron out
    for text, values in zip(sent["outputs"], trace(network, image).outputs, strict=True):
        got = np.frombuffer(base64.b64decode(text), np.float32)
        np.testing.assert_allclose(got, values[0], atol=1e-6)


@pytest.mark.parametrize(
    ("off", "words"),
    [
        ("0.1", "A filter is"),
        ("0.1-0.3", "2 filters are"),
        ("0.1-0.1", "A filter is"),
        ("3.1", "A neuron is"),
        ("3.1-3.2", "2 neurons are"),
        ("0.1-3.1", "2 neurons are"),
    ],
)
def test_other_views_say_that_what_is_off_is_on_there(network, shipped, walls, off, words):
    layers = [
        nn.Conv2d(1, 4, 3, 28),
        nn.ReLU(),
        nn.MaxPool2d(4, 26),
        nn.Linear(4 * 13 * 13, 8),
        nn.ReLU(),
        nn.Linear(8, 10),
    ]
    filters = nn.Network(layers, metadata=network.metadata)
    nn.save(filters, shipped / "default.safetensors")
    app = inside(view="neuron", off=off)
    assert f"{words} switched off in Activations. Here all of them are on." in [
        caption.value for caption in app.caption
    ]
    app = inside(view="activations", off=off)
    assert not any("switched off in" in caption.value for caption in app.caption)
