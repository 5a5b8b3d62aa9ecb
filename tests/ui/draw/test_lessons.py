"""“That was wrong”: a visitor's copy of a model learns, for this visitor alone."""

import threading
from types import SimpleNamespace

import numpy as np
import pytest

import data
import nn
from nn.training.blas_threads import limited_threads
from nn.training.build import build_network, build_trainer
from tests.ui.draw.lessons_page import SEVEN, button, say, show, texts, visit
from ui.draw.copies import Copies
from ui.draw.lessons import learn
from ui.models.list import list_models


@pytest.fixture(autouse=True)
def time_to_learn(monkeypatch):
    """A lesson ends when it has been learned, however busy the computer is."""
    monkeypatch.setattr("ui.draw.lessons.SECONDS", 20)


def trained(**settings) -> nn.Network:
    """A network that reads most of the built-in digits."""
    dataset = data.load("digits")
    config = nn.TrainingConfig(dataset="digits", hidden=(64,), epochs=15, **settings)
    network = build_network(config, dataset.train_images, dataset.info.labels)
    trainer = build_trainer(config, network, dataset.train_images, dataset.train_labels)
    with limited_threads(1):  # on a busy computer several take many times as long
        for _ in trainer.run():
            pass
    return network


@pytest.fixture(scope="module")
def network() -> nn.Network:
    return trained()


@pytest.fixture
def ship(shipped, network):
    """Save the trained network, or another, as a model."""

    def save(name="default", other=None):
        nn.save(other or network, shipped / f"{name}.safetensors")

    return save


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
    assert "you taught it 1 drawing" in texts(app)
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
    assert "which it has never learned from" in texts(app)
    assert "forgotten" not in texts(app)
    assert f"**{100 * now:.1f}\xa0%** right; without your lessons {100 * before:.1f}\xa0%" in texts(
        app
    )
    assert now > before - 0.05
    assert "looked at each of them alone" not in texts(app)


def test_it_is_told_where_the_exam_goes_without_averages(ship, network):
    averaging = network.copy()
    averaging.averaging = nn.Averaging(1)
    ship(other=averaging)
    assert "looked at each of them alone" in texts(say(visit(), 3))


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
    app = show(say(visit(), 3), other)
    assert "It read this" not in texts(app)
    say(app, 6)
    assert "you taught it 2 drawings" in texts(app)
    assert app.session_state["lessons"].network.predict(np.stack([SEVEN, other])).tolist() == [3, 6]


def test_told_otherwise_of_the_same_drawing_the_last_word_counts(ship):
    ship()
    app = say(say(visit(), 3), 5)
    assert "reads 5" in texts(app)
    assert "you taught it 1 drawing" in texts(app)


def test_where_others_need_the_room_one_is_told_and_nothing_taught_is_lost(ship, monkeypatch):
    monkeypatch.setattr("ui.draw.lessons._copies", Copies(1))  # room for one, as ever
    ship()
    other = np.roll(SEVEN[::-1], 3, axis=1)
    app = say(visit(), 3)
    say(visit(), 5)
    app.run()
    assert "alone: False" in texts(app)
    assert "had to make room for those of other visitors" in texts(app)
    say(show(app, other), 6)
    assert "you taught it 2 drawings" in texts(app)
    assert app.session_state["lessons"].network.predict(np.stack([SEVEN, other])).tolist() == [3, 6]


def test_other_kinds_of_networks_learn_too(ship):
    with_batch_norm = trained(activation="tanh", batch_norm=True, dropout=0.1)
    joined = nn.join([trained(seed=seed) for seed in (1, 2)])
    for one in (with_batch_norm, joined):
        ship(other=one)
        right = (first_answer(one) + 3) % 10
        assert f"reads {right}" in texts(say(visit(), right))


def test_the_copy_stays_when_the_model_goes_on_learning(ship, network):
    ship()
    right = (first_answer(network) + 3) % 10
    app = say(visit(), right)
    ship(other=nn.Network.mlp([784, 10], metadata=network.metadata))  # a file of another time
    app.run()
    assert f"reads {right} alone: True" in texts(app)
    button(app, "Forget what it learned").click().run()
    assert "alone: False" in texts(app)


def test_lessons_of_two_visitors_come_one_after_another(ship, network, monkeypatch):
    ship()
    (choice,) = list_models()
    monkeypatch.setattr("ui.draw.lessons.st", SimpleNamespace(session_state={}))  # outside any page
    both = threading.Barrier(2)
    came = []

    def fine_tune(original, *_, **__):
        try:
            both.wait(0.3)  # in vain
        except threading.BrokenBarrierError:
            both.reset()
            came.append("alone")
        return original.copy()

    monkeypatch.setattr(nn, "fine_tune", fine_tune)
    visitors = [
        threading.Thread(target=learn, args=(choice, network, SEVEN, label, str))
        for label in (3, 5)
    ]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert came == ["alone", "alone"]


def test_only_so_many_drawings_are_kept(ship, monkeypatch):
    ship()
    monkeypatch.setattr("ui.draw.lessons.MOST_IMAGES", 2)
    monkeypatch.setattr("ui.draw.lessons.SECONDS", 0.05)
    app = visit()
    for shift in range(3):
        say(show(app, np.roll(SEVEN, shift, axis=1)), 4)
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


def test_a_digits_model_of_other_data_learns_with_the_built_in_ones(ship, network):
    mnist = network.copy()
    mnist.metadata["dataset"] = "mnist"  # which is not on this computer
    ship(other=mnist)
    said = texts(say(visit(), 3))
    assert "Small digits (built in) test images it reads" in said
    assert "does not show what it has forgotten" in said
    assert "never learned from" not in said


def test_single_lessons_can_be_taken_back(ship, network):
    ship()
    other = np.roll(SEVEN[::-1], 3, axis=1)
    wrong = first_answer(network)
    right = (wrong + 3) % 10
    app = say(show(say(visit(), right), other), 6)
    newest, _ = [button for button in app.button if button.label == "Take back"]
    assert newest.key == "take_back_1"
    button_with_key(app, "take_back_0").click().run()
    assert "you taught it 1 drawing" in texts(app)
    own = app.session_state["lessons"].network
    assert own.predict(other[np.newaxis]).tolist() == [6]
    button_with_key(app, "take_back_0").click().run()
    assert "own copy" not in texts(app)
    assert "alone: False" in texts(app)


def button_with_key(app, key):
    return next(button for button in app.button if button.key == key)


def test_a_copy_has_a_name_and_a_score_of_its_own(ship):
    ship()
    app = say(visit(), 3)
    kept = app.session_state["lessons"]
    score = f"{100 * kept.exam.now / kept.exam.count:.1f}\xa0%"
    # Other scores in the list are of all test images: on how many this one is, is said.
    assert kept.words == f"taught 1 digit by you · {score} of {kept.exam.count:,} images"
    say(show(app, np.roll(SEVEN[::-1], 3, axis=1)), 6)
    assert app.session_state["lessons"].words.startswith("taught 2 digits by you · ")
