"""The Python half of the live chart; tests/browser/test_live_chart.py has the other."""

import json

from streamlit.testing.v1 import AppTest

from ui.shared import theme


def chart_page() -> None:
    import streamlit as st

    from ui.components.live_chart import live_chart
    from ui.shared import theme

    layout = {"height": st.session_state.height} if "height" in st.session_state else {}
    figure = theme.figure([{"type": "scatter", "x": [1, 2], "y": [3, 4]}], layout)
    click = live_chart(figure, key="chart", alt="Two points.", clicks=True)
    st.text(repr(click))


def run(**state: object) -> tuple[dict, AppTest]:
    """What the browser gets of the chart, and the page."""
    test = AppTest.from_function(chart_page, default_timeout=20)
    for key, value in state.items():
        test.session_state[key] = value
    test.run()
    assert not test.exception
    chart = test.main[0]
    return json.loads(chart.proto.json), test


def test_browser_gets_figure_label_and_script():
    data, _ = run()
    assert json.loads(data["figure"])["data"][0]["y"] == [3, 4]
    assert data["alt"] == "Two points."
    assert data["clicks"] is True
    assert data["plotly"].startswith("app/static/plotly.min.js")


def test_height_is_the_figures_or_the_usual_one():
    assert run(height=333)[0]["height"] == 333
    assert run()[0]["height"] == theme.CHART_HEIGHT


def test_no_click_yet():
    assert run()[1].text[0].value == "None"


def test_last_click_is_returned():
    click = {"x": 1, "y": 3, "id": 7}
    assert run(chart={"click": click})[1].text[0].value == repr(click)
