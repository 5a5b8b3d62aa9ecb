"""Colours and layout that every chart shares.

The colours of text, grid and background are not here: they differ between the light and the dark
theme, which only the browser knows, so `ui/live_chart` takes them from the page.
"""

import importlib

import plotly.graph_objects as go

# Streamlit imports pandas when it first shows the drawing board. Plotly looks at pandas where it
# is loaded, and trips over one that another visitor's thread is half-way through importing; so it
# is whole before the first figure is made.
importlib.import_module("pandas")

#: Colours for lines and bars, in the order of use (`.streamlit/config.toml` repeats them). Each has
#: a contrast of at least 3 against both backgrounds, and any two stay apart for readers with
#: protanopia, deuteranopia or tritanopia.
PALETTE: list[str] = ["#2F7FC1", "#D5661B", "#8A3FE0", "#D968A1", "#676732", "#9B4B65"]

#: Colours from "none" to "most" for pictures on a light background (the config repeats them too).
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

#: The same for heatmaps in `live_chart`, which puts in the ten `chartSequentialColors` of the theme
#: that the page has: "none" is close to the background in both.
THEME_SEQUENTIAL: list[str] = [f"var(--st-chart-sequential-colors-{step})" for step in range(10)]

#: Height of a chart in pixels where the figure names none.
CHART_HEIGHT = 320


_TEMPLATE = go.layout.Template(
    layout={
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
)


def apply(figure: go.Figure) -> go.Figure:
    """Give `figure` the look of the app, in place.

    Args:
        figure: any figure; what it sets itself (height, margins, legend) is kept.

    Returns:
        The same figure.
    """
    # Assigned, because an update would keep the colours of Plotly's own template.
    figure.layout.template = _TEMPLATE
    return figure
