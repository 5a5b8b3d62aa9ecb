"""How much more a neuron says to a dream, step by step."""

import numpy as np

from ui.shared import theme
from ui.shared.theme import Figure


def dream_figure(values: np.ndarray, most: tuple[float, int] | None) -> Figure:
    """Args:
    values: (steps + 1,) what the neuron says.
    most: what it says to that of so many real images that it says most to; None for no such line.
    """
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
        "yaxis": {"title": {"text": "Sum, before its activation"}},
    }
    return theme.figure(traces, layout)
