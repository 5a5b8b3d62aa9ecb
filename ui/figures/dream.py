"""How much more a neuron says to a dream, step by step."""

from typing import Any

import numpy as np

from ui.shared import theme
from ui.shared.theme import Figure

_FIRST = 20
"""The first of so many parts of the steps may lie below the chart."""
_FAR = 3
"""It does where it begins so many times lower than the others are apart: they would be flat."""


def dream_figure(values: np.ndarray, most: tuple[float, int] | None) -> Figure:
    """Args:
    values: (steps + 1,) what the neuron says.
    most: what it says to that of so many real images that it says most to; None for no such line.
    """
    yaxis: dict[str, Any] = {"title": {"text": "Sum, before its activation"}}
    if begins_below(values):
        low = float(values[len(values) // _FIRST :].min())
        high = max(float(values.max()), low if most is None else most[0])
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


def begins_below(values: np.ndarray) -> bool:
    """Whether the line of these (steps + 1,) comes from below the chart."""
    later = values[len(values) // _FIRST :]
    return bool(values[0] < later.min() - _FAR * (later.max() - later.min()))
