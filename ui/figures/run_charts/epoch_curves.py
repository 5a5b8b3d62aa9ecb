"""What is measured on the training, validation and test images of a run, over its epochs."""

from typing import Any

from nn.runs import Run
from ui.figures.run_charts.event_curves import points
from ui.runs.members import starts
from ui.runs.numbers import test_sample
from ui.shared import theme
from ui.shared.theme import Figure

MOST_MARKERS = 30
PARTS = {"Training": "train", "Validation": "val", "Test": "test"}
"""What the lines are of, and what the events' fields begin with."""


def epoch_curves(
    run: Run,
    field: str,
    yaxis: dict[str, Any],
    *,
    hover: str,
    empty: list[float],
    scale: float = 1,
) -> Figure:
    """A line for the training and, where there are such images, for the validation and the test,
    with how many images these are where they are not all.

    Args:
        run: the frame alone is drawn of one that has not started.
        field: of the events, without what `PARTS` puts before it.
        yaxis: Plotly's settings of the y axis.
        hover: Plotly's template for a value.
        empty: range of the y axis while there are no points.
        scale: factor by which the events' values are drawn.
    """
    traces: list[dict[str, Any]] = []
    sample = test_sample(run)
    hover = f"Epoch %{{x:.2f}}: {hover}<extra>%{{fullData.name}}</extra>"
    for (name, part), colour in zip(PARTS.items(), theme.PALETTE, strict=False):
        x, y = points(run, f"{part}_{field}")
        if part == "train" or x:
            # A line of one point would not be seen, and of many markers each takes a while to draw.
            marked = len(x) == 1 or (part != "train" and len(x) <= MOST_MARKERS)
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines+markers" if marked else "lines",
                    "name": f"{name} ({sample})" if part == "test" and sample else name,
                    "line": {"color": colour},
                    "x": x,
                    "y": y if scale == 1 else [round(scale * value, 3) for value in y],
                    "hovertemplate": hover,
                }
            )
    xaxis: dict[str, Any] = {
        "title": {"text": "Epoch"},
        "autorangeoptions": {"include": [0, 1], "minallowed": 0},
    }
    if not any(trace["x"] for trace in traces):
        # Left alone, Plotly makes up a range that no loss or accuracy can have.
        xaxis["range"] = [0, 1]
        yaxis = yaxis | {"range": empty}
    layout = {
        "showlegend": True,
        "uirevision": run.id,  # zoom belongs to a run: another one starts with all of its curve
        "xaxis": xaxis,
        "yaxis": yaxis,
    }
    return theme.figure(traces, layout | _borders(run, max(traces[0]["x"], default=0)))


def _borders(run: Run, done: float) -> dict[str, Any]:
    """Where in an ensemble, up to now, the next network began, and with it the curves anew."""
    begun = [(n, epoch) for n, epoch in enumerate(starts(run.config), 1) if 0 < epoch <= done]
    style = {"dash": "dot", "width": 1, "color": "var(--st-text-color)"}
    line = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "line": style}
    text = {"yref": "paper", "y": 1, "xanchor": "left", "yanchor": "top", "showarrow": False}
    return {
        "shapes": [line | {"x0": epoch, "x1": epoch} for _, epoch in begun],
        "annotations": [text | {"x": epoch, "text": f"network {n}"} for n, epoch in begun],
    }
