"""Which images two models get right and wrong: a table of two rows and two columns to click."""

import numpy as np

from ui.figures.heatmap import cell_frame, heatmap_traces
from ui.shared import theme
from ui.shared.percent import percent
from ui.shared.theme import Figure

_WORDS = ("right", "wrong")


def agreement_figure(
    counts: np.ndarray, names: tuple[str, str], selected: tuple[int, int], *, title: str
) -> Figure:
    """The four counts; x and y of a click are (second, first), 0 for right and 1 for wrong.

    Args:
        counts: (2, 2) images: those that the first gets right and wrong down, the second across.
        names: what the two are called, short and without signs that HTML knows.
        selected: (first, second) of the cell to mark.
        title: what stands above it; should name the data.
    """
    first, second = names
    # Where both are right there is nothing to see, and most of the images: it stays pale.
    shown = np.log1p(counts) * np.array([[0, 1], [1, 1]])
    total = max(1, int(counts.sum()))
    sentences = [
        [
            f"<b>{first} {down}, {second} {across}</b><br>{counts[row, column]:,} images, "
            f"{percent(counts[row, column] / total, total)}"
            for column, across in enumerate(_WORDS)
        ]
        for row, down in enumerate(_WORDS)
    ]
    traces = heatmap_traces(
        shown / max(shown.max(), 1e-9),
        sentences,
        [f"{count:,}" for count in counts.ravel()],
        text_size=20,
    )
    ticks = {
        "tickmode": "array",
        "tickvals": [0, 1],
        "fixedrange": True,  # a finger on the chart scrolls the page, a tap chooses a cell
        "showgrid": False,
        "ticks": "",
    }
    layout = {
        "title": {"text": title},
        "height": 300,
        "dragmode": False,
        "xaxis": ticks | {"ticktext": list(_WORDS), "title": {"text": f"{second} is"}},
        "yaxis": ticks
        | {
            "ticktext": list(_WORDS),
            "title": {"text": f"{first} is"},
            "autorange": "reversed",
            "tickangle": -90,
        },
        "shapes": [cell_frame(*selected, width=4)],
    }
    return theme.figure(traces, layout)
