"""“That was wrong”: a visitor's copy of a model learns, for this visitor alone."""

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import data
import nn
from nn.build import build_network, build_trainer
from nn.threads import limited_threads

SEVEN = np.zeros((28, 28), np.float32)
SEVEN[5:8, 8:20] = SEVEN[8:24, 16:19] = SEVEN[13:16, 11:24] = 1


@pytest.fixture(scope="module")
def network() -> nn.Network:
    """A network that reads most of the built-in digits."""
    dataset = data.load("digits")
    config = nn.TrainingConfig(dataset="digits", hidden=(64,), epochs=15)
    network = build_network(config, dataset.train_images, dataset.info.labels)
    trainer = build_trainer(config, network, dataset.train_images, dataset.train_labels)
    with limited_threads(1):  # on a busy computer several take many times as long
        for _ in trainer.run():
            pass
    return network


@pytest.fixture
def ship(shipped, network):
    """Save the trained network, or another, as a model."""

    def save(name="default", other=None):
        nn.save(other or network, shipped / f"{name}.safetensors")

    return save


PAGE = """
import numpy as np
import streamlit as st

from ui.correction import correction
from ui.lessons import own_network
from ui.models import list_models, load_model


@st.fragment
def part():
    key = st.session_state.get("wanted", "default")
    choice = next(choice for choice in list_models() if choice.key == key)
    original = load_model(choice)
    images = st.session_state["images"]
    own = own_network(choice, original)
    answers = [own.labels[k] for k in own.predict(np.stack(images))] if images else []
    correction(choice, original, images, answers)
    st.text("reads " + "".join(answers))
    st.text(f"alone: {own is not original}")


part()
"""


def visit(images=(SEVEN,)):
    app = AppTest.from_string(PAGE, default_timeout=30)
    app.session_state["images"] = list(images)
    app.run()
    assert not app.exception
    return app


def texts(app):
    return " ".join(element.value for element in [*app.text, *app.markdown])


def button(app, label):
    return next(button for button in app.button if button.label == label)


def say(app, label, place=None):
    """Name the right class, of the character at this place, and have it learned."""
    if place is not None:
        next(g for g in app.get("button_group") if g.label.startswith("Which")).set_value(
            place
        ).run()
    next(g for g in app.get("button_group") if g.label == "What is it?").set_value(label).run()
    button(app, "Learn it").click().run()
    assert not app.exception
    return app


def first_answer(network):
    return int(network.predict(SEVEN[np.newaxis])[0])


def test_after_a_lesson_the_drawing_is_read_as_the_visitor_said(ship, network):
    ship()
    wrong = first_answer(network)
    right = (wrong + 3) % 10
    app = visit()
    assert f"reads {wrong}" in texts(app)
    assert button(app, "Learn it").disabled
    say(app, right)
    assert f"reads {right}" in texts(app)
    assert "you taught it one drawing" in texts(app)
    assert f"It read this as **{wrong}**" in texts(app)
    assert f"now as **{right}**" in texts(app)


def test_one_is_told_what_it_costs_elsewhere(ship, network):
    ship()
    dataset = data.load("digits")
    images, labels = dataset.test_images, dataset.test_labels
    app = say(visit(), 3)
    own = app.session_state["lessons"].network
    before, now = (np.mean(n.predict(images) == labels) for n in (network, own))
    assert f"Of {len(labels)} {dataset.info.title} test images" in texts(app)
    assert f"**{100 * now:.1f} %** right; the model itself {100 * before:.1f} %" in texts(app)
    assert now > before - 0.05


def test_the_copy_is_this_visitors_alone(ship, network, shipped):
    ship()
    before = (shipped / "default.safetensors").read_bytes()
    wrong = first_answer(network)
    assert "alone: True" in texts(say(visit(), (wrong + 3) % 10))
    assert f"reads {wrong} alone: False" in texts(visit())
    assert (shipped / "default.safetensors").read_bytes() == before
    assert [path.name for path in shipped.iterdir()] == ["default.safetensors"]


def test_forgetting_brings_the_model_back(ship, network):
    ship()
    wrong = first_answer(network)
    app = say(visit(), (wrong + 3) % 10)
    button(app, "Forget what it learned").click().run()
    assert f"reads {wrong} alone: False" in texts(app)
    assert "lessons" not in app.session_state
    assert "own copy" not in texts(app)


def test_lessons_add_up(ship):
    ship()
    other = np.roll(SEVEN[::-1], 3, axis=1)
    app = say(visit(), 3)
    app.session_state["images"] = [other]
    app.run()
    assert "It read this" not in texts(app)
    say(app, 6)
    assert "you taught it 2 drawings" in texts(app)
    assert app.session_state["lessons"].network.predict(np.stack([SEVEN, other])).tolist() == [3, 6]


def test_told_otherwise_of_the_same_drawing_the_last_word_counts(ship):
    ship()
    app = say(say(visit(), 3), 5)
    assert "reads 5" in texts(app)
    assert "you taught it one drawing" in texts(app)


def test_only_so_many_drawings_are_kept(ship, monkeypatch):
    ship()
    monkeypatch.setattr("ui.lessons.MOST_IMAGES", 2)
    monkeypatch.setattr("ui.lessons.SECONDS", 0.05)
    app = visit()
    for shift in range(3):
        app.session_state["images"] = [np.roll(SEVEN, shift, axis=1)]
        app.run()
        say(app, 4)
    kept = app.session_state["lessons"]
    assert kept.images.shape == (2, 28, 28)
    np.testing.assert_array_equal(kept.images[1] / 255, np.roll(SEVEN, 2, axis=1))


def test_of_several_digits_one_says_which_was_wrong(ship, network):
    ship()
    other = np.roll(SEVEN[::-1], 3, axis=1)
    right = (int(network.predict(other[np.newaxis])[0]) + 1) % 10
    app = say(visit([SEVEN, other]), right, place=1)
    kept = app.session_state["lessons"]
    np.testing.assert_array_equal(kept.images[-1] / 255, other)
    assert kept.now.label == str(right)


def test_another_model_knows_nothing_of_it(ship):
    ship()
    ship("second")
    app = say(visit(), 3)
    app.session_state["wanted"] = "second"
    app.run()
    assert "alone: False" in texts(app)


def test_where_there_is_nothing_to_mix_in_one_is_told_why(ship):
    metadata = {"dataset": "emnist_letters", "labels": json.dumps(list("ABC"))}
    ship(other=nn.Network.mlp([784, 3], metadata=metadata))
    app = visit()
    assert "Those of this model are not on this computer" in texts(app)
    assert not [button for button in app.button if button.label == "Learn it"]


def test_a_digits_model_of_other_data_learns_with_the_built_in_ones(ship, network):
    mnist = network.copy()
    mnist.metadata["dataset"] = "mnist"  # which is not on this computer
    ship(other=mnist)
    assert "Small digits (built in) test images" in texts(say(visit(), 3))


def test_without_a_drawing_there_is_nothing_to_correct(ship):
    ship()
    app = visit([])
    assert app.get("popover")[0].proto.popover.disabled
    assert not app.button


def test_every_control_explains_itself(ship):
    ship()
    app = say(visit([SEVEN, SEVEN.T]), 3)
    for control in [*app.button, *app.get("button_group")]:
        assert control.help, control.label
    assert app.get("popover")[0].proto.popover.help
