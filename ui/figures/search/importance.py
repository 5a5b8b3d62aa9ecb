"""How much each setting decided about what the trials of a search reached."""

from collections.abc import Mapping

from ui.shared import theme
from ui.shared.theme import Figure

_BAR_HEIGHT = 30
_HEIGHT_AROUND = 120


def importance_figure(shares: Mapping[str, float]) -> Figure:
    """Horizontal bars, the most important setting on top.

    Args:
        shares: the label of each setting and its share of the differences; together about 1.
    """
    labels = sorted(shares, key=lambda label: shares[label])
    percent = [100 * shares[label] for label in labels]
    bars = {
        "type": "bar",
        "orientation": "h",
        "name": "Importance",
        "x": [round(value, 1) for value in percent],
        "y": labels,
        "text": [f"{value:.0f} %" for value in percent],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": theme.PALETTE[0]},
        "hovertemplate": "%{y}: %{x:.1f} %<extra></extra>",
    }
    layout = {
        "title": {"text": "Importance of each setting"},
        "height": _HEIGHT_AROUND + _BAR_HEIGHT * len(labels),
        "margin": {"r": 56},
        "bargap": 0.3,
        "uirevision": "importance",
        "xaxis": {
            "title": {"text": "Share of what decides (%)"},
            "range": [0, 100],
            "fixedrange": True,
        },
        "yaxis": {
            "title": {"text": "Setting", "standoff": 16},
            "fixedrange": True,
            "ticklabelstandoff": 6,
            "showgrid": False,
        },
    }
    return theme.figure([bars], layout)
