"""One curve of several runs in one chart."""

import math
from collections.abc import Iterable
from html import escape
from typing import Any, NamedTuple

from nn.runs import Run
from ui.figures.run_charts.clipped import end_axis
from ui.figures.run_charts.event_curves import points
from ui.runs.measured import guessing_loss
from ui.runs.numbers import loss_text
from ui.shared import theme
from ui.shared.percent import percent
from ui.shared.theme import Figure

_PLOT_HEIGHT, _LEGEND_LINE = 400, 24
_MOST_MARKERS = 30
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "4px,2px", "14px,4px,2px")


class Curve(NamedTuple):
    """What can be drawn of a run.

    title: what it is called.
    field: of the run's events.
    is_share: whether it is a share of right answers, and no loss.
    """

    title: str
    field: str
    is_share: bool


CURVES = {
    curve.title: curve
    for curve in (
        Curve("Training loss", "train_loss", False),
        Curve("Validation loss", "val_loss", False),
        Curve("Training accuracy", "train_accuracy", True),
        Curve("Validation accuracy", "val_accuracy", True),
        Curve("Test accuracy", "test_accuracy", True),
    )
}

ALONG = {"Epoch": "epoch", "Step": "step", "Time": "seconds"}
"""What the x axis can be, and what `points` calls it."""

_UNITS = ((180.0, 1.0, "s"), (3 * 3600.0, 60.0, "min"), (float("inf"), 3600.0, "h"))
"""Up to so many seconds, time is counted in units of so many, which are called so."""

_ROOM_FOR_TITLE = {"text": "\u00a0", "side": "top left", "font": {"size": 18}}
"""The legend has a title itself, of blanks: in its place stands that of the chart."""
_FEW_DECADES = 1.2
"""On a logarithmic axis so long there is room for all its numbers."""


def line_style(place: int) -> dict[str, Any]:
    """How the line of the n-th of several looks: no two have one colour and one dash."""
    return {
        "color": theme.PALETTE[place % len(theme.PALETTE)],
        "dash": _DASHES[place % len(_DASHES)],
        "width": 2.5,
    }


def comparison(
    runs: dict[str, tuple[int, Run]], curve: Curve, along: str, logarithmic: bool = False
) -> Figure:
    """A line for each run that has points of this curve.

    Args:
        runs: by their names, which may be anything: the place of each, for `line_style`, and it.
        curve: one of `CURVES`.
        along: one of `ALONG`.
        logarithmic: whether the axis of a loss is; that of an accuracy never is.
    """
    drawn = {name: points(run, curve.field, ALONG[along]) for name, (_, run) in runs.items()}
    unit, unit_name = _unit(along, drawn.values())
    traces = [
        _trace(name, runs[name][0], [value / unit for value in x], y, curve, unit_name)
        for name, (x, y) in drawn.items()
        if x
    ]
    is_log = logarithmic and not curve.is_share
    title = f"{along} of training ({unit_name})" if along == "Time" else along
    layout: dict[str, Any] = {
        "title": {"text": curve.title, "y": 0.98, "yanchor": "top"},
        "height": _PLOT_HEIGHT + _LEGEND_LINE * len(runs),
        "showlegend": True,
        # Each on a line where there is little room, below the title of the chart.
        "legend": {"x": 0, "xanchor": "left", "title": _ROOM_FOR_TITLE},
        # The zoom of one kind of axes means nothing on the other.
        "uirevision": f"{' '.join(run.id for _, run in runs.values())} {curve} {title} {is_log}",
        "xaxis": {
            "title": {"text": title},
            "autorangeoptions": {"include": [0, 1], "minallowed": 0},
        },
        "yaxis": _y_axis(curve, is_log, [value for _, y in drawn.values() for value in y]),
    }
    if not traces:
        # Left alone, Plotly makes up a range that no loss or accuracy can have.
        layout["xaxis"] |= {"range": [0, 1]}
        layout["yaxis"] |= {
            "range": [0, 100] if curve.is_share else [-2, 0.5] if is_log else [0, 2.5]
        }
    figure = theme.figure(traces, layout)
    if traces and not curve.is_share and not is_log:
        guessing = [guessing_loss(run.config) for _, run in runs.values()]
        end_axis(figure, max((loss for loss in guessing if loss is not None), default=None))
    return figure


def newest_in_words(figure: Figure) -> str:
    """The newest point of each line, for screen readers."""
    axis = figure["layout"]["xaxis"]["title"]["text"]
    newest = [f"{trace['meta']} at {trace['x'][-1]:.4g}" for trace in figure["data"]]
    title = figure["layout"]["title"]["text"]
    return f"{title} by {axis.lower()}. {'; '.join(newest) or 'No points yet'}."


def _unit(along: str, drawn: Iterable[tuple[list[float], list[float]]]) -> tuple[float, str]:
    if along != "Time":
        return 1.0, ""
    longest = max((x[-1] for x, _ in drawn if x), default=0.0)
    return next((unit, name) for most, unit, name in _UNITS if longest <= most)


def _trace(
    name: str, place: int, x: list[float], y: list[float], curve: Curve, unit: str
) -> dict[str, Any]:
    texts = [percent(value) if curve.is_share else loss_text(value) for value in y]
    of_epochs = curve.field.startswith(("val", "test"))
    marked = len(x) == 1 or (of_epochs and len(x) <= _MOST_MARKERS)
    shown = escape(name, quote=False)
    return {
        "type": "scatter",
        "mode": "lines+markers" if marked else "lines",
        "name": shown,
        "line": line_style(place),
        "x": x,
        "y": [round(100 * value, 3) for value in y] if curve.is_share else y,
        "text": texts,
        "meta": f"{name}: {texts[-1]}",
        "hovertemplate": f"%{{x:.4~g}} {unit}: %{{text}}<extra>{shown}</extra>",
    }


def _y_axis(curve: Curve, is_log: bool, values: list[float]) -> dict[str, Any]:
    if curve.is_share:
        return {
            "title": {"text": "Right answers (%)"},
            "autorangeoptions": {"include": [90, 100], "maxallowed": 100},
        }
    axis: dict[str, Any] = {"title": {"text": "Mean loss per image"}, "separatethousands": True}
    if is_log:
        axis |= {"type": "log", "exponentformat": "power"}
        above_0 = [value for value in values if value > 0]
        if above_0 and math.log10(max(above_0) / min(above_0)) < _FEW_DECADES:
            axis["minorloglabels"] = "complete"
    return axis
