"""The page Inside: which network and which image it shows, and what its address says."""

import json

import numpy as np
import pytest

import data
import nn
from tests.ui.inside.inside_page import inside, parameter, texts, warnings
from ui.components.network_views import pixels_text
from ui.inside.browser_network import network_id
from ui.inside.drawing_link import from_text, to_text
from ui.shared import address

A_ONE = [[[140.0, 40.0 + 10 * step] for step in range(20)]]


def button(app, label):
    return next(button for button in app.button if button.label == label)


def test_it_begins_with_the_first_test_image_and_says_what_the_network_reads(ship, pad):
    ship(always="4", logit=3)
    inside()
    digits = data.load("digits")
    assert pad.data["image"] == pixels_text(digits.test_images[0])
    assert pad.data["label"] == str(digits.test_labels[0])
    # softmax of one logit 3 among nine 0
    assert pad.data["probabilities"][4] == pytest.approx(np.e**3 / (np.e**3 + 9), rel=1e-5)
    assert "default" in pad.data["network"]


def test_a_link_opens_its_image(ship, pad):
    ship()
    inside(image="17")
    assert pad.data["image"] == pixels_text(data.load("digits").test_images[17])
    assert "17" in pad.data["name"]


def test_an_image_of_another_number_is_chosen_and_stands_in_the_address(ship, pad):
    ship()
    app = inside()
    app.number_input[0].set_value(23).run()
    assert parameter(app, "image") == "23"
    assert pad.data["image"] == pixels_text(data.load("digits").test_images[23])


def test_a_mistake_is_one_and_the_next_another(ship, pad):
    ship(always="4", logit=3)
    app = inside()
    labels, seen = data.load("digits").test_labels, set()
    for _ in range(3):
        button(app, "A mistake").click().run()
        seen.add(int(parameter(app, "image")))
        assert labels[int(parameter(app, "image"))] != 4
    assert len(seen) == 3


def test_least_sure_is_the_image_of_the_lowest_confidence(ship, pad, shipped):
    ship(seed=3)
    network = nn.load(shipped / "default.safetensors")
    confidence = network.predict_proba(data.load("digits").test_images).max(axis=1)
    app = inside()
    button(app, "Least sure").click().run()
    assert int(parameter(app, "image")) == confidence.argmin()


@pytest.mark.parametrize("image", ["-1", "355", "1.5", "x", "²", "9" * 30, "9" * 5000])
def test_an_image_that_is_not_there_is_said(ship, pad, image):
    ship(always="4", logit=3)
    app = inside(image=image)
    assert "image" in warnings(app)
    assert "354" in warnings(app)
    assert pad.data["image"] == pixels_text(data.load("digits").test_images[0])
    assert app.number_input[0].value == 0


@pytest.mark.parametrize("image", ["355", "x"])
def test_from_an_image_that_is_not_there_the_buttons_lead_to_one(ship, pad, image):
    ship(always="4", logit=3)
    app = inside(image=image)
    for label in ("A mistake", "Least sure"):
        app.query_params["image"] = image
        app.run()
        button(app, label).click().run()
        assert not app.exception
        assert warnings(app) == ""
        assert pad.data["name"].endswith(f"image {parameter(app, 'image')}")


def test_a_network_without_mistakes_says_of_how_many_images(ship, pad, monkeypatch):
    first = int(data.load("digits").test_labels[0])
    monkeypatch.setattr("ui.inside.image_search.MOST_IMAGES", 1)
    ship(always=str(first), logit=3)
    app = inside()
    button(app, "A mistake").click().run()
    assert "reads the first 1 test images right" in app.toast[0].value
    assert parameter(app, "image") is None


@pytest.mark.parametrize("classes", [5, 12])
@pytest.mark.parametrize("view", ["activations", "neuron", "backwards", "why"])
def test_a_network_of_other_classes_than_its_data_gets_no_test_image(shipped, pad, view, classes):
    network = nn.Network.mlp([784, 6, classes], seed=1, metadata={"dataset": "digits"})
    nn.save(network, shipped / "default.safetensors")
    app = inside(view=view, image="3")
    assert (pad.data["label"], len(pad.data["probabilities"])) == (None, classes)
    said = " ".join(caption.value for caption in app.caption)
    assert f"{classes} classes" in said
    assert "draw one" in said
    pad.draw(app, A_ONE)
    assert not app.exception
    assert parameter(app, "image") == "drawing"


def test_a_drawing_is_made_an_image_and_stands_in_the_address(ship, pad):
    ship()
    app = inside()
    pad.draw(app, A_ONE)
    expected = np.round(255 * data.from_strokes([np.array(A_ONE[0])], 22)).astype(np.uint8)
    assert parameter(app, "image") == "drawing"
    np.testing.assert_array_equal(from_text(parameter(app, "drawing")), expected)
    assert (pad.data["image"], pad.data["label"]) == (pixels_text(expected), None)


def test_the_pad_is_told_whether_an_image_is_what_is_drawn_on_it(ship, pad, monkeypatch):
    ship()
    app = inside()
    assert pad.data["drawing"] is None
    pad.draw(app, A_ONE, name="one")
    assert pad.data["drawing"] == "one"
    first = parameter(app, "drawing")
    pad.draw(app, [*A_ONE, [[10.0, 10.0], [200.0, 30.0]]], name="one")
    assert pad.data["drawing"] == "one"
    second = parameter(app, "drawing")
    monkeypatch.setattr(address, "_came_back", lambda: True)  # AppTest has no Back
    app.query_params["drawing"] = first  # the strokes on the pad are others
    app.run()
    assert pad.data["drawing"] is None
    app.query_params["drawing"] = second
    app.run()
    assert pad.data["drawing"] == "one"
    app.query_params["image"] = "3"
    app.run()
    assert pad.data["drawing"] is None


def test_a_link_with_a_drawing_shows_it(ship, pad):
    ship()
    drawn = np.full((28, 28), 7, np.uint8)
    inside(image="drawing", drawing=to_text(drawn))
    assert pad.data["image"] == pixels_text(drawn)


@pytest.mark.parametrize("query", [{}, {"drawing": "eJzrDPBz"}])
def test_a_link_with_half_a_drawing_says_so(ship, pad, query):
    ship()
    app = inside(image="drawing", **query)
    assert "does not hold a whole one" in warnings(app)
    assert pad.data["label"] is not None


@pytest.mark.parametrize(
    ("strokes", "pen"),
    [("x", 22), ([["x"]], 22), ([[[1, 2, 3]]], 22), ([[[1e300, 2]]], 22), (A_ONE, "x"), (None, 1)],
)
def test_what_is_no_drawing_changes_nothing(ship, pad, strokes, pen):
    ship()
    app = inside(image="5")
    pad.draw(app, strokes, pen)
    assert not app.exception
    assert parameter(app, "image") == "5"


def test_why_draw_shows_a_smaller_probability_is_said(shipped, pad):
    why = "Draw trusts its answer less"
    for limit in (-100.0, 100.0):  # all are strange to the first network and none to the second
        network = nn.Network.mlp([784, 10], metadata={"dataset": "digits"}, max_energy=limit)
        nn.save(network, shipped / "default.safetensors")
        app = inside()
        assert why not in texts(app)
        pad.draw(app, A_ONE)
        assert (why in texts(app)) == (limit < 0)


@pytest.mark.parametrize("is_known_alone", [True, False])
def test_it_is_said_of_the_average_that_draw_goes_by(shipped, pad, is_known_alone):
    metadata = {"dataset": "digits"}
    network = nn.Network.mlp([784, 10], initializer="zeros", metadata=metadata)
    network.averaging = nn.Averaging(shift=3)
    # One pixel under the drawing, and one beside it that only moved copies have ink on.
    drawn = np.round(255 * data.from_strokes([np.array(A_ONE[0])], 22)).astype(np.uint8)
    columns = np.flatnonzero(drawn[14])
    inside_it, beside = 14 * 28 + int(columns.mean()), 14 * 28 + int(columns[-1]) + 2
    network.named_parameters()["0.weight"][0, inside_it if is_known_alone else beside] = 20
    alone, averaged = (
        float(nn.energy(network.predict_logits(drawn[None], averaging=averaging))[0])
        for averaging in (nn.ALONE, network.averaging)
    )
    assert (alone < averaged) == is_known_alone
    network.max_energy = (alone + averaged) / 2
    nn.save(network, shipped / "default.safetensors")
    app = inside()
    pad.draw(app, A_ONE)
    assert ("Draw trusts its answer less" in texts(app)) == is_known_alone


def test_a_cleared_pad_shows_a_test_image_again(ship, pad):
    ship()
    app = inside()
    pad.draw(app, A_ONE)
    pad.draw(app, [])
    assert (parameter(app, "image"), parameter(app, "drawing")) == (None, None)
    assert pad.data["label"] is not None


def test_of_a_joined_model_one_network_is_shown(shipped, pad):
    metadata = {"dataset": "digits", "labels": json.dumps(list("0123456789"))}
    networks = [nn.Network.mlp([784, 10], seed=seed, metadata=metadata) for seed in range(2)]
    nn.save(nn.join(networks), shipped / "default.safetensors")
    app = inside(member="1", image="3")
    image = data.load("digits").test_images[3:4]
    np.testing.assert_allclose(
        pad.data["probabilities"], networks[1].predict_proba(image)[0], rtol=1e-4
    )
    app = inside(member="2")
    assert "member" in warnings(app)


def test_another_model_keeps_the_image(ship, pad):
    ship()
    ship("other", always="2")
    app = inside(image="9", view="activations")
    app.selectbox[0].select("other").run()
    assert parameter(app, "image") == "9"
    assert np.argmax(pad.data["probabilities"]) == 2


def test_what_was_shown_is_shown_again_on_coming_back(ship, pad):
    ship()
    app = inside(image="9")
    app.switch_page("pages/draw.py").run()
    app.query_params.clear()
    app.switch_page("pages/inside.py").run()
    assert pad.data["image"] == pixels_text(data.load("digits").test_images[9])


def test_a_network_that_is_too_large_for_the_browser_is_not_sent(ship, pad, monkeypatch):
    ship()
    inside()
    assert len(pad.weights) > 4 * 7850
    monkeypatch.setattr("ui.inside.on_stage.MOST_PARAMETERS", 7849)
    inside()
    assert pad.weights == b""


def test_a_network_that_the_browser_has_is_not_sent_again(network, pad):
    app = inside()
    assert isinstance(pad.weights, bytes)
    app.session_state["inside_weights"] = {"has": network_id(network)}
    app.run()
    assert pad.weights == {"known": network_id(network)}
    app.session_state["inside_weights"] = {"has": "another"}
    app.run()
    assert isinstance(pad.weights, bytes)


def test_a_network_of_other_images_is_refused(ship, pad):
    ship(inputs=100)
    app = inside()
    assert "cannot be used" in app.error[0].value


def test_a_view_that_is_not_there_is_said(ship, pad):
    ship()
    assert "activations" in warnings(inside(view="dreams"))
