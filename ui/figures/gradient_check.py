"""Backpropagation beside central differences: for one weight at many steps, for many weights."""

from collections.abc import Sequence
from typing import Any

from nn.explain.gradient_check import Difference, GradientCheck
from ui.shared import theme
from ui.shared.theme import Figure

LEAST_ERROR = 1e-16
"""An error of 0 is drawn here: a logarithmic axis has no 0, and float64 knows no smaller one."""
_HEIGHT = 380
_LOG = {
    **{"type": "log", "exponentformat": "power", "zeroline": False},
    "tickfont": {"size": 15},  # the exponents are much smaller than that
}
_TENS = {"dtick": 2}
_MARGIN = {"t": 56, "b": 116}
# Below the chart: beside the title, or on a phone in several lines over it, it would hide that.
_LEGEND = {
    **{"xref": "container", "x": 0.02, "xanchor": "left"},
    **{"yref": "container", "y": 0.01, "yanchor": "bottom"},
}
_BLUE, _ORANGE, _PURPLE, _PINK, _OLIVE, _ = theme.PALETTE


def error_figure(check: GradientCheck) -> Figure:
    """The relative error of the central difference against the step, kinks marked by crosses."""
    smooth = [one for one in check.differences if not one.crosses_kink]
    kinked = [one for one in check.differences if one.crosses_kink]
    line = _points("all steps", check.differences) | {
        "mode": "lines",
        "line": {"color": "var(--st-gray-text-color)", "width": 1.5},
        "showlegend": False,
        "hoverinfo": "skip",
    }
    layout: dict[str, Any] = {
        "title": {"text": "Error of trying, by step"},
        "height": _HEIGHT,
        "margin": _MARGIN if kinked else {**_MARGIN, "b": 64},
        "legend": _LEGEND,
        "uirevision": "gradient_error",
        "showlegend": bool(kinked),  # else there is but one kind of marks
        "xaxis": {**_LOG, **_TENS, "title": {"text": "Step h"}, "range": [-12.4, -0.6]},
        "yaxis": {
            **_LOG,
            **_TENS,
            "title": {"text": "Relative error of trying"},
            "range": [-16.5, 1],
        },
    }
    traces = [line, _points("smooth", smooth) | _marks("circle", _BLUE)]
    if kinked:
        traces.append(_points("a kink inside", kinked) | _marks("x", _ORANGE))
    return theme.figure(traces, layout)


def sample_figure(checks: Sequence[GradientCheck]) -> Figure:
    """Sizes of gradients by backpropagation (across) and by trying (up).

    A weight whose numbers agree is on the diagonal. Where they have opposite signs it is marked,
    whatever their sizes are; where one of them is 0, which a logarithm has no place for, it is at
    the edge. Those with both 0 agree, and are left out.
    """
    pairs = [(abs(check.gradient), abs(_tried(check))) for check in checks]
    sizes = [size for pair in pairs for size in pair if size]
    low, high = (min(sizes), max(sizes)) if sizes else (1e-8, 1.0)
    edge = low / 10
    diagonal = {
        "type": "scatter",
        "mode": "lines",
        "name": "the same",
        "x": [low / 2, high * 2],
        "y": [low / 2, high * 2],
        "line": {"color": "var(--st-gray-text-color)", "width": 1},
        "hoverinfo": "skip",
    }
    marks = {
        "positive": ("cross-thin-open", _BLUE),
        "negative": ("line-ew-open", _ORANGE),
        "a kink inside": ("x", _PURPLE),
        "signs differ": ("diamond", _PINK),
        "one is 0 (at the edge)": ("square-open", _OLIVE),
    }
    kinds = [_kind(check) for check in checks]
    traces = [diagonal]
    for name, (symbol, colour) in marks.items():
        some = [k for k, kind in enumerate(kinds) if kind == name]
        if some:
            trace = {
                "type": "scatter",
                "name": name,
                "x": [max(pairs[k][0], edge) for k in some],
                "y": [max(pairs[k][1], edge) for k in some],
                "customdata": [[checks[k].gradient, _tried(checks[k])] for k in some],
                "text": [f"{checks[k].name}{list(checks[k].index)}" for k in some],
                "hovertemplate": "%{text}<br>backpropagation %{customdata[0]:+.6e}<br>trying "
                "%{customdata[1]:+.6e}<extra></extra>",
            }
            traces.append(trace | _marks(symbol, colour))
    layout = {
        "title": {"text": "Gradients both ways"},
        "height": _HEIGHT,
        "margin": _MARGIN,
        "legend": _LEGEND,
        "showlegend": True,
        "uirevision": "gradient_sample",
        "xaxis": {**_LOG, "title": {"text": "|∂L/∂w| by backpropagation"}},
        "yaxis": {**_LOG, "title": {"text": "|∂L/∂w| by trying"}},
    }
    return theme.figure(traces, layout)


def signs_differ(check: GradientCheck) -> bool:
    """Whether one of both numbers is positive and the other negative."""
    return min(check.gradient, _tried(check)) < 0 < max(check.gradient, _tried(check))


def _kind(check: GradientCheck) -> str | None:
    """The name of the marks that a check belongs to; None if both numbers are 0."""
    if not check.gradient and not _tried(check):
        return None
    if check.differences[0].crosses_kink:
        return "a kink inside"
    if not check.gradient or not _tried(check):
        return "one is 0 (at the edge)"
    if signs_differ(check):
        return "signs differ"
    return "positive" if check.gradient > 0 else "negative"


def _tried(check: GradientCheck) -> float:
    return check.differences[0].value


def _points(name: str, differences: Sequence[Difference]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": name,
        "x": [one.step for one in differences],
        "y": [max(one.relative_error, LEAST_ERROR) for one in differences],
        "customdata": [one.value for one in differences],
        "hovertemplate": "h = %{x:.0e}: %{customdata:.9e}<br>relative error %{y:.1e}"
        "<extra></extra>",
    }


def _marks(symbol: str, colour: str) -> dict[str, Any]:
    line = {"width": 2, "color": colour} if symbol.endswith("open") else {"width": 0}
    marker = {"symbol": symbol, "size": 9, "color": colour, "line": line}
    return {"mode": "markers", "marker": marker}
