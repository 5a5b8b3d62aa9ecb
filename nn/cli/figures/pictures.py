"""The pictures of a run: confusion matrices and sample predictions.

Colours are Okabe and Ito's, which colour-blind eyes can tell apart.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nn.evaluation.percent import percent, probability_percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

RIGHT, WRONG = "#0072B2", "#D55E00"
INK, GRID = "#222222", "#DDDDDD"
DOTS_PER_INCH = 120


def new_figure(width: float, height: float) -> "Figure":
    """An empty figure, size in inches, drawn without a display."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=DOTS_PER_INCH)
    FigureCanvasAgg(figure)
    figure.set_layout_engine("constrained", w_pad=0.12, h_pad=0.12)
    return figure


def plain_axes(figure: "Figure", title: str, x: str, y: str) -> "Axes":
    """Axes with a title, axis names, a light grid and no frame above and to the right."""
    axes = figure.add_subplot()
    axes.set_title(title, loc="left", fontsize=12, fontweight="bold", color=INK, pad=12)
    axes.set_xlabel(x, color=INK)
    axes.set_ylabel(y, color=INK)
    axes.grid(color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color("#999999")
    axes.tick_params(color="#999999", labelcolor=INK)
    return axes


def draw_confusion(matrix: NDArray, labels: list[str], title: str, path: Path) -> None:
    """Draw a confusion matrix: colour is the share of the true class, numbers are counts.

    The colour scale is bent so that a handful of mistakes among a thousand hits can be seen.
    """
    from matplotlib.colors import PowerNorm
    from matplotlib.ticker import PercentFormatter

    classes = len(labels)
    share = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    size = max(6.0, 0.36 * classes + 2)
    figure = new_figure(size + 0.9, size)
    accuracy = np.trace(matrix) / max(matrix.sum(), 1)
    axes = plain_axes(
        figure,
        f"{title}: {percent(accuracy, int(matrix.sum()))} right of {matrix.sum():,} images",
        "Predicted class",
        "True class",
    )
    axes.grid(False)
    picture = axes.imshow(share, cmap="Blues", norm=PowerNorm(0.4, vmin=0, vmax=1))
    axes.set_xticks(range(classes), labels, rotation=45 if max(map(len, labels)) > 3 else 0)
    axes.set_yticks(range(classes), labels)
    for row, column in np.argwhere(matrix):
        axes.text(
            column,
            row,
            f"{matrix[row, column]}",
            ha="center",
            va="center",
            fontsize=8 if classes <= 12 else 6,
            color="white" if share[row, column] > 0.3 else INK,
        )
    bar = figure.colorbar(
        picture, ax=axes, shrink=0.8, format=PercentFormatter(1, decimals=0, symbol=" %")
    )
    bar.set_label("Share of the true class", color=INK)
    bar.set_ticks([0, 0.01, 0.05, 0.2, 0.5, 1])
    bar.outline.set_visible(False)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    axes.set_xticks(np.arange(classes + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(classes + 1) - 0.5, minor=True)
    axes.grid(which="minor", color=GRID, linewidth=0.6)
    axes.tick_params(which="minor", length=0)
    figure.savefig(path)


def draw_predictions(
    images: NDArray[np.uint8],
    labels: NDArray,
    probabilities: NDArray,
    names: list[str],
    title: str,
    path: Path,
) -> None:
    """Draw a grid of images with what the network says: the first ones, then the worst mistakes.

    Arrays: images (n, 28, 28), labels (n,), probabilities (n, classes). The upper half are the
    first images of the data, the lower half the mistakes the network was surest of.
    """
    columns, rows = 8, 2
    predicted = probabilities.argmax(axis=1)
    certainty = probabilities.max(axis=1)
    mistakes = np.flatnonzero(predicted != labels)
    worst = mistakes[np.argsort(-certainty[mistakes], kind="stable")]
    figure = new_figure(9.6, 7.2)
    figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold", color=INK)
    parts: Any = figure.subfigures(2, 1, hspace=0.04)
    half = columns * rows
    wrong = f"{len(mistakes):,} of {len(labels):,} wrong"
    for part, chosen, heading in (
        (parts[0], np.arange(len(labels))[:half], "The first images"),
        (parts[1], worst[:half], f"The surest mistakes ({wrong})"),
    ):
        part.suptitle(heading, x=0.01, ha="left", fontsize=10, color=INK)
        grid = part.subplots(rows, columns).ravel()
        for axes in grid:
            axes.set_axis_off()
        for axes, index in zip(grid, chosen, strict=False):
            hit = predicted[index] == labels[index]
            said = f"{names[predicted[index]]}  {probability_percent(certainty[index])}"
            axes.imshow(images[index], cmap="gray_r", vmin=0, vmax=255)
            axes.set_title(
                said if hit else f"{said}\nreally {names[labels[index]]}",
                fontsize=9,
                color=RIGHT if hit else WRONG,
                pad=3,
            )
    figure.savefig(path)
