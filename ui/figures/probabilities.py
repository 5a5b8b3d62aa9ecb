"""What a network makes of one image: the probability of every class as a bar."""

from collections.abc import Sequence

import numpy as np

from ui.figures.class_labels import bold, escaped_labels
from ui.shared import theme
from ui.shared.percent import probability_percent
from ui.shared.theme import Figure

_BAR_HEIGHT = 24
_NARROW_BAR_HEIGHT = 18
_MANY = 12
_HEIGHT_AROUND = 108
_SMALLEST_SHOWN = 0.0005


def probabilities_figure(probabilities: np.ndarray | None, labels: Sequence[str]) -> Figure:
    """Horizontal bars on a fixed axis from 0 to 100 %, the most probable class marked.

    The mark is a full colour and bold type, so that it is seen without telling colours apart.

    Args:
        probabilities: (classes,) in [0, 1]; None draws the empty frame that waits for an image.
        labels: what the classes are called, in order.

    Raises ValueError if there is not one label per class.
    """
    if probabilities is None:
        probabilities = np.zeros(len(labels))
        best = None
    else:
        best = int(probabilities.argmax())
    labels = escaped_labels(labels, len(probabilities))
    classes = list(range(len(labels)))
    bar_height = _BAR_HEIGHT if len(labels) <= _MANY else _NARROW_BAR_HEIGHT
    bars = {
        "type": "bar",
        "x": (100 * np.asarray(probabilities, np.float64)).tolist(),
        "y": classes,
        "orientation": "h",
        "text": [bold(_percent(p), i == best) for i, p in enumerate(probabilities)],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {
            "color": theme.PALETTE[0],
            "opacity": [1.0 if i == best else 0.5 for i in classes],
        },
        "customdata": labels,
        "hovertext": [probability_percent(p) for p in probabilities],
        "hovertemplate": "%{customdata}: %{hovertext}<extra></extra>",
    }
    layout = {
        "title": {"text": "Probability of each class"},
        "height": _HEIGHT_AROUND + bar_height * len(labels),
        # Room for ">99.9 %" behind a full bar.
        "margin": {"r": 72},
        "bargap": 0.25,
        "uirevision": "probabilities",
        "xaxis": {
            "title": {"text": "Probability (%)"},
            "range": [0, 100],
            "fixedrange": True,
            "tickvals": [0, 25, 50, 75, 100],
        },
        "yaxis": {
            "title": {"text": "Class", "standoff": 16},
            "range": [len(labels) - 0.5, -0.5],
            "fixedrange": True,
            "tickvals": classes,
            "ticktext": [bold(label, i == best) for i, label in enumerate(labels)],
            "ticklabelstandoff": 6,
            "showgrid": False,
        },
    }
    return theme.figure([bars], layout)


def _percent(probability: float) -> str:
    """Nothing for a bar too short to be seen, so that the eye finds the others."""
    return probability_percent(probability) if probability >= _SMALLEST_SHOWN else ""
