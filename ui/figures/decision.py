"""What a network said to one image all along its training."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ui.figures.class_labels import escaped_labels
from ui.figures.comparison import line_style
from ui.figures.step_axis import BEFORE, step_places
from ui.shared import theme
from ui.shared.percent import probability_percent
from ui.shared.theme import Figure

_NAMED = 4
"""So many classes beside the right one have a name and a colour ..."""
_SEEN = 0.05
"""... that were once as probable; the others are thin and grey."""
_LEGEND_LINE = 22


class Marks(NamedTuple):
    """Places of moments, see `nn.history.decision.Turns`."""

    learned: Sequence[int]
    forgotten: Sequence[int]
    now: int | None


def decision_figure(
    along: Sequence[float],
    names: Sequence[str],
    probabilities: np.ndarray,
    labels: Sequence[str],
    label: int,
    marks: Marks,
    *,
    by_step: bool,
) -> Figure:
    """A line for each class over the moments of the training.

    Args:
        along: their steps or epochs.
        names: what they are called.
        probabilities: (m, classes), finite.
        labels: what the classes are called.
        label: the one that is right.
        marks: what to mark on its line, and the moment that is looked at.
        by_step: whether `along` are steps, on a logarithmic axis.
    """
    texts = escaped_labels(labels, probabilities.shape[1])
    x = step_places(along) if by_step else list(along)
    traces = [
        *_lines(along, x, names, probabilities, texts, label),
        *(
            _marks(title, places, symbol, along, x, names, probabilities[:, label])
            for title, places, symbol in (
                ("learned", marks.learned, "triangle-up"),
                ("forgotten", marks.forgotten, "x"),
            )
        ),
    ]
    layout = {
        "title": {"text": "Probability of each class"},
        "height": 460,
        "margin": {"t": 48, "b": 140},
        "uirevision": f"decision {by_step}",
        "hovermode": "closest",
        "legend": {
            **{"orientation": "h", "xref": "container", "x": 0.02, "xanchor": "left"},
            **{"yref": "container", "y": 0.01, "yanchor": "bottom"},
        },
        "xaxis": _step_axis(x[-1]) if by_step else {"title": {"text": "Epoch"}},
        "yaxis": {"title": {"text": "Probability (%)"}, "range": [0, 103]},
    }
    if marks.now is not None:
        at = x[marks.now]
        layout["shapes"] = [
            {
                **{"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1},
                "line": {"color": "var(--st-text-color)", "width": 1.5, "dash": "dash"},
            }
        ]
    return theme.figure(traces, layout)


def _lines(
    along: Sequence[float],
    x: Sequence[float],
    names: Sequence[str],
    probabilities: np.ndarray,
    texts: Sequence[str],
    label: int,
) -> list[dict[str, Any]]:
    """A line for each class; `x` is where the moments stand on the axis, `texts` are the classes'
    names."""
    most = probabilities.max(axis=0)
    rivals = [k for k in np.argsort(-most, kind="stable").tolist() if k != label]
    named = [k for k in rivals[:_NAMED] if most[k] >= _SEEN]
    order = [*[k for k in rivals if k not in named], *named[::-1], label]  # the last lies on top
    traces = []
    for k in order:
        is_named = k == label or k in named
        style = (
            line_style(0 if k == label else named.index(k) + 1)
            if is_named
            else {"color": "var(--st-gray-text-color)", "width": 1}
        )
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers" if is_named else "lines",
                "name": f"{texts[k]}, right" if k == label else texts[k],
                "showlegend": is_named,
                "legendrank": 1 if k == label else 2 + (named.index(k) if is_named else 0),
                "x": list(x),
                "y": (100 * probabilities[:, k]).tolist(),
                "text": list(names),
                "customdata": _in_table(along, probabilities[:, k]),
                "hovertemplate": f"{texts[k]}, %{{text}}: %{{y:.1f}} %<extra></extra>",
                "line": style | ({"width": 4} if k == label else {}),
                "marker": {"size": 7 if k == label else 5},
                "opacity": 1 if is_named else 0.5,
            }
        )
    return traces


def _marks(
    title: str,
    places: Sequence[int],
    symbol: str,
    along: Sequence[float],
    x: Sequence[float],
    names: Sequence[str],
    right: np.ndarray,
) -> dict[str, Any]:
    """Marks at these places of the line of the class that is right, whose probabilities are
    `right` (m,)."""
    shares = right[list(places)]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": title,
        "x": [x[place] for place in places],
        "y": (100 * shares).tolist(),
        "text": [names[place] for place in places],
        "customdata": _in_table([along[place] for place in places], shares),
        "hovertext": [
            f"{title}, {names[place]}: {probability_percent(float(share))}"
            for place, share in zip(places, shares, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "symbol": symbol,
            "size": 12,
            "color": "var(--st-text-color)",
            "line": {"width": 1, "color": "var(--st-background-color)"},
        },
        "cliponaxis": False,
    }


def _in_table(along: Sequence[float], shares: np.ndarray) -> list[tuple[float, float]]:
    """For the table behind the chart: where moments really are, not at BEFORE, and percents."""
    return [(float(at), 100 * float(share)) for at, share in zip(along, shares, strict=True)]


def _step_axis(last: float) -> dict[str, object]:
    powers = [10**k for k in range(16) if 10**k <= max(1, last)]
    return {
        "title": {"text": "Step"},
        "type": "log",
        "tickvals": [BEFORE, *powers],
        "ticktext": ["0", *(f"{power:,}" for power in powers)],
    }
