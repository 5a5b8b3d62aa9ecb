"""What is changed in the picture and belongs to the set-up."""

from dataclasses import replace

import numpy as np
import pytest

from data.plane.points import Points
from nn.plane.config import PlaneConfig
from tests.ui.playground.test_own_points import sent as sent_points
from ui.playground import parameters
from ui.playground.acts import ask_of
from ui.playground.setup import Setup
from ui.playground.setup_acts import change_setup


class Address:
    """Stands for the address of the page: it holds a set-up."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup

    def change(self, **fields):
        seed = fields.pop("seed", None)
        changed = replace(self.setup, **fields)
        self.setup = changed if seed is None else changed.with_seed(seed)

    def change_arm(self, place, **fields):
        self.setup = self.setup.with_arm(place, **fields)


@pytest.fixture
def address(monkeypatch):
    address = Address(Setup(arms=(PlaneConfig(), PlaneConfig(hidden=(3,), activations=("relu",)))))
    monkeypatch.setattr(parameters, "setup_now", lambda: address.setup)
    monkeypatch.setattr(parameters, "change", address.change)
    monkeypatch.setattr(parameters, "change_arm", address.change_arm)
    return address


def act(kind, **details):
    """Returns whether the page is to run."""
    return change_setup(ask_of({"id": 1, "kind": kind, "at": [], **details}))


def test_new_weights_are_of_the_next_seed_in_both_networks(address):
    assert act("renew")
    assert [arm.seed for arm in address.setup.arms] == [1, 1]
    address.change(seed=2**31 - 1)
    assert act("renew")
    assert address.setup.seed == 0


def test_an_input_comes_and_goes_and_one_stays(address):
    assert act("input", arm=0, name="x1_x2")
    assert address.setup.arms[0].inputs == ("x1", "x2", "x1_x2")
    for name in ("x1", "x1_x2", "x2"):
        act("input", arm=0, name=name)
    assert address.setup.arms[0].inputs == ("x2",)
    assert address.setup.arms[1].inputs == ("x1", "x2")
    with pytest.raises(ValueError, match="an input is one of x1, x2"):
        act("input", arm=0, name="x3")


def test_layers_and_neurons_come_and_go_within_their_limits(address):
    for _ in range(8):
        act("layers", arm=1, change=1)
    assert address.setup.arms[1].hidden == (3, 2, 2, 2, 2, 2)
    assert address.setup.arms[1].activations == ("relu",) * 6
    act("neurons", arm=1, layer=5, change=1)
    assert address.setup.arms[1].hidden == (3, 2, 2, 2, 2, 3)
    for _ in range(7):
        act("layers", arm=0, change=-1)
    assert address.setup.arms[0].hidden == ()
    for _ in range(20):
        act("neurons", arm=1, layer=0, change=1)
        act("neurons", arm=1, layer=1, change=-1)
    assert address.setup.arms[1].hidden[:2] == (16, 1)
    with pytest.raises(ValueError, match="no such hidden layer"):
        act("neurons", arm=0, layer=0, change=1)


def test_what_is_painted_becomes_the_data(address):
    points = Points(np.array([[1.0, 2.0], [-3.0, 0.5]]), np.array([1.0, -1.0]), 2)
    assert act("points", **sent_points(points.x, points.targets, 2))
    assert address.setup.data == "own"
    assert len(address.setup.own.points) == 2
    with pytest.raises(ValueError, match="two numbers for each target"):
        act("points", **sent_points(points.x, points.targets[:1], 2))


def test_how_it_is_shown_needs_no_run_of_the_page(address):
    assert not act("show", test=True)
    assert not act("show", speed="full", discrete=None)
    setup = address.setup
    assert (setup.show_test, setup.discrete, setup.speed) == (True, False, "full")


def test_there_may_be_no_second_network(address):
    address.change(arms=address.setup.arms[:1])
    with pytest.raises(ValueError, match="no second network"):
        act("layers", arm=1, change=1)
