"""What lies beside a landscape of a loss: along a training's path, and from network to network."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ui.figures.step_axis import step_places
from ui.shared import theme
from ui.shared.theme import Figure

Array = np.ndarray

_POINT = theme.PALETTE[3]
_DASHES = ("solid", "dash")
_HEIGHT = 280
_DECADES = 2
"""Over more of them there is no room for numbers in between."""
_BESIDE = 0.03
"""Of the axis, so much stays free on both sides of the path."""


def along_path(
    title: str,
    up: str,
    steps: Sequence[int],
    names: Sequence[str],
    lines: Mapping[str, Array],
    *,
    logarithmic: bool,
) -> Figure:
    """Lines along a training.

    Args:
        title: of the chart.
        up: title of the axis upwards.
        steps, names: of the moments; lines may have fewer of them.
        lines: their names and values.
        logarithmic: whether the axis upwards is.
    """
    places = step_places(steps)
    traces = [
        _line(name, number, places, values, list(names), list(steps))
        for number, (name, values) in enumerate(lines.items())
    ]
    layout = _layout(title, "Step (logarithmic)", up, len(lines))
    layout["xaxis"] |= {"type": "log", "dtick": 1, "range": _whole_way(places)}
    known = np.concatenate(list(lines.values()))
    layout["yaxis"] |= _logarithmic(known) if logarithmic else {"rangemode": "tozero"}
    layout["yaxis"]["showticklabels"] = bool(np.isfinite(known).any())
    return theme.figure(traces, layout)


def along_line(
    title: str, up: str, xs: Array, values: Array, at: float, *, logarithmic: bool
) -> Figure:
    """A line between two networks, which are at 0 and 1, with the chosen point `at`."""
    names = [f"{x:g} of the way" for x in xs]
    traces = [_line(title, 0, xs.tolist(), values, names, xs.tolist())]
    layout = _layout(title, "Share of the way to the other network", up, 1)
    looks = [(x, {"color": "var(--st-gray-text-color)", "dash": "dot", "width": 1}) for x in (0, 1)]
    layout["shapes"] = [
        {"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": look}
        for x, look in [*looks, (at, {"color": _POINT, "width": 2})]
    ]
    if logarithmic:
        layout["yaxis"] |= _logarithmic(values)
    return theme.figure(traces, layout)


def _whole_way(places: Sequence[float]) -> list[float]:
    """The range of a logarithmic axis on which all moments have room, before they have values."""
    first, last = (math.log10(places[end]) for end in (0, -1))
    beside = _BESIDE * (last - first)
    return [first - beside, last + beside]


def _logarithmic(values: Array) -> dict[str, Any]:
    shown = values[np.isfinite(values) & (values > 0)]
    is_wide = len(shown) > 0 and shown.max() > 10**_DECADES * shown.min()
    # With a format: without one Plotly writes 0.2 as a small 2.
    return {"type": "log", "dtick": 1 if is_wide else "D2", "tickformat": "~g"}


def _line(
    name: str, number: int, places: list[float], values: Array, names: list[str], xs: list[Any]
) -> dict[str, Any]:
    shown = [value if np.isfinite(value) else None for value in values.tolist()]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": places[: len(shown)],
        "y": shown,
        "text": names[: len(shown)],
        "customdata": [[x, y] for x, y in zip(xs, shown, strict=False)],
        "cliponaxis": False,
        "line": {"color": theme.PALETTE[number], "dash": _DASHES[number], "width": 2.5},
        "hovertemplate": "%{text}: %{y:.4~g}<extra></extra>",
    }


def _layout(title: str, across: str, up: str, lines: int) -> dict[str, Any]:
    return {
        "title": {"text": title, "y": 0.97, "yanchor": "top"},
        "height": _HEIGHT + (24 if lines > 1 else 0),
        "margin": {"t": 88 if lines > 1 else 56},
        "showlegend": lines > 1,
        "legend": {"x": 0, "xanchor": "left"},
        "uirevision": title,
        "xaxis": {"title": {"text": across}, "fixedrange": True},
        "yaxis": {"title": {"text": up}, "fixedrange": True},
    }
