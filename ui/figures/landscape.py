"""The landscape of a loss, as a map or a surface; colours and heights are logarithmic."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ui.shared import theme
from ui.shared.number_text import number_text
from ui.shared.percent import percent
from ui.shared.theme import Figure

Array = np.ndarray

_PATH, _POINT = theme.PALETTE[1], theme.PALETTE[3]
_SCALE = [[step / 9, colour] for step, colour in enumerate(theme.THEME_SEQUENTIAL)]
_LINES = 14
"""So many contour lines there are."""
_LOWEST = 1e-6
"""Losses below are drawn as this: 0 has no logarithm."""
_HEIGHT = 520
_SMALL = {"size": 12}
"""Of titles along a surface, which on a phone would not fit."""
_PIN = 0.2
"""How high the pin is that marks a point of a surface, in heights of the surface."""
_TICKS = 5
"""At most so many numbers stand along its edges."""


class Heights(NamedTuple):
    """The loss over a sheet.

    xs, ys: (columns,), (rows,).
    losses, accuracies: (rows, columns); a loss may be infinite.
    """

    xs: Array
    ys: Array
    losses: Array
    accuracies: Array


class Trail(NamedTuple):
    """The path of a training over a sheet.

    places: (n, 2), none where there is no path.
    names: (n,) of its moments.
    losses: on the sheet, of as many of them as are known yet.
    now: which of them is looked at, if one is.
    """

    places: Array
    names: Sequence[str]
    losses: Array
    now: int | None


def contour(
    title: str, axes: Sequence[str], heights: Heights, trail: Trail, point: Sequence[float]
) -> Figure:
    """The loss as colours and contour lines, over it the path, and a cross at the point (x, y).
    `axes` are the titles of both."""
    low, high = _range(heights.losses)
    texts = [
        [f"loss {number_text(a, '.3g')}, {percent(b)} right" for a, b in zip(*row, strict=True)]
        for row in zip(heights.losses.tolist(), heights.accuracies.tolist(), strict=True)
    ]
    traces: list[dict[str, Any]] = [
        {
            "type": "contour",
            "x": heights.xs.tolist(),
            "y": heights.ys.tolist(),
            "z": _logarithms(heights.losses),
            "zmin": low,
            "zmax": high,
            "colorscale": _SCALE,
            "contours": {
                "coloring": "heatmap",
                "start": low,
                "end": high,
                "size": (high - low) / _LINES,
            },
            "line": {"width": 0.6, "color": "var(--st-gray-text-color)"},
            "colorbar": _colour_bar(low, high),
            "hovertext": texts,
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    ]
    if len(trail.places):
        traces += [_path(trail), _mark(trail.places[0], "circle", _PATH)]
        traces.append(_mark(trail.places[-1], "circle", _PATH))
        if trail.now is not None:
            traces.append(_mark(trail.places[trail.now], "square", _PATH))
    traces.append(_mark(point, "x", _POINT))
    layout = {
        "title": {"text": title},
        "height": _HEIGHT,
        "showlegend": False,
        "uirevision": title,
        "hovermode": "closest",
        "xaxis": _axis(axes[0], heights.xs),
        "yaxis": _axis(axes[1], heights.ys),
        "annotations": _names(trail),
    }
    return theme.figure(traces, layout)


def surface(
    title: str, axes: Sequence[str], heights: Heights, trail: Trail, point: Sequence[float]
) -> Figure:
    """The same as a surface that can be turned; the path lies on it as far as it is known, and a
    pin with a cross stands in the point where there is a height."""
    low, high = _range(heights.losses)
    traces: list[dict[str, Any]] = [
        {
            "type": "surface",
            "x": heights.xs.tolist(),
            "y": heights.ys.tolist(),
            "z": _logarithms(heights.losses),
            "cmin": low,
            "cmax": high,
            "colorscale": _SCALE,
            "showscale": False,  # the axis upwards says it
            "hoverinfo": "skip",
        }
    ]
    if len(trail.losses):
        places = trail.places[: len(trail.losses)]
        traces.append(
            {
                "type": "scatter3d",
                "mode": "lines+markers",
                "x": places[:, 0].tolist(),
                "y": places[:, 1].tolist(),
                "z": _logarithms(trail.losses),
                "line": {"color": _PATH, "width": 6},
                "marker": {"color": _PATH, "size": 3},
                "text": list(trail.names[: len(trail.losses)]),
                "hovertemplate": "%{text}<extra></extra>",
            }
        )
    height = _height(heights, *point)
    if height is not None:
        x, y = map(float, point)
        traces.append(
            {
                # A pin: what lies on the surface itself sinks in.
                "type": "scatter3d",
                "mode": "lines+text",
                **{"x": [x, x], "y": [y, y], "z": [height, height + _PIN * (high - low)]},
                "line": {"color": _POINT, "width": 5},
                "text": ["", "✕"],
                "textposition": "middle center",
                "textfont": {"size": 22, "color": _POINT},
                "hoverinfo": "skip",
            }
        )
    values, texts = _ticks(low, high)
    layout = {
        "title": {"text": title},
        "height": _HEIGHT,
        "margin": {"l": 0, "r": 0, "b": 0},
        "showlegend": False,
        "uirevision": title,
        "scene": {
            "dragmode": "turntable",
            "aspectratio": {"x": 1, "y": 1, "z": 0.6},
            "xaxis": {"title": {"text": axes[0], "font": _SMALL}, "nticks": _TICKS},
            "yaxis": {"title": {"text": axes[1], "font": _SMALL}, "nticks": _TICKS},
            "zaxis": {"title": {"text": "Loss"}, "tickvals": values, "ticktext": texts},
        },
    }
    return theme.figure(traces, layout)


def _path(trail: Trail) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": trail.places[:, 0].tolist(),
        "y": trail.places[:, 1].tolist(),
        "line": {"color": _PATH, "width": 2},
        "marker": {
            "size": 7,
            "color": _PATH,
            "line": {"color": "var(--st-background-color)", "width": 1},
        },
        "text": list(trail.names),
        "hovertemplate": "%{text}<extra></extra>",
    }


def _mark(place: Sequence[float] | Array, symbol: str, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [float(place[0])],
        "y": [float(place[1])],
        "marker": {
            "symbol": symbol,
            "size": 13,
            "color": colour,
            "line": {"color": "var(--st-background-color)", "width": 2},
        },
        "hoverinfo": "skip",
    }


def _names(trail: Trail) -> list[dict[str, Any]]:
    """What the ends of the path are called, and the moment that is looked at."""
    if not len(trail.places):
        return []
    named = {"start": 0, "end": -1} | ({} if trail.now is None else {"now": trail.now})
    return [
        {
            "text": text,
            "x": float(trail.places[at, 0]),
            "y": float(trail.places[at, 1]),
            "yshift": 20,
            "showarrow": False,
            "bgcolor": "var(--st-background-color)",
            "opacity": 0.85,
        }
        for text, at in named.items()
    ]


def _axis(title: str, values: Array) -> dict[str, Any]:
    return {
        "title": {"text": title},
        "range": [float(values[0]), float(values[-1])],
        "fixedrange": True,
        "showgrid": False,
    }


def _logarithms(losses: Array) -> Any:
    """As lists; None for what is infinite, which is left white."""
    found = np.log10(np.maximum(losses, _LOWEST)).round(4)
    as_objects = found.astype(object)
    as_objects[~np.isfinite(found)] = None
    return as_objects.tolist()


def _height(heights: Heights, x: float, y: float) -> float | None:
    """The logarithm of the loss at a point, between those around it; None beyond them, and beside
    a loss that is infinite."""
    xs, ys = heights.xs, heights.ys
    if not (xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]):
        return None
    column = int(np.clip(np.searchsorted(xs, x, side="right") - 1, 0, len(xs) - 2))
    row = int(np.clip(np.searchsorted(ys, y, side="right") - 1, 0, len(ys) - 2))
    corners = heights.losses[row : row + 2, column : column + 2]
    if not np.isfinite(corners).all():
        return None
    left, right = np.log10(np.maximum(corners, _LOWEST)).T
    share = (x - xs[column]) / (xs[column + 1] - xs[column])
    lower, upper = left + share * (right - left)
    return float(lower + (y - ys[row]) / (ys[row + 1] - ys[row]) * (upper - lower))


def _range(losses: Array) -> tuple[float, float]:
    finite = np.log10(np.maximum(losses[np.isfinite(losses)], _LOWEST))
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (-1.0, 1.0)
    return low, max(high, low + 0.1)


def _ticks(low: float, high: float) -> tuple[list[float], list[str]]:
    """Round losses from 10^low to 10^high: their logarithms and what they are called."""
    digits = (1, 2, 5) if high - low < 3 else (1,)
    exponents = range(math.floor(low), math.ceil(high) + 1)
    losses = [digit * 10.0**exponent for exponent in exponents for digit in digits]
    shown = [loss for loss in losses if low <= math.log10(loss) <= high]
    return [math.log10(loss) for loss in shown], [f"{loss:g}" for loss in shown]


def _colour_bar(low: float, high: float) -> dict[str, Any]:
    values, texts = _ticks(low, high)
    return {
        "title": {"text": "Loss", "side": "top"},
        "tickvals": values,
        "ticktext": texts,
        "thickness": 12,
        "outlinewidth": 0,
    }
