"""Parallel coordinates: each trial of a search as a line through what it tried and reached."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from ui.figures.search.best_so_far import CUT
from ui.shared import theme
from ui.shared.theme import Figure

HEIGHT = 420
_QUARTERS = {"Worst quarter": 3, "Below the middle": 5, "Above the middle": 7, "Best quarter": 9}
"""From the worst trials to the best, each with a step of the theme's sequential colours."""
_ROOM = 0.06
"""Beside the first and the last axis, in the distance of two."""


class Axis(NamedTuple):
    """An upright axis from 0 to 1: its title, and the places and texts of its marks."""

    title: str
    marks: Sequence[tuple[float, str]]


class TrialLine(NamedTuple):
    """A trial.

    number: which one it is, from 0.
    places: where it meets each axis, from 0 to 1; None for an axis that it doesn't meet.
    rank: from 0 for the worst of all, also of those that were ended early, to 1 for the best.
    is_pruned, is_cut: whether it did not train to its end, as in `TrialDot`.
    about: what was tried and reached, in words.
    """

    number: int
    places: Sequence[float | None]
    rank: float
    is_pruned: bool
    about: str
    is_cut: bool = False


def parallel_coordinates(axes: Sequence[Axis], lines: Sequence[TrialLine]) -> Figure:
    """The trials over their settings and, as the last axis, what they reached.

    Those that were ended early are thin and dotted; of the others a better one is drawn in a
    stronger colour, over the others, and the best one thick and orange.
    """
    whole = sorted((line for line in lines if not line.is_pruned), key=lambda line: line.rank)
    groups: list[tuple[str, list[TrialLine], dict[str, Any]]] = [
        (
            "Ended early",
            [line for line in lines if line.is_pruned and not line.is_cut],
            {"color": theme.PALETTE[4], "width": 1, "dash": "dot"},
        ),
        (
            CUT,
            [line for line in lines if line.is_cut],
            {"color": theme.PALETTE[4], "width": 1, "dash": "dash"},
        ),
    ]
    best, others = whole[-1:], whole[:-1]
    for index, (name, shade) in enumerate(_QUARTERS.items()):
        low, high = index / len(_QUARTERS), (index + 1) / len(_QUARTERS)
        group = [line for line in others if low <= line.rank < high or line.rank >= high == 1.0]
        colour = theme.THEME_SEQUENTIAL[shade]
        groups.append((name, group, {"color": colour, "width": 1.5}))
    groups.append(("The best", best, {"color": theme.PALETTE[1], "width": 4}))
    traces = [_trace(name, group, line) for name, group, line in groups]
    return theme.figure([_axis_lines(axes), *traces], _layout(axes))


def _trace(name: str, lines: Sequence[TrialLine], line: dict[str, Any]) -> dict[str, Any]:
    """All lines of a group as one, with gaps between them."""
    x: list[int | None] = []
    y: list[float | None] = []
    text: list[str] = []
    for one in lines:
        x += [*range(len(one.places)), None]
        y += [None if place is None else round(place, 4) for place in (*one.places, None)]
        text += [one.about] * (len(one.places) + 1)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": x,
        "y": y,
        "text": text,
        "line": line,
        "marker": {"size": 5 if name != "The best" else 8},
        "hovertemplate": "%{text}<extra></extra>",
        "showlegend": bool(lines),
    }


def _axis_lines(axes: Sequence[Axis]) -> dict[str, Any]:
    """The axes as one line with gaps."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "",
        "x": [x for index in range(len(axes)) for x in (index, index, None)],
        "y": [0, 1, None] * len(axes),
        "line": {"color": "var(--st-border-color)", "width": 2},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _texts(axes: Sequence[Axis]) -> list[dict[str, Any]]:
    """The texts at the marks, each on a ground of its own: lines pass behind them."""
    last = len(axes) - 1
    return [
        {
            "x": index,
            "y": round(place, 4),
            "text": text,
            "showarrow": False,
            "xanchor": "right" if index == last else "left",
            "xshift": -6 if index == last else 6,
            "font": {"size": 12},
            "bgcolor": "var(--st-background-color)",
            "opacity": 0.85,
            "borderpad": 1,
        }
        for index, axis in enumerate(axes)
        for place, text in axis.marks
    ]


def _layout(axes: Sequence[Axis]) -> dict[str, Any]:
    last = len(axes) - 1
    return {
        "title": {"text": "All trials, through their settings", "y": 0.98, "yanchor": "top"},
        "height": HEIGHT,
        "margin": {"l": 24, "r": 24, "t": 100, "b": 40},
        "uirevision": "parallel " + " ".join(axis.title for axis in axes),
        "hovermode": "closest",
        "annotations": _texts(axes),
        "xaxis": {
            "side": "bottom",
            "range": [-_ROOM * max(1, last), last + _ROOM * max(1, last)],
            "tickvals": list(range(len(axes))),
            "ticktext": [axis.title for axis in axes],
            "showgrid": False,
            "fixedrange": True,
        },
        "yaxis": {"range": [-0.05, 1.05], "visible": False, "fixedrange": True},
    }
