"""Lessons from files and links, checked like anything that strangers send."""

import base64
import json
import zlib

import numpy as np
import pytest

from data.plane.points import Points
from nn.plane.config import PlaneConfig
from nn.plane.snapshot import Snapshot
from ui.playground.lessons.goal import GOALS, Goal
from ui.playground.lessons.lesson import Lesson
from ui.playground.lessons.link import MOST_BYTES, packed, unpacked
from ui.playground.lessons.shipped import NAMES, lesson_of, shipped
from ui.playground.own_points import OwnPoints


def lesson(**changes):
    step = {"text": "Play.", "setup": {"data": "xor"}, "goal": {"test_loss_below": 0.1}}
    return {"title": "Mine", "steps": [step | changes]}


def moment(train=0.1, test: float | None = 0.2, epoch=10.0, score: float | None = 0.9):
    return Snapshot(100, epoch, np.zeros(3, np.float32), train, test, 0.95, score)


@pytest.mark.parametrize("name", NAMES)
def test_a_whole_lesson_fits_into_a_link_and_comes_back(name):
    text = packed(shipped(name))
    assert unpacked(text) == shipped(name)
    assert lesson_of(text) == shipped(name)
    assert len(text) < 2000


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ([], "lesson must be an object"),
        ({"title": "a"}, "steps must be a list"),
        ({"title": "", "steps": []}, "title must be a text"),
        ({"title": "a", "steps": [{}] * 13}, "1 to 12"),
        ({"title": "a", "steps": [], "by": "me"}, "unknown field 'by'"),
        (lesson(text=3), "step 1: text must be"),
        (lesson(text="a" * 1501), "step 1: text must be"),
        (lesson(setup={"lesson": "spiral"}), "step 1: setup has an unknown field 'lesson'"),
        (lesson(setup={"rate": [1]}), "rate must be a text"),
        (lesson(setup={"rate": "100"}), "step 1: .*`rate`"),
        (lesson(goal={}), "at least one of"),
        (lesson(goal={"wins": 1}), "got 'wins'"),
        (lesson(goal={"test_loss_below": "0.1"}), "test_loss_below must be a number"),
        (lesson(goal={"test_loss_below": float("nan")}), "test_loss_below must be a number"),
        (lesson(goal={"most_neurons": 2.5}), "most_neurons must be a whole number from 0 to 96"),
        (lesson(goal={"diverges": False}), "diverges must be true"),
        (lesson(hint="none"), "unknown field 'hint'"),
    ],
)
def test_what_is_wrong_in_a_lesson_is_named(given, wrong):
    with pytest.raises(ValueError, match=wrong):
        Lesson.from_dict(given)


def link_of(content: bytes) -> str:
    return "~" + base64.urlsafe_b64encode(content).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "~",
        "~!",
        "~AAAA",
        "~ä",
        link_of(zlib.compress(b"{")),
        link_of(zlib.compress(b"[" * 50_000)),
        link_of(zlib.compress(b" " * (MOST_BYTES + 1))),
        link_of(zlib.compress(json.dumps(lesson()).encode())[:-4]),
        link_of(zlib.compress(json.dumps(lesson(text="\ud800")).encode())),
    ],
)
def test_a_link_that_holds_no_lesson_is_refused(text):
    with pytest.raises(ValueError, match="whole lesson"):
        unpacked(text)


def test_a_lesson_that_no_link_could_hold_is_not_packed():
    own = OwnPoints.of(Points(np.zeros((2000, 2)), np.ones(2000), 0)).text
    steps = [{"text": "Look.", "setup": {"data": "own", "own": own}}] * 8
    with pytest.raises(ValueError, match="at most 100,000 bytes"):
        packed(Lesson.from_dict({"title": "Long", "steps": steps}))


def test_a_strange_value_is_not_told_at_length():
    with pytest.raises(ValueError, match="gap_above") as refused:
        Lesson.from_dict(lesson(goal={"gap_above": "z" * 50_000}))
    assert len(str(refused.value)) < 200


def test_there_is_no_lesson_of_another_name():
    with pytest.raises(ValueError, match="there are straight_line"):
        lesson_of("../../secret")


def test_a_step_keeps_what_the_ones_before_have_set():
    made = Lesson.from_dict(
        {
            "title": "Mine",
            "steps": [
                {"text": "One", "setup": {"data": "xor", "rate": 0.1}},
                {"text": "Two", "setup": {"layers": "3"}},
            ],
        }
    )
    assert (made.setup(0).data, made.setup(0).arm.hidden) == ("xor", (4, 2))
    assert made.setup(1).arm == made.setup(0).with_arm(0, hidden=(3,)).arm


@pytest.mark.parametrize(
    ("goal", "yes", "no"),
    [
        ({"test_loss_below": 0.2}, moment(test=0.19), moment(test=0.2)),
        ({"train_loss_below": 0.2}, moment(train=0.19), moment(train=0.2)),
        ({"train_loss_above": 0.2}, moment(train=0.21), moment(train=0.2)),
        ({"test_score_above": 0.9}, moment(score=0.91), moment(score=0.9)),
        ({"gap_above": 0.1}, moment(0.1, 0.21), moment(0.1, 0.19)),
        ({"gap_below": 0.1}, moment(0.1, 0.19), moment(0.1, 0.21)),
        ({"least_epochs": 10}, moment(epoch=10), moment(epoch=9.9)),
        ({"most_epochs": 10}, moment(epoch=10), moment(epoch=10.1)),
        ({"train_loss_below": 1}, moment(), moment(test=None, score=None)),
    ],
)
def test_when_a_goal_is_reached(goal, yes, no):
    goal = Goal.from_dict(goal)
    assert goal.is_reached(yes, PlaneConfig(), False)
    assert not goal.is_reached(no, PlaneConfig(), False)
    assert not goal.is_reached(yes, PlaneConfig(), True)


@pytest.mark.parametrize(
    ("goal", "fits"),
    [
        ({"most_layers": 2}, True),
        ({"most_layers": 1}, False),
        ({"most_neurons": 6}, True),
        ({"most_neurons": 5}, False),
        ({"most_inputs": 2}, True),
        ({"most_inputs": 1}, False),
    ],
)
def test_a_goal_may_be_for_small_networks_alone(goal, fits):
    goal = Goal.from_dict(goal | {"test_loss_below": 1})
    assert goal.is_reached(moment(), PlaneConfig(), False) == fits


def test_a_goal_can_be_that_it_runs_away():
    goal = Goal.from_dict({"diverges": True})
    assert goal.is_reached(moment(), PlaneConfig(), True)
    assert not goal.is_reached(moment(), PlaneConfig(), False)


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        (
            {"test_loss_below": 0.05, "most_neurons": 4},
            "test loss below 0.05 with at most 4 neurons",
        ),
        ({"test_loss_below": 0.1, "most_layers": 0}, "test loss below 0.1 without a hidden layer"),
        (
            {"gap_below": 0.05, "test_loss_below": 0.1, "most_layers": 1, "most_epochs": 300},
            "test loss below 0.1 and test loss less than 0.05 above the training loss "
            "with at most 1 hidden layer, within 300 epochs",
        ),
    ],
)
def test_a_goal_in_words(goal, words):
    assert Goal.from_dict(goal).words == words


def test_every_goal_has_words():
    for name in GOALS:
        value = True if name == "diverges" else 1
        assert Goal.from_dict({name: value}).words
