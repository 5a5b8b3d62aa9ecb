"""The controls of the view "Trick": how it is made, to what end, and the noise beside it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn.explain.adversarial import Goal
from ui.inside import parameters
from ui.inside.address_box import address_box
from ui.inside.seed_box import seed_box
from ui.inside.trick_work import FGSM, ITERATED, STEPS
from ui.inside.view import Scene
from ui.shared.percent import probability_percent
from ui.shared.url_text import plain

HOWS = {FGSM: "FGSM: one step", ITERATED: f"Iterated: {STEPS} steps"}
_ANY = "any"
MOST_SEED = 999


class TrickChoice(NamedTuple):
    """What is asked.

    how: a key of HOWS.
    goal: which answer it is to be, or none but the one it is.
    seed: of the noise.
    """

    how: str
    goal: Goal
    seed: int


def choose_trick(scene: Scene, probabilities: np.ndarray) -> TrickChoice:
    """Draw the controls; `probabilities` (classes,) are those of the image as it is."""
    answer, labels = int(probabilities.argmax()), scene.chosen.network.labels
    with st.container(horizontal=True, vertical_alignment="bottom", key="trick_choice"):
        how = address_box(
            "How",
            "trick_how",
            HOWS,
            FGSM,
            "FGSM moves each pixel by the strength, in the direction that its gradient says. The "
            f"iterated form takes {STEPS} small steps with a new gradient each, and stays as near.",
            scene.notices,
            width=210,
        )
        target = _target(answer, labels, probabilities, scene.notices)
        noise = (
            "The number of the random noise that the trick is compared with: each gives another."
        )
        seed = seed_box("Noise", "trick_seed", MOST_SEED, noise, scene.notices, width=130)
    return TrickChoice(how, Goal(answer, target), seed)


def _target(
    answer: int, labels: Sequence[str], probabilities: np.ndarray, notices: DeltaGenerator
) -> int | None:
    is_answer = parameters.get("trick_to") == str(answer)
    if is_answer:
        notices.info(
            f"The image is read as {plain(labels[answer])} without a trick: it is made to be read "
            "as anything else.",
            icon=":material/info:",
        )
    names = {_ANY: f"anything but {labels[answer]}"} | {
        str(k): f"{labels[k]} · {probability_percent(float(probabilities[k]))}"
        for k in range(len(labels))
        if k != answer or is_answer
    }
    chosen = address_box(
        "To be read as",
        "trick_to",
        names,
        _ANY,
        "Any other answer than that of now, or one that you choose.",
        notices,
        width=190,
    )
    return None if chosen == _ANY or is_answer else int(chosen)
