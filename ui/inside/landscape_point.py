"""The network at a point of the landscape reads the page's image."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

import nn
from nn.averaging import ALONE
from nn.cost import answer_cost
from nn.plain_state import Sent
from nn.training.blas_threads import one_thread
from ui.components.live_chart import live_chart
from ui.figures.probabilities import probabilities_figure
from ui.inside.landscape_choice import FARTHEST, LandscapeChoice, choose_point
from ui.inside.landscape_work import LINE, LINE_POINTS, PATH, RANDOM, Ground, loss_of
from ui.inside.perhaps_long import QUICK, perhaps_long
from ui.inside.view import Scene
from ui.long_work import Piece
from ui.shared.number_text import number_text
from ui.shared.percent import in_brackets, percent, probability_percent
from ui.shared.url_text import plain

Array = np.ndarray

_BESIDE = "landscape point"
_STEPS = 24
"""From one side of the usual picture to the other, with the buttons of the boxes."""


class Looked(NamedTuple):
    """The images that the loss is of.

    key: of sheet and images.
    images, labels: (n, 28, 28) and (n,).
    name: what they are.
    """

    key: str
    images: Array
    labels: Array
    name: str


def point_part(
    scene: Scene,
    choice: LandscapeChoice,
    ground: Ground,
    looked: Looked,
    point: tuple[float, float],
) -> None:
    """Draw which point it is, and what the network there says."""
    by = choice.by
    st.subheader("The network at a point", anchor=False)
    left, right = (st.container(), st.container()) if by == RANDOM else st.columns([2, 3])
    with left, st.container(key="landscape_point"):
        st.markdown(
            f"{_where(choice)} The network with the weights of that point reads the page's image."
        )
        _boxes(by, ground, point)
        with one_thread():
            network = ground.sheet.network_at(*point)
            with np.errstate(over="ignore", invalid="ignore"):
                probabilities = network.predict_proba(scene.image.pixels[None], averaging=ALONE)[0]
                own = scene.chosen.network.predict_proba(scene.image.pixels[None], averaging=ALONE)[
                    0
                ]
        labels = scene.chosen.network.labels
        best, usual = int(probabilities.argmax()), int(own.argmax())
        st.markdown(
            f"It reads {scene.image.name} as **{plain(labels[best])}** "
            f"{in_brackets(float(probabilities[best]))}; the network above as "
            f"**{plain(labels[usual])}** {in_brackets(float(own[usual]))}."
        )
        if by == PATH and not any(point):
            st.caption(
                "Here x = y = 0 is the last moment that the training has kept, its weights rounded "
                "(float16): nearly, but not exactly, the network that it ended with."
            )
        with one_thread():
            found = _on_images(looked, point, network)
        if found is not None:
            loss, accuracy = found
            st.markdown(
                f"On {len(looked.labels):,} {looked.name} its loss is "
                f"**{number_text(loss, '.3g')}**, and **{percent(accuracy)}** is right."
            )
    with right:
        live_chart(
            probabilities_figure(probabilities, labels),
            key="inside_landscape_answer",
            alt=f"The network at this point: {labels[best]} with "
            f"{probability_percent(float(probabilities[best]))}.",
        )


def _where(choice: LandscapeChoice) -> str:
    """How a point is chosen, and how the picture shows it."""
    if choice.by == LINE:
        return "Click a line, or say where: the upright line is there."
    if choice.camera is None:
        return "Click the map, or say where: ✕ is there."
    return "Say where: the pin with the ✕ stands there."


def _boxes(by: str, ground: Ground, point: tuple[float, float]) -> None:
    if by == LINE:
        width = float(LINE_POINTS[-1] - LINE_POINTS[0])
        widths = width, width
    else:
        xs, ys = ground.axes(2, 1)
        widths = float(xs[1] - xs[0]), float(ys[1] - ys[0])
    names = ("x",) if by == LINE else ("x", "y")
    keys = [f"landscape_{name}" for name in names]

    def choose() -> None:
        x, *more = (st.session_state[key] for key in keys)
        choose_point(x, more[0] if more else 0)

    with st.container(horizontal=True):
        for name, key, value, width in zip(names, keys, point, widths, strict=False):
            st.session_state[key] = value
            st.number_input(
                "Share of the way" if by == LINE else name,
                min_value=-FARTHEST,
                max_value=FARTHEST,
                step=width / _STEPS,
                format="%.3f",
                key=key,
                width=150,
                help="0 is this network, 1 the other."
                if by == LINE
                else f"The place on the {'first' if name == 'x' else 'second'} axis.",
                on_change=choose,
            )


def _on_images(looked: Looked, point: tuple[float, float], network: nn.Network) -> Any | None:
    """Its loss and accuracy; None as long as they are not there."""
    key = f"landscape point {looked.key} {point}"
    is_quick = len(looked.labels) * answer_cost(network.layers, network.in_features) <= QUICK
    asked = network if is_quick else Sent(network)
    work = Piece(key, loss_of, (asked, looked.images, looked.labels))
    return perhaps_long(work, "Its loss", is_quick=is_quick, beside=_BESIDE)
