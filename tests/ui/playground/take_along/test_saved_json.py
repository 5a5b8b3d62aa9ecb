"""Set-up, weights and points as JSON and back."""

import json
from random import Random

import numpy as np
import pytest

from nn.plane.plane_network import plane_network
from nn.plane.training import LARGEST_VALUE
from tests.ui.playground.random_setups import random_setup
from ui.playground.setup import OWN, Setup
from ui.playground.take_along.saved_json import SavedNetwork, read_json, saved_json
from ui.playground.training_points import points_of


def content(of=None, /, **changes):
    """A file; `changes` are made to it by their path, "networks.0.layers" and so on."""
    setup = of or Setup()
    networks = [SavedNetwork(plane_network(arm).parameters) for arm in setup.arms]
    given = json.loads(saved_json(setup, networks))
    for path, value in changes.items():
        at = given
        *way, last = [int(part) if part.isdigit() else part for part in path.split("__")]
        for part in way:
            at = at[part]
        at[last] = value
    return json.dumps(given).encode()


@pytest.mark.parametrize("seed", range(30))
def test_what_was_saved_is_opened_as_the_same(seed):
    setup = random_setup(Random(seed))
    networks = [
        SavedNetwork(
            plane_network(arm).parameters,
            frozenset({0, 1}),
            frozenset({(0, 0), (len(arm.hidden) - 1, arm.hidden[-1] - 1)} if arm.hidden else ()),
            3.5,
        )
        for arm in setup.arms
    ]
    opened = read_json(saved_json(setup, networks).encode())
    assert opened.setup.arms == setup.arms
    assert (opened.setup.data, opened.setup.own) == (setup.data, setup.own)
    for mine, theirs in zip(opened.networks, networks, strict=True):
        np.testing.assert_array_equal(mine.weights, theirs.weights)
        assert (mine.locked, mine.off) == (theirs.locked, theirs.off)


def test_weights_that_have_run_away_are_cut_so_that_the_file_can_be_opened():
    weights = plane_network(Setup().arm).parameters
    weights[0] = -1e12
    opened = read_json(saved_json(Setup(), [SavedNetwork(weights)]).encode())
    assert opened.networks[0].weights[0] == -LARGEST_VALUE


def test_a_lesson_is_not_saved_along():
    opened = read_json(content(Setup(lesson="spiral", step=1, hide=frozenset({"rate"}))))
    assert opened.setup == Setup()


def test_points_that_the_setup_would_not_make_become_the_visitors_own():
    points = [[1, 2, 1], [3, -4, -1], [0, 0, 1]]
    opened = read_json(content(points__training=points, points__test=[[5, 5, -1]]))
    assert opened.setup.data == OWN
    train, test = points_of(opened.setup)
    assert len(train) + len(test) == 4


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"format": "mine"}, '"format" must be "scratch-nn playground"'),
        ({"version": 2}, '"version" 1'),
        ({"setup": []}, '"setup" must be an object'),
        ({"setup__rate": 3}, '"rate", which is no text'),
        ({"setup__colour": "red"}, '"colour", which is no text of a known name'),
        ({"setup__rate": "100"}, "`rate`"),
        ({"networks": {}}, '"networks" must be a list of 1'),
        ({"networks": [1]}, "must be an object"),
        ({"networks__0__layers": []}, "must have 3 layers"),
        (
            {"networks__0__layers__1__weights": [[1, 2]]},
            r"layers\[1\].weights. must be 4 lists of 2",
        ),
        ({"networks__0__layers__0__biases": [1, 2, 3, "4"]}, r"layers\[0\].biases"),
        ({"networks__0__layers__0__biases": [1, 2, 3, True]}, r"layers\[0\].biases"),
        ({"networks__0__layers__0__biases": [1, 2, 3, 1001]}, "from -1,000 to 1,000"),
        ({"networks__0__layers__0__biases": [1, 2, 3, 10**400]}, r"layers\[0\].biases"),
        ({"networks__0__layers__0__biases": [1, 2, 3, float("nan")]}, r"layers\[0\].biases"),
        ({"networks__0__locked": 3}, r"locked. must be a list, each from 0 to 24"),
        ({"networks__0__locked": [25]}, r"locked. must be a list, each from 0 to 24"),
        ({"networks__0__locked": [True]}, r"locked. must be a list"),
        ({"networks__0__off": [[2, 0]]}, r"off. must be a list, each from \[0, 0\] to \[1, 1\]"),
        ({"networks__0__off": [3]}, r"off. must be a list"),
        ({"networks__0__off": [[0.0, 1]]}, r"off. must be a list"),
        ({"networks__0__locked": [24] * 100_000}, r"locked. must be a list"),
        ({"points": 3}, '"points" must be an object'),
        ({"points__classes": 3}, '"classes" of "points" must be 2, got 3'),
        ({"points__classes": 2.0}, '"classes" of "points" must be 2, got 2.0'),
        ({"points__training": None}, '"training" of "points" must be a list'),
        ({"points__test__4": [1, 2]}, r'"test"\[4\] must be \[x1, x2, target\]'),
        ({"points__test__4": [1, 7, 1]}, r'"test"\[4\] must lie within ±6'),
        ({"points__test__4": [1, 2, 0]}, r'"test"\[4\] must have a target -1 or 1, got 0'),
        ({"points__training": [[0, 0, 1]] * 2000}, "must be 2 to 2,000, got 2,250"),
    ],
)
def test_what_is_wrong_is_named(changes, wrong):
    with pytest.raises(ValueError, match=wrong):
        read_json(content(**changes))


@pytest.mark.parametrize(
    "text", [b"", b"{", b"\xff", b"[" * 100_000, b"3", b'"\\ud800"', b" " * 2_000_001]
)
def test_what_is_no_such_file_is_refused(text):
    with pytest.raises(ValueError, match="file"):
        read_json(text)
