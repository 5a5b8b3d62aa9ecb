"""The accuracy of each class before and after something was done to a network."""

from collections.abc import Sequence

import numpy as np

from ui.figures.class_labels import LEANING, escaped_labels
from ui.shared import theme
from ui.shared.percent import percent
from ui.shared.theme import Figure


def class_accuracies_figure(
    before: np.ndarray, after: np.ndarray, labels: Sequence[str], *, title: str
) -> Figure:
    """A bar for each class, and a mark at where it was before.

    Args:
        before, after: (classes,) shares of right answers.
        labels: what the classes are called.
        title: what stands above it.
    """
    names = escaped_labels(labels, len(after))
    classes = list(range(len(names)))
    words = [
        f"{name}: {percent(was)} before, {percent(now)} after"
        for name, was, now in zip(names, before.tolist(), after.tolist(), strict=True)
    ]
    common = {
        "x": classes,
        "text": names,
        "hovertext": words,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    traces = [
        {
            "type": "bar",
            "textposition": "none",
            "name": "after",
            "y": (100 * after).tolist(),
            "marker": {"color": theme.PALETTE[0], "opacity": 0.75},
            **common,
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": "before",
            "y": (100 * before).tolist(),
            "marker": {
                "symbol": "line-ew-open",
                "size": 20 if len(names) <= 12 else 9,
                "color": "var(--st-text-color)",
                "line": {"width": 3},
            },
            "cliponaxis": False,
            **common,
        },
    ]
    layout = {
        "title": {"text": title},
        "height": 340,
        "margin": {"t": 84},
        "bargap": 0.3,
        "uirevision": "class accuracies",
        "xaxis": {
            "title": {"text": "Class"},
            "tickvals": classes,
            "ticktext": names,
            **LEANING,
            "fixedrange": True,
            "showgrid": False,
        },
        "yaxis": {
            "title": {"text": "Read right (%)"},
            "range": [0, 103],
            "fixedrange": True,
        },
    }
    return theme.figure(traces, layout)
