"""The confusion matrix: which class was called which, as a heatmap to click and as a picture."""

import io
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ui import theme

MARK_COLOUR = theme.PALETTE[1]
BLANK = "\u00a0"
"""Text of an empty cell: Plotly drops a text of no length, and for good, whatever follows."""
DARK_FROM = 0.6
"""Strength in [0, 1] from which text on a cell takes the colour of the page's background."""


def confusion_figure(
    matrix: np.ndarray,
    labels: Sequence[str],
    normalize: bool = False,
    hide_diagonal: bool = False,
    *,
    title: str = "Confusion matrix",
    selected: tuple[int, int] | None = None,
) -> go.Figure:
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
    }
    strength = _strength(shown, matrix, normalize)
    columns, rows = np.meshgrid(range(classes), range(classes))
    cells = go.Heatmap(
        z=strength,
        zmin=0.0,
        zmax=1.0,
        colorscale=theme.SEQUENTIAL,
        showscale=False,
        hovertext=_sentences(matrix, labels),
        hovertemplate="%{hovertext}<extra></extra>",
        hoverongaps=False,
        xgap=1,
        ygap=1,
    )
    numbers = go.Scatter(
        x=columns.ravel(),
        y=rows.ravel(),
        mode="text",
        text=[number for row in _numbers(shown, matrix, normalize) for number in row],
        textfont={
            "size": 14 if classes <= 10 else 9,
            # The scale runs from the page's background to its opposite, in both themes.
            "color": [
                f"var(--st-{'background' if value > DARK_FROM else 'text'}-color)"
                for value in strength.ravel()
            ],
        },
        hoverinfo="skip",  # so that hovering and clicks reach the cells
        showlegend=False,
    )
    layout = {
        "title": {"text": title},
        "height": max(540, 22 * classes + 120),
        "dragmode": False,
        "xaxis": {**ticks, "title": {"text": "Predicted"}},
        "yaxis": {**ticks, "title": {"text": "True"}, "autorange": "reversed"},
    }
    figure = go.Figure([cells, numbers], layout)
    if selected is not None:
        true, predicted = selected
        figure.add_shape(
            type="rect",
            x0=predicted - 0.5,
            x1=predicted + 0.5,
            y0=true - 0.5,
            y1=true + 0.5,
            line={"color": MARK_COLOUR, "width": 4},
        )
    return theme.apply(figure)


def confusion_png(
    matrix: np.ndarray,
    labels: Sequence[str],
    normalize: bool = False,
    hide_diagonal: bool = False,
    *,
    title: str = "Confusion matrix",
) -> bytes:
    """The same matrix as a PNG on white, for slides and reports; arguments as in the heatmap."""
    # Plotly would need a browser to draw a picture. The object interface of matplotlib, unlike
    # pyplot, is safe with several visitors at once.
    from matplotlib import colormaps
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    shown = _shown(matrix, hide_diagonal)
    strength = _strength(shown, matrix, normalize)
    numbers = _numbers(shown, matrix, normalize)
    classes = len(labels)
    side = max(6.5, 0.42 * classes)
    figure = Figure(figsize=(side, side), dpi=150, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    colours = colormaps["Blues"]
    axes.imshow(np.ma.masked_invalid(strength), cmap=colours, vmin=0.0, vmax=1.0)
    for true in range(classes):
        for predicted in range(classes):
            red, green, blue, _ = colours(np.nan_to_num(strength[true, predicted]))
            light = 0.299 * red + 0.587 * green + 0.114 * blue > 0.5
            axes.text(
                predicted,
                true,
                numbers[true][predicted],
                ha="center",
                va="center",
                fontsize=10 if classes <= 10 else 7,
                color="black" if light else "white",
            )
    rotate = any(len(label) > 3 for label in labels)
    axes.set_xticks(range(classes), labels, rotation=45 if rotate else 0)
    axes.set_yticks(range(classes), labels)
    axes.set_xlabel("Predicted")
    axes.set_ylabel("True")
    axes.set_title(title)
    picture = io.BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


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
        return [[f"{100 * share:.1f}" if share > 0 else BLANK for share in row] for row in shares]
    return [[f"{count:.0f}" if count > 0 else BLANK for count in row] for row in shown]


def _sentences(matrix: np.ndarray, labels: Sequence[str]) -> list[list[str]]:
    """What hovering over a cell says."""
    shares = _row_shares(matrix, matrix)
    sentences = []
    for true, name in enumerate(labels):
        row = []
        for predicted, other in enumerate(labels):
            count = int(matrix[true, predicted])
            said = f"{name} recognised" if true == predicted else f"{name} called {other}"
            noun = "image" if count == 1 else "images"
            row.append(
                f"<b>{said}</b><br>{count:,} {noun}, {shares[true, predicted]:.1%} of all {name}"
            )
        sentences.append(row)
    return sentences
