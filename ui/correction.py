"""“That was wrong”: naming the right class, so that the visitor's copy of the model learns it."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

import data
import nn
from ui.lessons import Lessons, forget, learn, lessons, school
from ui.models import ModelChoice
from ui.percent import percent
from ui.url_text import plain

# Large enough for fingers.
_STYLE = """<style>
[class*="st-key-correction"] button, .st-key-lesson_label button { min-height: 2.75rem; }
.st-key-lesson_label button { min-width: 2.75rem; }
</style>"""


def correction(
    choice: ModelChoice, network: nn.Network, images: Sequence[np.ndarray], answers: Sequence[str]
) -> None:
    """The control with which one says what was wrong, and what came of it the last time.

    Runs the page again after a lesson.

    Args:
        choice: the model.
        network: its own network, not the visitor's copy.
        images: what was drawn, (28, 28) in [0, 1] each; while there is none it waits.
        answers: what each was read as.
    """
    st.html(_STYLE)
    kept = lessons(choice)
    with st.container(horizontal=True, key="correction", vertical_alignment="center"):
        # With each lesson another one, which is closed.
        count = len(kept.images) if kept else 0
        with st.popover(
            "That was wrong",
            icon=":material/school:",
            key=f"correction_{count}",
            disabled=not images,
            help="Say what it is. A copy of the model, yours alone, learns it at once.",
        ):
            if images:
                _lesson(choice, network, images, answers)
        if kept:
            st.button(
                "Forget what it learned",
                icon=":material/restart_alt:",
                key="correction_forget",
                on_click=forget,
                help="Throw your copy away and go on with the model as it was.",
            )
    if kept:
        _report(kept, images)


def _lesson(
    choice: ModelChoice, network: nn.Network, images: Sequence[np.ndarray], answers: Sequence[str]
) -> None:
    """Which character was wrong, what it is, and the button."""
    if school(choice, network) is None:
        st.markdown(
            "To learn something without forgetting the rest, a model needs some of the images it "
            "learned from. Those of this model are not on this computer."
        )
        return
    place = 0
    if len(images) > 1:
        place = st.pills(
            "Which one was wrong?",
            range(len(images)),
            default=0,
            required=True,
            format_func=lambda index: f"{index + 1}.: {plain(answers[index])}",
            help="The characters from left to right, as they were read.",
        )
    labels = network.labels
    with st.container(key="lesson_label"):
        label = st.pills(
            "What is it?",
            range(len(labels)),
            format_func=lambda index: plain(labels[index]),
            help="The right answer.",
        )
    wanted = st.button(
        "Learn it",
        type="primary",
        icon=":material/model_training:",
        key="correction_learn",
        disabled=label is None,
        help="Takes about a second. Only your own copy of the model learns, in the memory of this "
        "app; it is gone when your visit ends.",
    )
    if wanted and label is not None:
        try:
            with st.spinner("Learning ..."):
                learn(choice, network, images[place], label)
        except data.DatasetNotFound as error:
            st.error(str(error), icon=":material/image:")
        else:
            st.rerun()


def _report(kept: Lessons, images: Sequence[np.ndarray]) -> None:
    """What the lessons have brought and cost."""
    count, exam = len(kept.images), kept.exam
    drawings = "one drawing" if count == 1 else f"{count} drawings"
    words = f"This is **your own copy** of the model; you taught it {drawings}."
    if any(kept.is_last(image) for image in images):
        before, now = kept.before, kept.now
        words += (
            f" It read this as **{plain(before.label)}** ({percent(before.probability)}), now as "
            f"**{plain(now.label)}** ({percent(now.probability)})."
        )
        if now.label != kept.right_label:
            words += " That is not enough yet: say it again."
    words += (
        f" Of {exam.count:,} {exam.what}, which it has never learned from, it reads "
        f"**{percent(exam.now / exam.count)}** right; the model itself "
        f"{percent(exam.before / exam.count)}."
    )
    st.markdown(words)
