"""Where an axis ends, so that a few huge values don't press all others to its bottom."""

import statistics
from collections.abc import Sequence

from ui.runs.numbers import loss_text
from ui.shared.theme import Figure

_ROOM = 3.0
_WORTH_IT = 2.5
_LEAST_VALUES = 5


def top_of_axis(values: Sequence[float], usual: float | None) -> float | None:
    """The upper end of an axis from 0 that cuts huge values off; None if there are none.

    It leaves room for three times what is usual. Most of the values may be huge: then that is what
    there is to see, and nothing is cut off.

    Args:
        values: what is drawn, all at least 0.
        usual: a value that is never huge, like the loss of guessing; None where that isn't known.
    """
    if len(values) < _LEAST_VALUES:
        return None
    top = _ROOM * max(statistics.median(values), usual or values[0])
    return top if max(values) > _WORTH_IT * top else None


def end_axis(figure: Figure, usual: float | None) -> None:
    """Leave some room above the lines of a chart of losses; cut off those so huge that nothing else
    could be seen, and say so. `usual` as in `top_of_axis`."""
    values = [value for trace in figure["data"] for value in trace["y"]]
    top = top_of_axis(values, usual)
    if top is None:
        room = {"include": [0, max(0.1, 1.05 * max(values, default=0))], "minallowed": 0}
        figure["layout"]["yaxis"]["autorangeoptions"] = room
        return
    figure["layout"]["yaxis"] |= {"range": [0, top]}
    note = {
        "text": f"peaks up to {loss_text(max(values))} are cut off",
        "xref": "paper",
        "yref": "paper",
        "x": 0.5,
        "y": 0.98,
        "yanchor": "top",
        "showarrow": False,
        "bgcolor": "var(--st-background-color)",
    }
    figure["layout"].setdefault("annotations", []).append(note)
