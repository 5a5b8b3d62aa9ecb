"""View: what the network said to the page's image at each kept moment of its training."""

from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from nn.cost import answer_cost
from nn.history.decision import Turns, turns
from ui.components.live_chart import live_chart
from ui.figures.decision import Marks, decision_figure
from ui.figures.step_axis import step_places
from ui.inside import parameters
from ui.inside.address_box import address_box
from ui.inside.copied_code import image_file, show_code
from ui.inside.copied_moments import MOMENTS, moments_file
from ui.inside.perhaps_long import perhaps_long
from ui.inside.time_code import time_code
from ui.inside.time_going_on import go_on
from ui.inside.time_words import turns_words
from ui.inside.time_work import through_time
from ui.inside.view import Scene, View
from ui.long_work import Piece
from ui.runs.kept import Kept
from ui.runs.moments import step_and_epoch
from ui.shared.links import action_link
from ui.shared.pages import TRAIN
from ui.shared.url_text import plain

Array = np.ndarray

ALONG = {"step": "Step", "epoch": "Epoch"}
_QUICK = 300_000_000
"""Up to this cost of all answers, with the weights that are read for them, it takes a moment."""


def _draw(scene: Scene) -> None:
    way = scene.chosen.kept("whole")
    if way is None:
        st.caption(
            "This model has kept nothing of its training, as those that come with the app: choose "
            "one of the trainings on this server, or begin one."
        )
        action_link(TRAIN, label="Train a network", help="A new training, on the page Train.")
        return
    probabilities = _probabilities(scene, way)
    if probabilities is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="time_choice"):
        label = _label(scene, int(probabilities[-1].argmax()))
        help_text = "Steps on a logarithmic axis, since most happens at first, or epochs."
        along = address_box("Along", "time_along", ALONG, "step", help_text, scene.notices)
    right = probabilities.argmax(axis=1) == label
    found = turns(right)
    text = plain(scene.chosen.network.labels[label])
    names = list(map(step_and_epoch, way.steps, way.records["epoch"].tolist()))
    st.markdown(turns_words(found, names, int(right.sum()), text))
    place = _now(scene.chosen.step, way)
    _chart(scene, way, probabilities, label, found, along, place)
    if not way.history.is_small:
        st.caption("This network is large: all its weights are kept at three moments only.")
    go_on(scene, way, len(way.steps) - 1 if place is None else place)
    files = {
        "images.npz": ("The page's image.", partial(image_file, scene.image)),
        MOMENTS: ("The weights at each moment, float16.", partial(moments_file, way)),
    }
    show_code(time_code(), scene, files)


def _probabilities(scene: Scene, way: Kept) -> Array | None:
    """At each moment (m, classes), finite; None as long as they are not there."""
    network, pixels = scene.chosen.network, scene.image.pixels
    key = f"through time {way.key} {scene.image.key}"
    cost = answer_cost(network.layers, network.in_features) + network.num_parameters
    # Its records and not its files, which may have changed since: a training that goes on thins out
    # its moments.
    piece = Piece(key, through_time, (way.history, way.records, pixels))
    is_quick = len(way.steps) * cost <= _QUICK
    found: Array | None = perhaps_long(piece, "The training", is_quick=is_quick)
    # Weights that have diverged say nothing.
    return None if found is None else np.nan_to_num(found)


def _label(scene: Scene, usual: int) -> int:
    """Which class is right; of a drawing the visitor says it."""
    if scene.image.label is not None:
        return scene.image.label
    names = {str(k): name for k, name in enumerate(scene.chosen.network.labels)}
    help_text = "What you have drawn. At first it is what the network read at the end."
    return int(
        address_box("It is", "time_label", names, str(usual), help_text, scene.notices, width=120)
    )


def _now(step: int | None, way: Kept) -> int | None:
    """The place of the page's moment; None where it shows the network as its file has it."""
    # A training that goes on may just have thinned out its moments.
    return None if step is None else way.steps.index(int(way.record(step)["step"]))


def _chart(
    scene: Scene,
    way: Kept,
    probabilities: Array,
    label: int,
    found: Turns,
    along: str,
    place: int | None,
) -> None:
    by_step = along == "step"
    values = way.records["step" if by_step else "epoch"].tolist()
    drawn_at = np.array(step_places(values) if by_step else values)

    def clicked(sent: dict[str, Any]) -> None:
        x = sent.get("x")
        if isinstance(x, int | float) and np.isfinite(x):
            parameters.choose(at=way.steps[int(np.abs(drawn_at - x).argmin())])

    first = [] if found.first_right is None else [found.first_right]
    marks = Marks([*first, *found.learned_again], found.forgotten, place)
    labels = scene.chosen.network.labels
    live_chart(
        decision_figure(values, way.names, probabilities, labels, label, marks, by_step=by_step),
        key="inside_time_chart",
        alt=f"The probability of each class for the page's image at {len(way.steps)} moments of "
        f"the training; class {labels[label]} is right.",
        on_click=parameters.of_hand(clicked),
        table=True,
    )
    st.caption(
        "▲ is where it was learned, ✕ where it was forgotten (Toneva et al. 2019). Thin grey lines "
        "are classes that it was never much taken for. A click on a line makes that moment the "
        "page's, with a dashed line here: all views show the network as it was then."
    )


THROUGH_TIME = View(
    "Time",
    "What the network said to this image all along its training. Look when it was first right, and "
    "whether it was forgotten on the way.",
    _draw,
)
