"""How much more a neuron says to a dream, step by step."""

from typing import Any

import numpy as np

from ui.shared import theme
from ui.shared.theme import Figure

_FIRST = 20
"""The first of so many parts of the steps may lie below the chart."""
_FAR, _TOO_FAR = 3, 1000
"""They do where it begins so many times as far below all else as that is high, which would be flat;
not where that is flat by itself."""


def dream_figure(values: np.ndarray, most: tuple[float, int] | None) -> Figure:
    """Args:
    values: (steps + 1,) what the neuron says.
    most: what it says to that of so many real images that it says most to; None for no such line.
    """
    yaxis: dict[str, Any] = {"title": {"text": "Sum, before its activation"}}
    if begins_below(values, most):
        low, high = _all_else(values, most)
        room = (high - low) / 15
        yaxis["range"] = [low - room, high + room]
    lines = [("The dream", values.tolist(), theme.PALETTE[0], "solid")]
    if most is not None:
        value, count = most
        same = [value] * len(values)
        lines.append((f"The most of {count:,} test images", same, theme.PALETTE[1], "dash"))
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": list(range(len(values))),
            "y": y,
            "line": {"color": colour, "dash": dash, "width": 2.5},
            "hovertemplate": f"{name}: %{{y:.2f}}<extra></extra>",
        }
        for name, y, colour, dash in lines
    ]
    layout = {
        "title": {"text": "What it says, step by step"},
        "height": 400,
        "margin": {"b": 110},
        "uirevision": "dream",
        "hovermode": "x unified",
        "legend": theme.LEGEND_BELOW,
        "xaxis": {"title": {"text": "Step uphill"}},
        "yaxis": yaxis,
    }
    return theme.figure(traces, layout)


def begins_below(values: np.ndarray, most: tuple[float, int] | None) -> bool:
    """Whether the dream's line in the figure of these comes from below the chart."""
    low, high = _all_else(values, most)
    return _FAR * (high - low) < low - values[0] < _TOO_FAR * (high - low)


def _all_else(values: np.ndarray, most: tuple[float, int] | None) -> tuple[float, float]:
    """From where to where the chart goes without those of the first steps that lie below."""
    low, high = float(values[len(values) // _FIRST :].min()), float(values.max())
    return (low, high) if most is None else (min(low, most[0]), max(high, most[0]))
