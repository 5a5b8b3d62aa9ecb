"""The view "Map": the images that are selected, and the group that is shown alone."""

from typing import Any

import pytest

import nn
from tests.ui.inside.image_map_page import stand_in
from tests.ui.inside.inside_page import inside, parameter, warnings
from tests.ui.inside.view_component import ViewComponent
from ui.inside import image_map_controls

pytestmark = pytest.mark.usefixtures("pad")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> ViewComponent:
    return stand_in(monkeypatch)[0]


def test_a_selection_and_a_group_are_in_the_address(
    network: nn.Network, shown: ViewComponent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_map_controls, "COUNTS", (200, 500))
    page = inside(view="map", map_count="500")
    assert (shown.data["alone"], shown.data["selected"]) == (None, "")
    # Images 0, 9 and 10: bits 1, 2 + 4 of the second byte.
    shown.send(page, "shown", {"alone": 7, "selected": "AQY"})
    assert [parameter(page, name) for name in ("map_alone", "map_selected")] == ["7", "AQY"]
    again = inside(view="map", map_count="500", map_alone="7", map_selected="AQY")
    assert warnings(again) == ""
    assert (shown.data["alone"], shown.data["selected"]) == (7, "AQY")
    shown.send(again, "chosen", {"number": 17})
    assert parameter(again, "map_selected") == "AQY"
    # Of other colours the groups are others, of fewer images the places.
    again.selectbox(key="map_colour_box").select("right").run()
    assert [parameter(again, name) for name in ("map_alone", "map_selected")] == [None, "AQY"]
    again.selectbox(key="map_count_box").select("200").run()
    assert parameter(again, "map_selected") is None
    shown.send(page, "shown", {"alone": None, "selected": ""})
    assert [parameter(page, name) for name in ("map_alone", "map_selected")] == [None, None]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        7,
        {},
        {"alone": 3},
        {"alone": 3, "selected": 5},
        {"alone": 3, "selected": "A" * 59 + "_"},  # the last bits are of image 356 and on
        {"alone": 3, "selected": "é"},
        {"alone": 3, "selected": "A"},
        {"alone": 3, "selected": "AQY" * 10**5},
    ],
)
def test_what_no_page_of_ours_sends_selects_nothing(
    network: nn.Network, shown: ViewComponent, sent: Any
) -> None:
    page = inside(view="map", map_count="500", map_selected="AQY")
    shown.send(page, "shown", sent)
    assert [parameter(page, name) for name in ("map_alone", "map_selected")] == [None, "AQY"]
