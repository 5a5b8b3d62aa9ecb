"""A chart of several runs, to be compared: one drawing for each, all with the same y axis."""

import math
from collections.abc import Sequence

from nn.runs import Run
from ui.figures.run_charts.run_chart import RunChart
from ui.shared.theme import Figure

_WIDE = 100
"""Values that differ by a larger factor are not seen together on a linear axis."""
_ROOM = 0.05
"""Above the largest value, as a share of the axis; on a logarithmic one below the least too."""


def beside(chart: RunChart, runs: Sequence[Run]) -> list[Figure]:
    """The chart of each run; logarithmic, if it can be, where the values need it."""
    figures = [chart.figure(run) for run in runs]
    values = [value for figure in figures for trace in figure["data"] for value in trace["y"]]
    if not values:
        return figures
    low, high = min(values), max(values)
    logarithmic = "logarithmic" in chart.switches and 0 < low < high / _WIDE
    if logarithmic:
        figures = [chart.figure(run, logarithmic=True) for run in runs]
        low, high = math.log10(low), math.log10(high)
        low -= _ROOM * (high - low)
    else:
        low = 0
    high += _ROOM * (high - low)
    for figure in figures:
        axis = figure["layout"]["yaxis"]
        highest = axis.pop("autorangeoptions", {}).get("maxallowed", high)
        axis["range"] = [low, min(high, highest)]
        if logarithmic:
            axis["dtick"] = 1  # so many decades leave no room for numbers in between
        else:  # nothing is cut off any more
            figure["layout"]["annotations"] = [
                note for note in figure["layout"]["annotations"] if "cut off" not in note["text"]
            ]
    return figures
