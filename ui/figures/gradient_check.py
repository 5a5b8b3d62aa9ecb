"""Backpropagation beside central differences: for one weight at many steps, for many weights."""

from collections.abc import Sequence
from typing import Any

from nn.explain.gradient_check import Difference, GradientCheck
from ui.shared import theme
from ui.shared.theme import Figure

LEAST_ERROR = 1e-16
"""An error of 0 is drawn here: a logarithmic axis has no 0, and float64 knows no smaller one."""
_HEIGHT = 320
_LOG = {"type": "log", "exponentformat": "power", "zeroline": False}
_TENS = {"dtick": 2}
_MARGIN = {"t": 64, "b": 48}  # above the legend a phone has its tools
_BLUE, _ORANGE = theme.PALETTE[0], theme.PALETTE[1]


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
        "height": _HEIGHT,
        "margin": _MARGIN,
        "uirevision": "gradient_error",
        "showlegend": bool(kinked),
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
    """Sizes of gradients by backpropagation (across) and by trying (up), those that are not 0."""
    shown = [check for check in checks if check.gradient and check.differences[0].value]
    sizes = [abs(check.gradient) for check in shown]
    low, high = (min(sizes), max(sizes)) if sizes else (1e-8, 1.0)
    diagonal = {
        "type": "scatter",
        "mode": "lines",
        "name": "the same",
        "x": [low / 2, high * 2],
        "y": [low / 2, high * 2],
        "line": {"color": "var(--st-gray-text-color)", "width": 1},
        "hoverinfo": "skip",
    }
    kinds = (
        ("positive", "cross-thin-open", _BLUE, lambda c: not _kinked(c) and c.gradient > 0),
        ("negative", "line-ew-open", _ORANGE, lambda c: not _kinked(c) and c.gradient < 0),
        ("a kink inside", "x", theme.PALETTE[2], _kinked),
    )
    traces = [diagonal]
    for name, symbol, colour, belongs in kinds:
        some = [check for check in shown if belongs(check)]
        if some:
            trace = {
                "type": "scatter",
                "name": name,
                "x": [abs(check.gradient) for check in some],
                "y": [abs(check.differences[0].value) for check in some],
                "text": [f"{check.name}{list(check.index)}" for check in some],
                "hovertemplate": "%{text}<br>backpropagation %{x:.6e}<br>trying %{y:.6e}"
                "<extra></extra>",
            }
            traces.append(trace | _marks(symbol, colour))
    layout = {
        "height": _HEIGHT,
        "margin": _MARGIN,
        "uirevision": "gradient_sample",
        "xaxis": {**_LOG, "title": {"text": "|∂L/∂w| by backpropagation"}},
        "yaxis": {**_LOG, "title": {"text": "by trying"}},
    }
    return theme.figure(traces, layout)


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


def _kinked(check: GradientCheck) -> bool:
    return check.differences[0].crosses_kink
