"""A set-up stands in the address whole, and what is wrong there is told."""

import string
from dataclasses import replace
from random import Random

import pytest

from tests.ui.playground.random_setups import random_setup
from ui.playground.setup import Setup
from ui.playground.setup_address import NAMES, read, written


def texts_of(setup, base=None):
    return {name: text for name, text in written(setup, base).items() if text is not None}


def test_of_a_new_setup_nothing_is_written():
    assert texts_of(Setup()) == {}
    assert read({}.get) == (Setup(), [])


def test_what_is_written_is_read_as_the_same():
    for seed in range(200):
        setup = random_setup(Random(seed))
        texts = texts_of(setup)
        assert read(texts.get) == (setup, []), seed
        assert texts.keys() <= set(NAMES), seed


def test_so_it_is_where_a_lesson_says_what_holds_without_a_word():
    for seed in range(100):
        random = Random(seed)
        base, setup = random_setup(random), random_setup(random)
        texts = texts_of(setup, base)
        again, notices = read(texts.get, base)
        assert notices == [], seed
        assert again == setup, seed
        assert texts_of(base, base) == {}, seed


@pytest.mark.parametrize(
    ("name", "text", "allowed"),
    [
        ("data", "donut", "one of circle"),
        ("data", "own", "followed by the points"),
        ("own", "2.1.1.x", "whole points"),
        ("points", "19", "20 to 2,000"),
        ("points", "1e3", "whole number"),
        ("noise", "51", "0 to 50"),
        ("share", "95", "10 to 90"),
        ("rate", "0", "0.00001 to 10"),
        ("rate", "nan", "0.00001 to 10"),
        ("rate", "9" * 500, "0.00001 to 10"),
        ("momentum", "1", "less than 1"),
        ("batch", "-1", "0 to 2,000"),
        ("layers", "4,17", "from 1 to 16"),
        ("layers", "1,1,1,1,1,1,1", "at most 6"),
        ("act", "tanh,relu,tanh", "as many as there are hidden layers (2), or one for all"),
        ("act", "step", "one of"),
        ("inputs", "none", "some of x1"),
        ("inputs", "x1,x1", "each once"),
        ("b_rate", "x", "0.00001 to 10"),
        ("speed", "fast", "slow, normal, full"),
        ("hide", "everything", "some of play"),
        ("test", "yes", "0 or 1"),
        ("arm", "3", "from 1 to 2"),
        ("loss", "absolute", "one of squared"),
        ("stop", "-1", "none"),
    ],
)
def test_what_is_not_possible_is_told_with_its_name_and_what_is_allowed(name, text, allowed):
    asked = {name: text}
    if name.startswith("b_"):
        asked["compare"] = "1"
    setup, notices = read(asked.get)
    assert [name in notice and allowed in notice for notice in notices] == [True]
    assert replace(setup, arms=setup.arms[:1]) == Setup()


@pytest.mark.parametrize(
    ("asked", "used"),
    [
        ({"rate": "x"}, "0.03"),
        ({"rate": "x", "b_rate": "3", "compare": "1"}, "0.03"),
        ({"b_batch": "x", "batch": "20", "compare": "1"}, "10"),
        ({"layers": "3,3,3", "act": "tanh,relu"}, "tanh"),
        ({"layers": "none", "act": "tanh,relu"}, "none"),
        ({"layers": "17"}, "4,2"),
        ({"stop": "-1"}, "none"),
        ({"own": "2.1.1.x", "data": "own"}, "data=circle"),
        ({"own": "2.1.1.x", "data": "xor"}, "data=xor"),
        ({"data": "side", "formula": "x1 +"}, Setup(data="side").shown_formula),
        ({"compare": "yes"}, "0"),
        ({"arm": "3"}, "1"),
        ({"seed": "-1"}, "0"),
    ],
)
def test_what_is_used_instead_is_told(asked, used):
    _, (notice, *_) = read(asked.get)
    assert notice.endswith(f"Used instead: `{used}`.")


@pytest.mark.parametrize(("data", "text"), [("heights", "sin("), ("side", "x1 +")])
def test_a_formula_must_fit_its_data(data, text):
    setup, notices = read({"data": data, "formula": text}.get)
    assert "formula" in notices[0]
    assert setup == Setup(data=data)


def test_a_function_has_no_cross_entropy():
    setup, notices = read({"data": "plane", "loss": "cross_entropy"}.get)
    assert "loss" in notices[0]
    assert setup.arm.loss == "squared"


def test_one_activation_holds_for_all_layers():
    setup, _ = read({"layers": "3,3,3", "act": "relu"}.get)
    assert setup.arm.activations == ("relu",) * 3


def test_new_layers_have_the_activation_of_the_last():
    setup = Setup().with_arm(0, activations=("tanh", "relu"))
    assert setup.with_arm(0, hidden=(4, 2, 2)).arm.activations == ("tanh", "relu", "relu")
    assert setup.with_arm(0, hidden=(4,)).arm.activations == ("tanh",)
    assert setup.with_arm(0, hidden=()).with_arm(0, hidden=(3,)).arm.activations == ("tanh",)


def test_nonsense_never_ends_in_an_error():
    signs = string.printable + "äß²∞０"
    for seed in range(50):
        random = Random(seed)
        texts = {
            name: "".join(random.choices(signs, k=random.randint(0, 30)))
            for name in random.sample(NAMES, 20)
        }
        for name in random.sample(NAMES, 8):
            texts[name] = random.choice(["1", "0", "none", "4,2", "x1", "tanh", "own", "plane"])
        setup, notices = read(texts.get)
        assert isinstance(setup, Setup), seed
        assert all(isinstance(notice, str) for notice in notices), seed
