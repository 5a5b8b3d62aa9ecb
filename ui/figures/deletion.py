"""How the answer goes when an image's pixels go, in the order in which maps name them."""

from collections.abc import Mapping

from nn.explain.deletion import DeletionCurve
from ui.figures.class_labels import escaped_labels
from ui.shared import theme
from ui.shared.theme import Figure

_DASHES = ("solid", "dash", "dashdot")
_GREY = "var(--st-gray-text-color)"


def deletion_figure(curves: Mapping[str, DeletionCurve], label: str, random: str) -> Figure:
    """A line for each order; its area stands beside its name.

    Args:
        curves: by the name of their order; their lines differ in colour and in dashes.
        label: the class whose probability it is.
        random: which of the names is that of the random order, drawn dotted.
    """
    [name] = escaped_labels([label], 1)
    traces = []
    for place, (title, curve) in enumerate(curves.items()):
        place %= len(_DASHES)
        at_random = title == random
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": f"{title}: area {curve.area:.2f}",
                "x": (100 * curve.shares).tolist(),
                "y": (100 * curve.probabilities).tolist(),
                "line": {
                    "dash": "dot" if at_random else _DASHES[place],
                    "color": _GREY if at_random else theme.PALETTE[place],
                    "width": 2.5,
                },
                "hovertemplate": f"{title}: %{{y:.1f}} %<extra></extra>",
            }
        )
    layout = {
        # Short: on a phone the buttons stand beside it, and some classes have long names.
        "title": {"text": f"Probability of {name}"},
        "height": 440,
        "margin": {"b": 150},
        "uirevision": "deletion",
        "hovermode": "x unified",
        "legend": theme.LEGEND_BELOW,
        "xaxis": {"title": {"text": "Inked pixels turned black (%)"}, "range": [0, 100]},
        "yaxis": {"title": {"text": "Probability (%)"}, "range": [0, 103]},
    }
    return theme.figure(traces, layout)
