"""The surface of the view "Landscape": from where it is looked at."""

import math
from typing import Any

import pytest

import nn
from tests.ui.inside.inside_page import inside, parameter, warnings
from tests.ui.inside.landscape_charts import Charts, stand_in

SURFACE = "inside_landscape_surface"
USUAL = dict.fromkeys("xyz", 2.4 / math.sqrt(3))
"""Where all axes are seen from alike, as usual with Plotly."""


@pytest.fixture(autouse=True)
def charts(monkeypatch: pytest.MonkeyPatch) -> Charts:
    return stand_in(monkeypatch)


def test_a_link_says_from_where(network: nn.Network, charts: Charts) -> None:
    page = inside(view="landscape", land_as="surface", land_camera="90,30,2")
    assert warnings(page) == ""
    assert charts.eye == pytest.approx({"x": 0, "y": math.sqrt(3), "z": 1})
    inside(view="landscape", land_as="surface")
    assert charts.eye == pytest.approx(USUAL, abs=0.05)


@pytest.mark.parametrize(
    ("eye", "text"),
    [
        ({"x": -2, "y": 0, "z": 0}, "180,0,2"),
        ({"x": 1.0, "y": -1.0, "z": math.sqrt(2)}, "315,45,2"),
        ({"x": 0, "y": 0, "z": 50.5}, "0,85,10"),
        ({"x": -1, "y": -1e-9, "z": -1}, "180,-45,1.41"),
    ],
)
def test_where_a_hand_has_turned_it_is_in_the_address(
    network: nn.Network, charts: Charts, eye: dict[str, float], text: str
) -> None:
    page = inside(view="landscape", land_as="surface")
    charts.click(page, SURFACE, eye)
    assert parameter(page, "land_camera") == text
    assert warnings(page) == ""


def test_keys_and_fingers_turn_it_with_sliders(network: nn.Network, charts: Charts) -> None:
    page = inside(view="landscape", land_as="surface", land_camera="90,30,2")
    page.slider(key="landscape_turn").set_value(180).run()
    assert parameter(page, "land_camera") == "180,30,2"
    page.slider(key="landscape_tilt").set_value(-10).run()
    assert parameter(page, "land_camera") == "180,-10,2"
    assert [one.label for one in page.slider if not one.help] == []
    page.query_params["land_as"] = "map"
    page.run()
    assert not page.slider


@pytest.mark.parametrize(
    "text", ["", "45,35", "45,35,2,2", "360,0,2", "45,86,2", "45,35,nan", "45,35,0", "a,b,c"]
)
def test_a_link_with_another_camera_says_so(network: nn.Network, charts: Charts, text: str) -> None:
    page = inside(view="landscape", land_as="surface", land_camera=text)
    assert "land_camera" in warnings(page)
    assert charts.eye == pytest.approx(USUAL, abs=0.05)


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [1, 2, 3],
        {},
        {"x": 1, "y": 1},
        {"x": 0, "y": 0, "z": 0},
        {"x": "1", "y": 1, "z": 1},
        {"x": True, "y": 1, "z": 1},
    ],
)
def test_what_no_browser_of_ours_sends_turns_nothing(
    network: nn.Network, charts: Charts, sent: Any
) -> None:
    page = inside(view="landscape", land_as="surface", land_camera="90,30,2")
    charts.click(page, SURFACE, sent)
    assert parameter(page, "land_camera") == "90,30,2"
