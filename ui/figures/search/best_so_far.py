"""What the trials of a search reached, one after another, and the best up to each moment."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from ui.shared import theme
from ui.shared.theme import Figure

CUT = "Stopped or out of time"
"""What charts call trials that ended because their search did."""
_SHORT = 180.0
"""Seconds; what took longer is told in minutes."""
_WIDE = 10.0
"""Values that differ by a larger factor are drawn on a logarithmic axis."""
_MOST_TENS = 4


class TrialDot(NamedTuple):
    """A trial that has ended with a value.

    number: which one it is, from 0; people count from 1.
    seconds: after how many seconds of searching it ended.
    value: what it reached.
    is_pruned: whether it did not train to its end; its value is that of its last epoch then.
    settings: what was tried, in words.
    is_cut: whether that was because the search was stopped or its time was up, and not because
        others were better.
    """

    number: int
    seconds: float
    value: float
    is_pruned: bool
    settings: str
    is_cut: bool = False


def best_so_far(dots: Sequence[TrialDot], measure: str, *, lower_is_better: bool) -> Figure:
    """A dot for each trial, and a stepped line for the best one until then.

    Args:
        dots: in the order in which they ended.
        measure: what the values are, such as "Validation loss".
        lower_is_better: whether less of it is better. More of it is a share, shown in percent.
    """
    end = dots[-1].seconds if dots else 0.0
    unit_seconds, time_unit = (1.0, "Seconds") if end < _SHORT else (60.0, "Minutes")
    dots = [dot._replace(seconds=dot.seconds / unit_seconds) for dot in dots]
    scale = 1.0 if lower_is_better else 100.0
    unit = "" if lower_is_better else " (%)"
    whole = [dot for dot in dots if not dot.is_pruned]
    traces = [
        _dots(whole, "Trial", scale, {"color": theme.PALETTE[0], "size": 9}),
        _dots(
            [dot for dot in dots if dot.is_pruned and not dot.is_cut],
            "Ended early",
            scale,
            {"color": theme.PALETTE[4], "size": 9, "symbol": "x-thin-open", "line": {"width": 2}},
        ),
        _dots(
            [dot for dot in dots if dot.is_cut],
            CUT,
            scale,
            {"color": theme.PALETTE[4], "size": 9, "symbol": "square-open", "line": {"width": 2}},
        ),
        _line(whole, end / unit_seconds, scale, lower_is_better),
    ]
    values = [scale * dot.value for dot in dots]
    yaxis: dict[str, Any] = {"title": {"text": measure + unit}, "exponentformat": "none"}
    if lower_is_better and values and 0 < min(values) < max(values) / _WIDE:
        yaxis |= {"type": "log", **_marks(min(values), max(values))}
    else:
        yaxis["rangemode"] = "nonnegative"  # around a single value Plotly goes below 0
    layout = {
        "title": {"text": "Best so far", "y": 0.98, "yanchor": "top"},
        "margin": {"t": 84},
        "uirevision": f"best {yaxis.get('type')}",
        "hovermode": "closest",
        "xaxis": {"title": {"text": f"{time_unit} of searching"}, "rangemode": "tozero"},
        "yaxis": yaxis,
    }
    return theme.figure(traces, layout)


def _marks(low: float, high: float) -> dict[str, Any]:
    """Where an axis by factors has numbers: at 1, 2, 5, 10, ... Plotly's own ones between the tens
    are a digit alone, "5" for 0.5. Of many tens it writes these alone."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    if last - first > _MOST_TENS:
        return {}
    tens = range(first, last + 1)
    return {"tickvals": [float(f"{digit}e{ten}") for ten in tens for digit in (1, 2, 5)]}


def _dots(
    dots: Sequence[TrialDot], name: str, scale: float, marker: dict[str, Any]
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [round(dot.seconds, 3) for dot in dots],
        "y": [float(f"{scale * dot.value:.5g}") for dot in dots],
        "text": [f"Trial {dot.number + 1}" for dot in dots],
        "hovertext": [f"Trial {dot.number + 1}: {dot.settings}" for dot in dots],
        "marker": marker,
        "hovertemplate": "%{hovertext}<br>%{y:.4~g}<extra></extra>",
        "showlegend": bool(dots),
    }


def _line(
    dots: Sequence[TrialDot], end: float, scale: float, lower_is_better: bool
) -> dict[str, Any]:
    """The best of the trials up to each moment, drawn on to `end`."""
    x, y, names = [], [], []
    best = math.inf
    for dot in dots:
        loss = dot.value if lower_is_better else -dot.value
        if loss < best:
            best = loss
            x.append(round(dot.seconds, 3))
            y.append(float(f"{scale * dot.value:.5g}"))
            names.append(f"Trial {dot.number + 1}")
    if x and end > x[-1]:
        x.append(round(end, 3))
        y.append(y[-1])
        names.append(names[-1])
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "Best so far",
        "x": x,
        "y": y,
        "text": names,
        "line": {"color": theme.PALETTE[1], "width": 2, "shape": "hv"},
        "hoverinfo": "skip",
    }
