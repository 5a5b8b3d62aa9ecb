"""The loss of a run over its epochs, and on request the learning rate beside it."""

from typing import Any

from nn.runs import Run
from ui.figures.run_charts.clipped import end_axis
from ui.figures.run_charts.epoch_curves import epoch_curves
from ui.figures.run_charts.event_curves import points
from ui.figures.run_charts.run_chart import RunChart
from ui.runs.measured import guessing_loss
from ui.runs.numbers import loss_text, rate_text
from ui.shared import theme
from ui.shared.theme import Figure


def _draw(run: Run, logarithmic: bool = False, learning_rate: bool = False) -> Figure:
    yaxis: dict[str, Any] = {
        "title": {"text": "Mean loss per image"},
        "separatethousands": True,
        # The zoom of one kind of axis means nothing on the other.
        "uirevision": f"{run.id} {logarithmic}",
    }
    if logarithmic:
        yaxis |= {"type": "log", "minorloglabels": "complete", "exponentformat": "power"}
        empty = [-2.0, 0.5]
    else:
        empty = [0.0, 2.5]
    figure = epoch_curves(run, "loss", yaxis, hover="%{y:,.4~g}", empty=empty)
    for trace in figure["data"]:
        if trace["y"]:
            trace["meta"] = loss_text(trace["y"][-1])
    if not logarithmic:
        end_axis(figure, guessing_loss(run.config))
    if learning_rate:
        _add_learning_rate(run, figure)
    return figure


def _add_learning_rate(run: Run, figure: Figure) -> None:
    """The learning rate in use as a third curve, with an axis of its own on the right."""
    x, y = points(run, "learning_rate")
    trace = {
        "type": "scatter",
        "mode": "lines" if len(x) != 1 else "lines+markers",
        "name": "Learning rate",
        "x": x,
        "y": y,
        "yaxis": "y2",
        "line": {"color": theme.PALETTE[2], "dash": "dot"},
        "showlegend": False,  # its axis has its name, and a phone no room for more
        "hovertemplate": "Epoch %{x:.2f}: %{y:.2~g}<extra>Learning rate</extra>",
    }
    if y:
        trace["meta"] = rate_text(y[-1])
    figure["data"].append(trace)
    figure["layout"]["yaxis2"] = {
        "title": {"text": "Learning rate (dotted)"},
        "tickmode": "auto",  # and not where those of the left axis are
        "nticks": 5,
        "overlaying": "y",
        "side": "right",
        "rangemode": "tozero",
        "showgrid": False,
        "fixedrange": True,
        "tickformat": "~g",
        "exponentformat": "none",
    }


LOSS = RunChart("loss", "Loss", _draw, switches=("logarithmic", "learning_rate"))
