"""The view "Backwards": which weight it follows, and what it shows of it."""

import numpy as np
import pytest

import data
import nn
from nn.explain.chain import Chain
from nn.explain.loss_trace import LossTrace
from tests.ui.inside.backwards_page import chain, shipped_network, stand_in
from tests.ui.inside.inside_page import inside, parameter, warnings
from ui.inside import parameters
from ui.inside.backwards_silent import why_silent
from ui.shared.number_text import number_text


@pytest.fixture
def boxes(monkeypatch):
    return stand_in(monkeypatch)


@pytest.fixture
def network(shipped):
    return shipped_network(shipped)


def weight(app):
    return [int(parameter(app, name)) for name in ("layer", "neuron", "input")]


def test_it_begins_where_the_first_layer_is_steepest(network, boxes):
    inside(view="backwards", image="5")
    expected = chain(network, 5)
    layer, neuron, input = expected.largest(0)
    picture = boxes.data["picture"]
    assert picture["chosen"] == input
    np.testing.assert_allclose(boxes.gradients(), expected.gradient(layer, neuron), rtol=1e-6)
    value = expected.gradient(layer, neuron)[input]
    assert boxes.data["rows"][-1]["value"] == pytest.approx(value, rel=1e-10)
    assert len(boxes.data["rows"]) == 5


def test_a_link_opens_its_weight_its_way_and_its_class(network, boxes):
    inside(view="backwards", layer="2", neuron="7", input="11", path="4", target="6")
    expected = chain(network, 0, 6)
    assert boxes.titles()[1:] == [
        'How the loss changes with the logit of "4"',
        "How the loss changes with neuron 7 of layer 2",
        "The weight from neuron 11 of layer 1 to neuron 7 of layer 2",
    ]
    value = expected.gradient(2, 7)[11]
    assert boxes.data["rows"][-1]["value"] == pytest.approx(value, rel=1e-10, abs=1e-18)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"layer": "1"}, "0, 2, 4"),
        ({"layer": "x"}, "layer"),
        ({"neuron": "30"}, "from 0 to 29"),
        ({"input": "784"}, "from 0 to 783"),
        ({"target": "10"}, "from 0 to 9"),
        ({"path": "20"}, "from 0 to 19"),
        ({"path": "3.10"}, "from 0 to 9"),
        ({"path": "a.b"}, "path"),
        ({"path": "²"}, "path"),
        ({"path": "9" * 5000}, "path"),
        ({"rate": "3"}, "0.001"),
    ],
)
def test_what_the_link_asks_for_and_is_not_there_is_said(network, boxes, query, said):
    app = inside(view="backwards", **query)
    assert said in warnings(app)
    assert next(iter(query)) in warnings(app)
    assert len(boxes.data["rows"]) == 5


def test_a_place_of_another_neuron_is_forgotten(network, boxes):
    app = inside(view="backwards", layer="0", neuron="3", place="17")
    next(box for box in app.number_input if box.label == "To neuron").set_value(5).run()
    assert (parameter(app, "neuron"), parameter(app, "place")) == ("5", None)


def test_another_weight_is_chosen_in_the_picture(network, boxes):
    app = inside(view="backwards", layer="0", neuron="3", path="2.5")
    boxes.send(app, "chosen", {"input": 400})
    assert weight(app) == [0, 3, 400]
    assert parameter(app, "path") == "2.5"
    assert boxes.data["picture"]["chosen"] == 400


@pytest.mark.parametrize(
    ("name", "value", "changed"),
    [
        ("chosen", {"input": 400}, {"input": "400"}),
        ("followed", {"level": 0, "neuron": 17}, {"path": "17"}),
        ("looked", {"layer": 2, "neuron": 19}, {"layer": "2", "neuron": "19"}),
    ],
)
def test_what_comes_in_one_message_with_a_fragments_word_counts(
    network, boxes, monkeypatch, name, value, changed
):
    app = inside(view="backwards", layer="0", neuron="3", input="300")
    monkeypatch.setattr(parameters, "_in_fragment", lambda: True)
    boxes.send(app, name, value)
    assert {one: parameter(app, one) for one in changed} == changed


def test_a_term_is_followed(network, boxes):
    app = inside(view="backwards", layer="0", neuron="3", input="400")
    boxes.send(app, "followed", {"level": 0, "neuron": 17})
    assert parameter(app, "path") == "17"
    assert "How the loss changes with neuron 17 of layer 2" in boxes.titles()
    boxes.send(app, "followed", {"level": 1, "neuron": 8})
    assert parameter(app, "path") == "17.8"
    assert 'How the loss changes with the logit of "8"' in boxes.titles()


def test_a_neuron_is_looked_at_in_its_own_view(network, boxes):
    app = inside(view="backwards", layer="0", neuron="3", input="400", path="2")
    boxes.send(app, "looked", {"layer": 2, "neuron": 19})
    chosen = [parameter(app, name) for name in ("view", "layer", "neuron", "input", "path")]
    assert chosen == ["neuron", "2", "19", None, None]


@pytest.mark.parametrize(("sent", "taken"), [(575, "575"), (576, None), (-1, None), ("7", None)])
def test_a_filter_is_looked_at_where_its_value_was_made(shipped, boxes, sent, taken):
    layers = [nn.Conv2d(1, 2, 5, 28), nn.ReLU(), nn.Flatten(2, 24), nn.Linear(1152, 10)]
    nn.save(nn.Network(layers, metadata={"dataset": "digits"}), shipped / "default.safetensors")
    app = inside(view="backwards", layer="3", neuron="3", input="600")
    assert boxes.data["rows"][-1]["boxes"][1]["look"] == {"layer": 0, "neuron": 1, "place": 24}
    boxes.send(app, "looked", {"layer": 0, "neuron": 1, "place": sent})
    assert [parameter(app, name) for name in ("view", "neuron", "place")] == ["neuron", "1", taken]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("chosen", value) for value in (None, 7, {}, {"input": 784}, {"input": -1})),
        *(("chosen", {"input": value}) for value in (True, "3", 1.5, [1])),
        *(("followed", value) for value in ({"level": 2, "neuron": 0}, {"level": 0, "neuron": 20})),
        *(("looked", value) for value in ({"layer": 1, "neuron": 0}, {"layer": 4, "neuron": 10})),
    ],
)
def test_what_no_browser_of_ours_sends_changes_nothing(network, boxes, name, value):
    app = inside(view="backwards", layer="0", neuron="3", input="400")
    boxes.send(app, name, value)
    assert weight(app) == [0, 3, 400]
    assert (parameter(app, "view"), parameter(app, "path")) == ("backwards", None)


def test_the_fields_choose_another_weight(network, boxes):
    app = inside(view="backwards", layer="0", neuron="3", input="400", path="2")
    app.number_input(key="backwards_neuron").set_value(4).run()
    assert weight(app) == [0, 4, 400]
    assert parameter(app, "path") is None
    app.number_input(key="backwards_input").set_value(401).run()
    assert weight(app) == [0, 4, 401]
    app.selectbox(key="backwards_layer").select(4).run()
    assert [parameter(app, name) for name in ("layer", "neuron", "input")] == ["4", None, None]
    assert boxes.data["picture"]["chosen"] == chain(network).largest(4)[2]


def test_the_largest_gradient_of_the_whole_network_is_found(network, boxes):
    app = inside(view="backwards", layer="0", neuron="3")
    next(one for one in app.button if one.label == "Largest gradient").click().run()
    assert weight(app) == list(chain(network).largest())


def test_the_wanted_class_is_that_of_the_image_until_another_is_chosen(network, boxes):
    app = inside(view="backwards", image="4")
    assert app.selectbox(key="backwards_target").value == data.load("digits").test_labels[4]
    app.selectbox(key="backwards_target").select(2).run()
    assert parameter(app, "target") == "2"
    assert boxes.data["rows"][0]["value"] == pytest.approx(chain(network, 4, 2).loss)


def test_a_drawing_is_wanted_to_be_what_it_is_read_as(network, boxes):
    from ui.inside.drawing_link import to_text

    drawn = data.load("digits").test_images[4]
    app = inside(view="backwards", image="drawing", drawing=to_text(drawn))
    answer = network.predict(drawn[np.newaxis])[0]
    assert app.selectbox(key="backwards_target").value == answer
    assert any("not known" in caption.value for caption in app.caption)


def test_of_a_convolution_the_places_are_shown(shipped, boxes):
    layers = [nn.Conv2d(1, 2, 5, 28), nn.ReLU(), nn.Flatten(2, 24), nn.Linear(1152, 10)]
    network = nn.Network(layers, metadata={"dataset": "digits"}, seed=2)
    nn.save(network, shipped / "default.safetensors")
    inside(view="backwards")
    assert len(boxes.data["rows"]) == 3  # begins with the layer whose chain can be drawn
    inside(view="backwards", layer="0", neuron="1", input="7")
    expected = chain(network).gradient(0, 1)[7]
    assert boxes.data["rows"][-1]["value"] == pytest.approx(expected, rel=1e-10)
    assert "576 places" in boxes.data["rows"][-1]["boxes"][0]["words"]


def test_a_neuron_that_nothing_flows_back_to_says_why(network, boxes):
    found = chain(network)
    off = int(np.flatnonzero(found.outputs(0) < 0)[0])
    inside(view="backwards", image="0", layer="0", neuron=str(off))
    z = number_text(found.outputs(0)[off])
    assert f"Neuron {off} of layer 1 is silent: its sum z = {z}" in boxes.data["picture"]["silent"]
    inside(view="backwards", image="0", layer="0", neuron=str(found.largest(0)[1]))
    assert boxes.data["picture"]["silent"] is None


def test_why_nothing_flows_back_is_found_where_it_is():
    layers = [nn.Linear(784, 2), nn.Sigmoid(), nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 10)]
    network = nn.Network(layers, dtype=np.float64, seed=1)
    dark = LossTrace.of_image(network, np.zeros((28, 28), np.uint8), 3)
    assert "All that goes into neuron 1 of layer 1 is 0" in why_silent(Chain(network, dark), 0, 1)
    layers[0].bias[:] = (0, 800)  # so far up that the slope is 0 in float64
    layers[4].weight[:, 1] = 0
    image = np.full((28, 28), 255, np.uint8)
    shut = Chain(network, LossTrace.of_image(network, image, 3))
    assert why_silent(shut, 0, 0) is None
    assert "slope behind neuron 1 of layer 1 is 0" in why_silent(shut, 0, 1)
    assert "to neuron 1 of layer 2 from the next layer" in why_silent(shut, 2, 1)
