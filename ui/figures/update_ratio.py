"""How large a training's steps are beside the weights that they change, layer by layer."""

from collections.abc import Sequence
from typing import Any

from ui.shared import theme
from ui.shared.number_text import power_of_ten
from ui.shared.theme import Figure

BAND = (-3.5, -2.5)
"""log10 of what is healthy, about 10⁻³."""
_HEIGHT = 270
_LEGEND_LINE = 22
_IN_A_LINE = 3
_USUAL = (-6.0, 0.0)
"""The axis shows at least this, so that those of two trainings can be compared."""
_DASHES = ("solid", "dash", "dot")


def update_ratio(
    epochs: Sequence[float],
    layers: dict[str, Sequence[float | None]],
    now: float,
    uirevision: str,
) -> Figure:
    """A line for each layer.

    Args:
        epochs: of the moments.
        layers: log10 of ‖Δw‖ / ‖w‖ at each moment, by the layer's number; None where
            nothing was changed.
        now: the epoch of the moment that is looked at, which is marked.
        uirevision: the zoom is kept as long as this is the same.
    """
    values = [value for line in layers.values() for value in line if value is not None]
    low = min([_USUAL[0], *values])
    high = max([_USUAL[1], *values])
    ticks = range(int(low) - 1, int(high) + 2)
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": list(epochs),
            "y": list(line),
            "customdata": [
                [epoch, 0.0 if value is None else 10**value]
                for epoch, value in zip(epochs, line, strict=True)
            ],
            "line": {
                "color": theme.PALETTE[place % len(theme.PALETTE)],
                "dash": _DASHES[place // len(theme.PALETTE) % len(_DASHES)],
                "width": 2,
            },
            "hovertemplate": "Epoch %{x:.2f}: 10^%{y:.2f}<extra>layer %{fullData.name}</extra>",
        }
        for place, (name, line) in enumerate(layers.items())
    ]
    legend_height = _LEGEND_LINE * -(-len(layers) // _IN_A_LINE)
    return theme.figure(
        traces,
        {
            "height": _HEIGHT + legend_height,
            "title": {"text": "Size of a step", "y": 0.98, "yanchor": "top"},
            # Below the chart, in as many lines as there must be where there is little room.
            "margin": {"l": 56, "r": 16, "t": 40, "b": 56 + legend_height},
            "legend": {
                **{"orientation": "h", "title": {"text": "Layer "}},
                **{"xref": "container", "x": 0.02, "xanchor": "left"},
                **{"yref": "container", "y": 0.01, "yanchor": "bottom"},
            },
            "showlegend": True,
            "uirevision": uirevision,
            "xaxis": {"title": {"text": "Epoch"}, "rangemode": "tozero"},
            "yaxis": {
                "title": {"text": "‖Δw‖ / ‖w‖"},
                "range": [low - 0.2, high + 0.2],
                "tickvals": list(ticks),
                "ticktext": [power_of_ten(power) for power in ticks],
            },
            "shapes": [
                _shape("rect", (0, BAND[0]), (1, BAND[1]), xref="paper"),
                _shape("line", (now, 0), (now, 1), yref="paper"),
            ],
        },
    )


def _shape(
    kind: str, begin: tuple[float, float], end: tuple[float, float], **refs: str
) -> dict[str, Any]:
    look: dict[str, Any] = (
        {"fillcolor": theme.PALETTE[0], "opacity": 0.15, "line": {"width": 0}, "layer": "below"}
        if kind == "rect"
        else {"line": {"color": "var(--st-text-color)", "width": 1, "dash": "dot"}}
    )
    x0, y0 = begin
    x1, y1 = end
    return {"type": kind, "x0": x0, "x1": x1, "y0": y0, "y1": y1, **refs, **look}
