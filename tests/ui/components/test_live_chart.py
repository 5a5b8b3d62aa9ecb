"""The Python half of the live chart; tests/browser/test_live_chart.py has the other."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.components.clicks import click_chart
from ui.shared import theme


def chart_page() -> None:
    import streamlit as st

    from ui.components.live_chart import live_chart
    from ui.shared import theme

    layout = {"height": st.session_state.height} if "height" in st.session_state else {}
    figure = theme.figure([{"type": "scatter", "x": [1, 2], "y": [3, 4]}], layout)
    options = {name: st.session_state.get(name) for name in ("on_click", "picture")}
    options["picture_of"] = st.session_state.get("picture_of", "")
    live_chart(figure, key="chart", alt="Two points.", **options)


def run(**state: object) -> tuple[dict, AppTest]:
    """What the browser gets of the chart, and the page."""
    test = AppTest.from_function(chart_page)
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
    assert data["plotly"].startswith("app/static/plotly.min.js")


def test_height_is_the_figures_or_the_usual_one():
    assert run(height=333)[0]["height"] == 333
    assert run()[0]["height"] == theme.CHART_HEIGHT


def test_browser_is_told_what_a_picture_is_called_and_how_it_looks():
    assert run()[0]["picture"] is None
    picture = run(picture="two-points")[0]["picture"]
    assert picture == {"name": "two-points", "colours": theme.PICTURE_COLOURS}
    picture = run(picture="two-points", picture_of="a <b>run</b> " + 9 * "wide ")[0]["picture"]
    assert picture["heading"] == ["a &lt;b&gt;run&lt;/b&gt;" + 7 * " wide", "wide wide"]


def test_browser_is_told_whether_to_report_clicks():
    assert run()[0]["clicks"] is False
    assert run(on_click=print)[0]["clicks"] is True


def test_a_click_is_told_once_and_before_the_page_runs():
    clicks: list[dict] = []
    _, test = run(on_click=clicks.append)
    click_chart(test, {"x": 1, "y": 3})
    assert clicks == [{"x": 1, "y": 3}]
    test.run()
    assert len(clicks) == 1
    click_chart(test, {"x": 1, "y": 3})  # the same point again
    assert len(clicks) == 2


@pytest.mark.parametrize(
    "sent", [None, 5, "x", [], {}, {"x": 1}, {"x": "a", "y": 1}, {"x": 1, "y": 1e300}]
)
def test_what_is_no_point_is_not_heard(sent):
    clicks: list[dict] = []
    _, test = run(on_click=clicks.append)
    click_chart(test, sent)
    assert clicks == []
