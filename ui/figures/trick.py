"""How the answer goes while an image is changed more and more: by a trick, and by noise."""

from collections.abc import Sequence

import numpy as np

from ui.figures.class_labels import escaped_labels
from ui.shared import theme
from ui.shared.theme import Figure

_ANSWER, _OTHER = theme.PALETTE[0], theme.PALETTE[1]


def trick_figure(
    strengths: np.ndarray,
    trick: np.ndarray,
    noise: np.ndarray,
    classes: tuple[int, int],
    labels: Sequence[str],
    smallest: float | None,
) -> Figure:
    """Two lines for the trick and two, dotted, for the noise.

    Args:
        strengths: (s,).
        trick, noise: probabilities (s, classes).
        classes: the answer to the image as it is, and the one that it becomes or is to become.
        labels: of all classes.
        smallest: where the answer changes; None for nowhere.
    """
    names = escaped_labels(labels, len(labels))
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": f"{title}: {names[k]}",
            "x": strengths.tolist(),
            "y": (100 * values[:, k]).tolist(),
            "line": {"color": colour, "dash": dash, "width": 2.5},
            "hovertemplate": f"{title}, {names[k]}: %{{y:.1f}} %<extra></extra>",
        }
        for title, values, dashes in (
            ("Trick", trick, ("solid", "dash")),
            ("Noise", noise, ("dot", "dashdot")),
        )
        for k, colour, dash in zip(classes, (_ANSWER, _OTHER), dashes, strict=True)
    ]
    layout = {
        "title": {"text": "Probability over strength"},
        "height": 440,
        "margin": {"b": 150},
        "uirevision": "trick",
        "hovermode": "x unified",
        "legend": theme.LEGEND_BELOW,
        "xaxis": {"title": {"text": "Strength (black to white is 1)"}, "range": [0, 0.3]},
        "yaxis": {"title": {"text": "Probability (%)"}, "range": [0, 103]},
    }
    if smallest is not None:
        layout["shapes"] = [
            {
                "type": "line",
                "x0": smallest,
                "x1": smallest,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"color": "var(--st-gray-text-color)", "width": 1.5, "dash": "dash"},
            }
        ]
    return theme.figure(traces, layout)
