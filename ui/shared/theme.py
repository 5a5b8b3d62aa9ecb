"""Colours and layout that every chart shares.

A figure is Plotly's own JSON and not a `go.Figure`: that would check each value, for 14 ms each
time, which is too much for charts that change while one looks at them, and load pandas. The tests
build `go.Figure`s of our figures, so that a name that Plotly doesn't know is found there.

The colours of text, grid and background are not here: they differ between the light and the dark
theme, which only the browser knows, so `live_chart` takes them from the page.
"""

from typing import Any

Figure = dict[str, Any]
"""`data`, a list of traces, and `layout`: what `Plotly.react` takes, as JSON knows it."""

PALETTE: list[str] = ["#2F7FC1", "#D5661B", "#8A3FE0", "#D968A1", "#676732", "#9B4B65"]
"""Colours for lines and bars, in the order of use (`.streamlit/config.toml` repeats them). Each has
a contrast of at least 3 against both backgrounds, and any two stay apart for readers with
protanopia, deuteranopia or tritanopia."""

SEQUENTIAL: list[str] = [
    "#F4F6F5",
    "#DCE9EC",
    "#C0DBE2",
    "#A0CBD7",
    "#7CB8CA",
    "#56A2BC",
    "#348BAC",
    "#1D7196",
    "#12577C",
    "#0B3D5E",
]
"""From "none" to "most", for pictures on a light background (the config repeats them too)."""

THEME_SEQUENTIAL: list[str] = [f"var(--st-chart-sequential-colors-{step})" for step in range(10)]
"""The same for heatmaps in `live_chart`, which puts in the ten `chartSequentialColors` of the theme
that the page has: "none" is close to the background in both."""

PICTURE_COLOURS: dict[str, str] = {
    "text-color": "#22262B",
    "border-color": "#D9D5CA",
    "background-color": "#FFFFFF",
    "chart-sequential-colors": ",".join(SEQUENTIAL),
}
"""Streamlit's theme variables in pictures that `live_chart` saves: those of the light theme (the
config has them too), but on white."""

CHART_HEIGHT = 320
"""In pixels, where the figure names none."""

LEGEND_BELOW: dict[str, Any] = {
    "orientation": "v",
    "x": 0,
    "xanchor": "left",
    "yref": "container",
    "y": 0,
    "yanchor": "bottom",
}
"""One name below the other: on a phone there is no room beside each other."""

_TEMPLATE: dict[str, Any] = {
    "layout": {
        "colorway": PALETTE,
        "margin": {"l": 56, "r": 16, "t": 56, "b": 48},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 14},
        "title": {"x": 0, "xref": "paper", "font": {"size": 18}},
        "legend": {"orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom"},
        "xaxis": {"automargin": True, "zeroline": False, "title": {"font": {"size": 14}}},
        "yaxis": {"automargin": True, "zeroline": False, "title": {"font": {"size": 14}}},
    }
}


def figure(traces: list[dict[str, Any]], layout: dict[str, Any]) -> Figure:
    """A figure with the look of the app; what `layout` sets itself (height, margins) is kept."""
    return {"data": traces, "layout": {"template": _TEMPLATE, **layout}}
