"""What a network makes of the digits of a number: a row of probabilities for each."""

from collections.abc import Sequence

import numpy as np

from ui.figures.class_labels import LEANING, bold, escaped_labels
from ui.figures.heatmap import BLANK, cell_frame, heatmap_traces
from ui.figures.probabilities import probabilities_figure
from ui.shared import theme
from ui.shared.percent import probability_percent
from ui.shared.theme import Figure

_ROW_HEIGHT = 44
_TOP, _BOTTOM = 56, 52
_SMALLEST_SHOWN = 0.005


def number_figure(probabilities: np.ndarray, labels: Sequence[str]) -> Figure:
    """Heatmap with a row for each digit and a column for each class, the answers marked.

    The mark is a frame and bold type, so that it is seen without telling colours apart. It is as
    high as `probabilities_figure`, unless there are too many digits: nothing jumps when a second
    one is written.

    Args:
        probabilities: (digits, classes) in [0, 1], digits > 0.
        labels: what the classes are called, in order.

    Raises ValueError if there is not one label per class.
    """
    digits, classes = probabilities.shape
    names = escaped_labels(labels, classes)
    best = probabilities.argmax(axis=1)
    traces = heatmap_traces(
        probabilities.astype(np.float64),
        [
            [
                f"Digit {number}: {label}, {probability_percent(p)}"
                for label, p in zip(names, row, strict=True)
            ]
            for number, row in enumerate(probabilities, 1)
        ],
        [
            bold(_number(p), column == best[row])
            for row, values in enumerate(probabilities)
            for column, p in enumerate(values)
        ],
    )
    single = probabilities_figure(None, labels)["layout"]["height"]
    height = max(single, _TOP + _BOTTOM + _ROW_HEIGHT * digits)
    ticks = {"fixedrange": True, "showgrid": False, "ticks": "", "tickmode": "array"}
    layout = {
        "title": {"text": "Probability of each class (%)"},
        "height": height,
        "margin": {"t": _TOP, "b": _BOTTOM},
        "dragmode": False,
        "uirevision": "number",
        "xaxis": {
            **ticks,
            "title": {"text": "Class", "standoff": 8},
            "range": [-0.5, classes - 0.5],
            "tickvals": list(range(classes)),
            "ticktext": names,
            **LEANING,
        },
        "yaxis": {
            **ticks,
            "title": {"text": "Read as", "standoff": 12},
            "range": [digits - 0.5, -0.5],
            # The rows stand at the top, each as high as the others are in longer numbers.
            "domain": [1 - _ROW_HEIGHT * digits / (height - _TOP - _BOTTOM), 1],
            "tickvals": list(range(digits)),
            "ticktext": [bold(names[index]) for index in best],
            "ticklabelstandoff": 6,
        },
        "shapes": [cell_frame(row, int(column), width=3) for row, column in enumerate(best)],
    }
    return theme.figure(traces, layout)


def _number(probability: float) -> str:
    """Whole percents, as cells of a phone have no room for more."""
    if probability < _SMALLEST_SHOWN:
        return BLANK
    return f"{100 * probability:.0f}" if probability < 0.995 else ">99"
