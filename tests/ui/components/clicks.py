"""Clicks on a live chart in AppTest."""

import json
from typing import Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest


def click_chart(test: AppTest, point: Any, *, place: int = 0) -> None:
    """Click a chart of the page, the first one or that at another place among them, as the browser
    tells it, and run the page."""
    charts = [
        element
        for element in test.main
        if getattr(element.proto, "component_name", "") == "live_chart"
    ]
    chart = charts[place]
    states = test._tree.get_widget_states()
    state = states.widgets.add(id=_make_trigger_id(chart.proto.id, "events"))
    state.json_trigger_value = json.dumps([{"event": "click", "value": point}])
    test._run(states)
    assert not test.exception
