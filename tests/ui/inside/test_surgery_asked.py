"""The view "Surgery": what a link asks for and what a browser sends, which may be anything."""

from typing import Any

import pytest

import nn
from tests.ui.inside.inside_page import inside, parameter, warnings
from tests.ui.inside.surgery_page import click, stand_in
from tests.ui.inside.view_component import ViewComponent
from ui.inside import surgery_list

pytestmark = pytest.mark.usefixtures("pad")


@pytest.fixture
def walls(monkeypatch: pytest.MonkeyPatch) -> ViewComponent:
    return stand_in(monkeypatch)[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("surgery", "cut"),
        ("surgery", "cut-1-all"),
        ("surgery", "cut-0-12"),
        ("surgery", "cut-2-1"),  # a logit
        ("surgery", "frozen-0b-1"),
        ("surgery", "noise-0-1-nan-0"),
        ("surgery", "noise-0-1-1-0-3"),
        ("surgery", "swapped-0-1-step-5"),  # this model has no history
        ("surgery", "cut-0-" + ".".join(["1"] * 300)),
        ("surgery_how", "burnt"),
        ("surgery_part", "x"),
        ("surgery_size", "-1"),
        ("surgery_seed", "1e9"),
    ],
)
def test_a_link_that_asks_for_what_cannot_be_says_so(
    network: nn.Network, walls: ViewComponent, name: str, value: str
) -> None:
    others = {"surgery_how": "noise"} if name in ("surgery_size", "surgery_seed") else {}
    page = inside(view="surgery", **(others | {name: value}))
    assert f"asks for {name}" in warnings(page)
    assert walls.data["operated"] == []


@pytest.mark.parametrize(
    "sent",
    [
        None,
        7,
        {"number": 1, "neurons": 3},
        {"number": "x", "neurons": [3, None, {}, {"layer": 0, "neuron": -1}]},
        {"number": 1, "neurons": [{"layer": 2, "neuron": 0}, {"layer": [], "neuron": {}}]},
    ],
)
def test_what_no_page_of_ours_sends_changes_nothing(
    network: nn.Network, walls: ViewComponent, sent: Any
) -> None:
    page = inside(view="surgery")
    walls.send(page, "operated", sent)
    assert parameter(page, "surgery") is None


@pytest.mark.parametrize("number", [None, True, -1, 1.5, "7", 2**53, [], 10**400])
def test_a_message_with_another_number_is_refused_with_what_is_allowed(
    network: nn.Network, walls: ViewComponent, number: Any
) -> None:
    page = inside(view="surgery")
    walls.send(page, "operated", {"number": number, "neurons": [{"layer": 0, "neuron": 3}]})
    allowed = "number must be a whole number from 0 to 9007199254740991, got "
    assert warnings(page).startswith(allowed)
    assert parameter(page, "surgery") is None
    assert walls.data["answered"] == 0


def test_no_more_is_done_than_an_address_holds(
    network: nn.Network, walls: ViewComponent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surgery_list, "MOST_CHARACTERS", 10)
    page = inside(view="surgery", surgery="cut-0-1.3")
    click(page, walls, (0, 5))
    assert parameter(page, "surgery") == "cut-0-1.3"
    assert "no more operations" in warnings(page)
