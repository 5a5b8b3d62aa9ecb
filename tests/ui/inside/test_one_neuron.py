"""The view "One neuron": which one it shows, and what its address says."""

import base64

import numpy as np
import pytest

import data
from nn.explain.trace import trace
from tests.ui.inside.inside_page import Pad, inside, parameter, warnings
from tests.ui.inside.view_component import ViewComponent
from ui.inside import on_stage, one_neuron


@pytest.fixture
def neuron(monkeypatch) -> ViewComponent:
    Pad(monkeypatch)
    component = ViewComponent()
    monkeypatch.setattr(one_neuron, "_neuron", component)
    return component


def shown(neuron: ViewComponent) -> tuple[int, int]:
    return neuron.data["layer"], neuron.data["neuron"]


def test_it_begins_with_the_neuron_of_the_first_layer_with_the_largest_sum(network, neuron):
    inside(view="neuron", image="3")
    sums = trace(network, data.load("digits").test_images[3:4]).outputs[0][0]
    assert shown(neuron) == (0, sums.argmax())


def test_another_is_chosen_in_the_boxes_or_by_a_term(network, neuron):
    app = inside(view="neuron", layer="0", neuron="1")
    assert 'model.TENSORS["0.weight"][1]' in app.code[0].value
    assert shown(neuron) == (0, 1)
    next(box for box in app.number_input if box.label == "Neuron").set_value(2).run()
    assert shown(neuron) == (0, 2)
    box = next(box for box in app.selectbox if box.label == "Layer")
    box.select_index(len(box.options) - 1).run()
    last = neuron.data["layer"]
    assert last > 0
    assert parameter(app, "layer") == str(last)
    neuron.send(app, "opened", {"layer": 0, "neuron": 3})
    assert shown(neuron) == (0, 3)
    assert parameter(app, "neuron") == "3"


@pytest.mark.parametrize("sent", [None, "x", -1, 1, {"layer": 0}, {"layer": 0, "neuron": -1}])
def test_what_no_page_of_ours_sends_changes_nothing(network, neuron, sent):
    app = inside(view="neuron", layer="0", neuron="1")
    neuron.send(app, "opened", sent)
    neuron.send(app, "placed", sent)
    assert shown(neuron) == (0, 1)
    assert parameter(app, "place") is None


@pytest.mark.parametrize(
    "query", [{"layer": "5"}, {"layer": "0", "neuron": "-1"}, {"place": "1"}, {"place": "x"}]
)
def test_a_link_to_what_is_not_there_is_said(network, neuron, query):
    app = inside(view="neuron", **query)
    assert next(iter(query.keys() - {"layer"} or {"layer"})) in warnings(app)


def test_of_a_network_too_large_for_the_browser_it_gets_the_neuron(network, neuron, monkeypatch):
    monkeypatch.setattr(on_stage, "MOST_PARAMETERS", 0)
    inside(view="neuron", layer="0", neuron="1")
    sent = neuron.data["sent"]
    weights = np.frombuffer(base64.b64decode(sent["weights"]), np.float32)
    np.testing.assert_array_equal(weights, network.layers[0].weight[1])
    assert sent["bias"] == network.layers[0].bias[1]
