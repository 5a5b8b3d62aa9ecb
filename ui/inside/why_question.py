"""The controls of the view "Why": which class, against which other, and how the patch is."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn.explain.attribution import FILLS
from ui.inside import parameters
from ui.inside.view import Scene
from ui.inside.why_maps import Question
from ui.shared.percent import probability_percent
from ui.shared.url_text import plain, quote

PATCHES = (1, 3, 5, 7, 9)
_PATCH, _FILL = 3, "black"
_NONE = -1


def choose_question(scene: Scene, probabilities: np.ndarray) -> Question:
    """Draw them; what the link asks for and is not there is said.

    Args:
        scene: what the page shows.
        probabilities: (classes,) of the image.
    """
    classes = len(probabilities)
    answer = int(probabilities.argmax())
    asked = parameters.whole("target", classes, scene.notices)
    target = answer if asked is None else asked
    contrast = parameters.whole("contrast", classes, scene.notices)
    if contrast == target:
        scene.notices.info(
            "Class and comparison are the same: the class is explained alone.",
            icon=":material/info:",
        )
        contrast = None
    patch = int(_one_of("patch", [str(size) for size in PATCHES], str(_PATCH), scene.notices))
    fill = _one_of("fill", list(FILLS), _FILL, scene.notices)
    names = [
        f"{plain(label)} · {probability_percent(p)}"
        for label, p in zip(scene.chosen.network.labels, probabilities, strict=True)
    ]
    with st.container(horizontal=True, vertical_alignment="bottom", key="why_choice"):
        _target_box(names, answer, asked)
        _contrast_box(names, target, contrast)
        _patch_box(patch)
        _fill_box(fill)
    return Question(target, contrast, patch, fill)


def _target_box(names: Sequence[str], answer: int, asked: int | None) -> None:
    key = "why_target"
    st.session_state[key] = _NONE if asked is None else asked

    def choose() -> None:
        target = st.session_state[key]
        values = {"target": None if target == _NONE else target}
        against = answer if target == _NONE else target
        if parameters.get("contrast") == str(against):
            values["contrast"] = None
        parameters.choose(**values)

    st.selectbox(
        "Why this class",
        [_NONE, *range(len(names))],
        key=key,
        format_func=lambda k: f"the answer: {names[answer]}" if k == _NONE else names[k],
        on_change=choose,
        help="The class whose logit (its score before softmax) is explained.",
        width=220,
    )


def _contrast_box(names: Sequence[str], target: int, contrast: int | None) -> None:
    key = "why_contrast"
    st.session_state[key] = _NONE if contrast is None else contrast

    def choose() -> None:
        chosen = st.session_state[key]
        parameters.choose(contrast=None if chosen == _NONE else chosen)

    st.selectbox(
        "Rather than",
        [_NONE, *(k for k in range(len(names)) if k != target)],
        key=key,
        format_func=lambda k: "no other" if k == _NONE else names[k],
        on_change=choose,
        help="With another class the difference of the two logits is explained: what speaks for "
        "the one and not for the other.",
        width=160,
    )


def _patch_box(patch: int) -> None:
    key = "why_patch"
    st.session_state[key] = patch
    st.selectbox(
        "Patch",
        PATCHES,
        key=key,
        format_func=lambda size: f"{size} × {size}",
        on_change=lambda: parameters.choose(patch=st.session_state[key]),
        help="Occlusion hides so many pixels at a time, and so does the patch below.",
        width=110,
    )


def _fill_box(fill: str) -> None:
    key = "why_fill"
    st.session_state[key] = fill
    st.selectbox(
        "Colour of the patch",
        list(FILLS),
        key=key,
        on_change=lambda: parameters.choose(fill=st.session_state[key]),
        help="Black hides ink as if there were none. Grey lays half-strong ink where there was "
        "none too, which few networks have ever seen.",
        width=150,
    )


def _one_of(name: str, allowed: Sequence[str], usual: str, notices: DeltaGenerator) -> str:
    """A parameter that is one of these, `usual` without it, and with a notice where it is none."""
    text = parameters.get(name)
    if text is None or text in allowed:
        return text or usual
    notices.warning(
        f"The link asks for {name} {quote(text)}: it must be one of {', '.join(allowed)}.",
        icon=":material/link_off:",
    )
    return usual
