"""How a training goes: loss and accuracy over the epochs."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from nn.runs import Run
from ui import theme

#: More points than this could not be told apart on a screen, and would slow the page down.
MAX_POINTS = 500


def loss_figure(run: Run) -> go.Figure:
    """Mean loss per image over the epochs; the frame alone for a run that has not started."""
    figure = _figure(run, "loss", scale=1.0, hover="%{y:.4f}", empty=[0, 2.5])
    figure.update_layout(title="Loss", yaxis_title="Mean loss per image")
    figure.update_yaxes(autorangeoptions={"include": [0, 0.1], "minallowed": 0})
    return figure


def accuracy_figure(run: Run) -> go.Figure:
    """Share of right answers over the epochs, in percent; the frame alone as in `loss_figure`."""
    figure = _figure(run, "accuracy", scale=100.0, hover="%{y:.2f} %", empty=[0, 100])
    figure.update_layout(title="Accuracy", yaxis_title="Right answers (%)")
    figure.update_yaxes(autorangeoptions={"include": [90, 100], "maxallowed": 100})
    return figure


def _figure(run: Run, field: str, *, scale: float, hover: str, empty: list[float]) -> go.Figure:
    """The curves of a field; `empty` is the range of the y axis while there are no points."""
    figure = go.Figure()
    hover = f"Epoch %{{x:.2f}}: {hover}<extra>%{{fullData.name}}</extra>"
    for name, events, key in (
        ("Training", run.progress, f"train_{field}"),
        ("Validation", run.epochs, f"val_{field}"),
    ):
        x, y = _points(events, key)
        if name == "Training" or len(x):
            # A line of one point would not be seen.
            marked = name == "Validation" or len(x) == 1
            mode = "lines+markers" if marked else "lines"
            figure.add_scatter(x=x, y=scale * y, mode=mode, name=name, hovertemplate=hover)
    theme.apply(figure)
    # Zoom belongs to a run: another one starts with all of its curve.
    figure.update_layout(showlegend=True, uirevision=run.id, xaxis_title="Epoch")
    figure.update_xaxes(autorangeoptions={"include": [0, 1], "minallowed": 0})
    if not any(len(trace.x) for trace in figure.data):
        # Left alone, Plotly makes up a range that no loss or accuracy can have.
        figure.update_xaxes(range=[0, 1])
        figure.update_yaxes(range=empty)
    return figure


def _points(events: list[dict[str, Any]], key: str) -> tuple[np.ndarray, np.ndarray]:
    """Epochs and values of the events that have one, thinned out."""
    known = [(event["epoch"], event[key]) for event in events if event.get(key) is not None]
    x, y = np.array(known, np.float64).reshape(-1, 2).T
    return thin(x), thin(y)


def thin(values: np.ndarray) -> np.ndarray:
    """At most MAX_POINTS values that follow the same course: means of equally long stretches.

    The length is a power of two, so that a growing curve keeps its points as they are until it
    has twice as many.

    Args:
        values: (n,) floats.

    Returns:
        (m,) floats, m <= MAX_POINTS; the last stretch may be shorter than the others.
    """
    length = 1
    while len(values) > MAX_POINTS * length:
        length *= 2
    if length == 1:
        return values
    starts = np.arange(0, len(values), length)
    sizes = np.diff(starts, append=len(values))
    means: np.ndarray = np.add.reduceat(values, starts) / sizes
    return means
