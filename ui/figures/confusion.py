"""The confusion matrix: which class was called which, as a heatmap to click."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ui.figures.class_labels import LEANING
from ui.figures.heatmap import BLANK, cell_frame, heatmap_traces
from ui.shared import theme
from ui.shared.counted import counted
from ui.shared.percent import SIGN, percent
from ui.shared.theme import Figure


def confusion_figure(
    matrix: np.ndarray,
    labels: Sequence[str],
    normalize: bool = False,
    hide_diagonal: bool = False,
    *,
    title: str = "Confusion matrix",
    selected: tuple[int, int] | None = None,
) -> Figure:
    """Heatmap of a confusion matrix; x and y of a click are (predicted, true) as class numbers.

    Args:
        matrix: (classes, classes) counts, true class down, predicted class across.
        labels: names of the classes.
        normalize: show each cell as a percentage of its row instead of the count.
        hide_diagonal: leave the correct ones out, so that the colours spread over the mistakes.
        title: what stands above it; should name the data.
        selected: (true, predicted) of the cell to mark.
    """
    shown = _shown(matrix, hide_diagonal)
    classes = len(labels)
    ticks = {
        "tickmode": "array",
        "tickvals": list(range(classes)),
        "ticktext": list(labels),
        "fixedrange": True,  # a finger on the chart scrolls the page, a tap chooses a cell
        "showgrid": False,
        "ticks": "",
        "ticklabelstandoff": 6,
    }
    strength = _strength(shown, matrix, normalize)
    traces = heatmap_traces(
        strength,
        _sentences(matrix, labels),
        [number for row in _numbers(shown, matrix, normalize) for number in row],
        text_size=13 if classes <= 10 else 9,
    )
    # The page says it beside the cells, of which it would cover some.
    traces[0] |= {"hovertemplate": None, "hoverinfo": "none"}
    layout: dict[str, Any] = {
        "title": {"text": title},
        "height": max(540, 22 * classes + 120),
        "dragmode": False,
        "xaxis": {**ticks, **LEANING, "title": {"text": "Predicted"}},
        "yaxis": {**ticks, "title": {"text": "True"}, "autorange": "reversed"},
    }
    if selected is not None:
        layout["shapes"] = [cell_frame(*selected, width=4)]
    return theme.figure(traces, layout)


def _shown(matrix: np.ndarray, hide_diagonal: bool) -> np.ndarray:
    """The counts as floats, NaN where a cell stays empty."""
    shown = matrix.astype(float)
    if hide_diagonal:
        np.fill_diagonal(shown, np.nan)
    return shown


def _row_shares(counts: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Counts as shares of all images of their row; 0 in the row of a class without images."""
    return counts / np.maximum(matrix.sum(axis=1, keepdims=True), 1)


def _strength(shown: np.ndarray, matrix: np.ndarray, normalize: bool) -> np.ndarray:
    """Colour of each cell in [0, 1], logarithmic: a single mistake among thousands is seen."""
    # Shares are counted in thousandths, the last digit that the cells show.
    values = np.log1p(_row_shares(shown, matrix) * 1000 if normalize else shown)
    return values / max(np.nanmax(values, initial=0.0), 1e-9)


def _numbers(shown: np.ndarray, matrix: np.ndarray, normalize: bool) -> list[list[str]]:
    """Text in each cell; nothing in empty ones, so that the eye finds the others."""
    if normalize:
        shares = _row_shares(shown, matrix)
        return [
            [percent(share).removesuffix(SIGN) if share > 0 else BLANK for share in row]
            for row in shares
        ]
    return [[f"{count:.0f}" if count > 0 else BLANK for count in row] for row in shown]


def _sentences(matrix: np.ndarray, labels: Sequence[str]) -> list[list[str]]:
    """What hovering over a cell says."""
    shares, images = _row_shares(matrix, matrix), matrix.sum(axis=1)
    sentences = []
    for true, name in enumerate(labels):
        row = []
        for predicted, other in enumerate(labels):
            count = int(matrix[true, predicted])
            said = f"{name} recognised" if true == predicted else f"{name} called {other}"
            row.append(
                f"<b>{said}</b><br>{counted(count, 'image')}, "
                f"{percent(shares[true, predicted], images[true])} of all images of {name}"
            )
        sentences.append(row)
    return sentences
