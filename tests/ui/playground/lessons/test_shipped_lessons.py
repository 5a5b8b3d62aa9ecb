"""The lessons that ship: each goal can be reached with what its step leaves free."""

import pytest

from nn.plane.training import PlaneTraining
from ui.playground.lessons.shipped import NAMES, lesson_of, shipped
from ui.playground.setup_address import read
from ui.playground.training_points import points_of

EASY_ON_TIME = 5
"""Epochs between two looks at the goal."""

DONE = {
    "straight_line": [({}, 50), ({}, 110), ({"inputs": "x1_squared,x2_squared"}, 50)],
    "hidden_layer": [({}, 110), ({"layers": "4"}, 100), ({"inputs": "x1,x2,x1_x2"}, 50)],
    "spiral": [({}, 210), ({}, 200), ({"layers": "12,12", "opt": "adam", "rate": "0.01"}, 250)],
    "learning_rate": [({"rate": "0.1"}, 60), ({}, 60), ({}, 10), ({"rate": "0.3"}, 20)],
    "overfitting": [({}, 800), ({"l2": "0.01"}, 400), ({"points": "2000"}, 60)],
}
"""What the visitor does in each step, and how many epochs it takes at most."""

CONTROLS = {"inputs": "inputs", "layers": "neurons", "opt": "optimizer", "rate": "rate"} | {
    "l2": "penalty",
    "points": "points",
}

STEPS = [(name, number) for name in NAMES for number in range(len(DONE[name]))]


def reaches(name, number, changes, epochs):
    """Whether the goal is reached on the way, and where the training was then."""
    step, setup = shipped(name).steps[number], shipped(name).setup(number)
    setup, notices = read(changes.get, setup)
    assert notices == []
    train, test = points_of(setup)
    training = PlaneTraining(setup.arm, (train.x, train.targets), (test.x, test.targets))
    while training.epoch < epochs and not training.diverged:
        if step.goal.is_reached(training.snapshot(), setup.arm, False):
            return True
        training.train(EASY_ON_TIME * training.steps_per_epoch)
    return step.goal.is_reached(training.snapshot(), setup.arm, bool(training.diverged))


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_has_a_title_and_a_goal_in_each_step(name):
    lesson = lesson_of(name)
    assert lesson.title
    assert len(lesson.steps) == len(DONE[name])
    assert all(step.goal is not None and step.goal.words for step in lesson.steps)


@pytest.mark.parametrize(("name", "number"), STEPS)
def test_each_goal_can_be_reached(name, number):
    changes, epochs = DONE[name][number]
    assert reaches(name, number, changes, epochs)
    locked = shipped(name).setup(number).lock | shipped(name).setup(number).hide
    assert not locked & {CONTROLS[change] for change in changes}


@pytest.mark.parametrize(("name", "number"), STEPS)
def test_no_goal_is_reached_before_anything_is_done(name, number):
    assert not reaches(name, number, {}, 0)
