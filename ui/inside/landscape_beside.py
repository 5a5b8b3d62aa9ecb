"""What stands beside the landscape: the losses along the path, and those along a line."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import streamlit as st

from ui.components.live_chart import live_chart
from ui.figures.landscape_lines import along_line, along_path
from ui.inside.landscape_work import Ground, Landscape
from ui.shared.number_text import number_text
from ui.shared.percent import percent

_LOSS = "Mean cross-entropy"
_BARRIER = 0.05
"""A loss that much above both ends is a barrier."""


def path_charts(steps: Sequence[int], names: Sequence[str], found: Landscape) -> None:
    """The true loss, the loss on the sheet, and how far from it the path is."""
    lines = {"True loss": found.path_losses, "On the sheet": found.sheet_losses}
    live_chart(
        along_path("Loss along the path", _LOSS, steps, names, lines, logarithmic=True),
        key="inside_landscape_losses",
        alt="The true loss and that of the nearest point on the sheet, for each moment.",
        table=True,
    )
    lines = {"Distance": found.distances}
    live_chart(
        along_path("Distance from the sheet", "Distance", steps, names, lines, logarithmic=False),
        key="inside_landscape_distances",
        alt="How far the network is from the sheet, for each moment.",
        table=True,
    )


def say_path(ground: Ground, found: Landscape) -> None:
    """How much of the path the sheet shows."""
    assert ground.shares is not None
    apart = number_text(ground.apart, ".3g")
    st.markdown(
        f"The sheet holds **{percent(float(ground.shares.sum()))}** of the path's variance. The "
        f"path is up to {number_text(found.distances.max(), '.3g')} away from it, where start and "
        f"end are {apart} apart (in the space of all weights). So its true loss is not "
        "the height that is drawn below it."
    )


def line_charts(
    found: Landscape, of: str, at: float, on_click: Callable[[dict[str, Any]], None]
) -> None:
    """Loss and accuracy on the straight line, and whether there is a barrier.

    Args:
        found: at the line's points.
        of: what the images are.
        at: the chosen point.
        on_click: takes the point that is clicked, as {"x": ..., "y": 0}.
    """
    of = f"{found.images:,} {of}"
    losses, accuracies = found.losses[0], found.accuracies[0]
    left, right = st.columns(2)
    with left:
        live_chart(
            along_line(f"Loss on {of}", _LOSS, found.xs, losses, at, logarithmic=True),
            key="inside_line_losses",
            alt="The loss on the straight line between the two networks.",
            on_click=lambda sent: on_click(sent | {"y": 0}),
            reveals="landscape_point",
            table=True,
        )
    with right:
        shares = 100 * accuracies
        live_chart(
            along_line(f"Accuracy on {of}", "Right (%)", found.xs, shares, at, logarithmic=False),
            key="inside_line_accuracies",
            alt="The share of right answers on the straight line between the two networks.",
            on_click=lambda sent: on_click(sent | {"y": 0}),
            reveals="landscape_point",
            table=True,
        )
    st.markdown(barrier_words(found))


def barrier_words(found: Landscape) -> str:
    """Whether the loss rises between the ends."""
    losses, accuracies = found.losses[0], found.accuracies[0]
    ends = [int(np.abs(found.xs - end).argmin()) for end in (0, 1)]
    between = slice(ends[0], ends[1] + 1)
    top = int(losses[between].argmax()) + ends[0]
    higher = float(losses[ends].max())
    if not losses[top] > higher + _BARRIER:
        return (
            "Between the two the loss does not rise above the higher end by more than "
            f"{_BARRIER}: no barrier, they lie in one valley."
        )
    return (
        f"Between the two the loss rises to **{number_text(losses[top], '.3g')}**, where "
        f"{percent(float(accuracies[top]))} is right; at the ends it is "
        f"{' and '.join(number_text(losses[end], '.3g') for end in ends)}. What lies between is "
        "worse than either: a barrier (Frankle et al. 2020)."
    )
