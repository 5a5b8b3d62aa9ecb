"""The pictures of a run: loss and accuracy over the epochs, and the loss as an animation."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nn.cli.figures.pictures import INK, RIGHT, WRONG, new_figure, plain_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

TRAIN, VALIDATION = RIGHT, WRONG
FRAMES = 60
Rows = Sequence[dict[str, Any]]


def draw_loss(progress: Rows, epochs: Rows, path: Path) -> None:
    """Draw the loss of a run from its `progress` and `epoch` events."""
    figure, _ = _curves(progress, epochs, "loss", "Loss during training", "Loss")
    figure.savefig(path)


def draw_accuracy(progress: Rows, epochs: Rows, path: Path) -> None:
    """Draw the accuracy of a run from its `progress` and `epoch` events."""
    from matplotlib.ticker import PercentFormatter

    figure, axes = _curves(progress, epochs, "accuracy", "Accuracy during training", "Accuracy")
    axes.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    figure.savefig(path)


def animate_loss(progress: Rows, epochs: Rows, path: Path) -> None:
    """Draw the loss curve growing, as a GIF of at most 60 frames.

    The background is drawn once and each frame adds the lines only, which is what makes it quick.
    """
    from PIL import Image

    figure, axes = _curves(progress, epochs, "loss", "Loss during training", "Loss")
    figure.set_dpi(80)
    lines = axes.get_lines()
    drawn = [np.array(line.get_data()) for line in lines]
    for line in lines:
        line.set_animated(True)
    canvas: Any = figure.canvas
    canvas.draw()
    background = canvas.copy_from_bbox(figure.bbox)
    last = max((data[0].max() for data in drawn if data.size), default=0.0)
    frames = []
    for end in np.linspace(0, last, FRAMES + 1)[1:]:
        canvas.restore_region(background)
        for line, data in zip(lines, drawn, strict=True):
            line.set_data(data[:, data[0] <= end + 1e-9])
            axes.draw_artist(line)
        frames.append(Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3].copy()))
    # One palette for all frames, from the last one, which shows every colour: no flicker.
    palette = frames[-1].quantize(256)
    indexed = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    indexed[0].save(
        path,
        save_all=True,
        append_images=indexed[1:],
        duration=[60] * (len(indexed) - 1) + [2000],
        loop=0,
    )


def _curves(
    progress: Rows, epochs: Rows, what: str, title: str, name: str
) -> "tuple[Figure, Axes]":
    """Faint line: means over a few batches. Dots: means over an epoch."""
    from matplotlib.ticker import MaxNLocator

    figure = new_figure(8, 4.5)
    axes = plain_axes(figure, title, "Epoch", name)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    lines: list[Line2D] = []

    def add(rows: Rows, key: str, label: str, **style: Any) -> None:
        points = [(row["epoch"], row[key]) for row in rows if row.get(key) is not None]
        if points:
            x, y = zip(*points, strict=True)
            lines.extend(axes.plot(x, y, label=label, **style))

    marker = "o" if len(epochs) <= 60 else ""
    add(progress, f"train_{what}", "training, moment", color=TRAIN, linewidth=1, alpha=0.35)
    add(epochs, f"train_{what}", "training, epoch", color=TRAIN, marker=marker, markersize=4)
    add(
        epochs,
        f"val_{what}",
        "validation, epoch",
        color=VALIDATION,
        marker="s" if marker else "",
        markersize=4,
        linestyle="--",
    )
    if lines:
        axes.legend(frameon=False, labelcolor=INK)
        axes.set_xlim(left=0)
    return figure, axes
