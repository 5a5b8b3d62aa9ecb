"""“That was wrong”: naming the right class, so that the visitor's copy of the model learns it."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

import data
import nn
from ui.draw.lessons import Lessons, forget, learn, lesson_round, lessons, rehearsal_dataset
from ui.models.model_choice import ModelChoice
from ui.shared.percent import percent
from ui.shared.url_text import plain

# Large enough for fingers.
_STYLE = """<style>
[class*="st-key-correction"] button, .st-key-lesson_choices button { min-height: 2.75rem; }
.st-key-lesson_choices button { min-width: 2.75rem; }
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
        answers: what each is shown as.
    """
    st.html(_STYLE)
    kept = lessons(choice)
    with st.container(horizontal=True, key="correction", vertical_alignment="center"):
        # After each lesson another one, which is closed.
        with st.popover(
            "That was wrong",
            icon=":material/school:",
            key=f"correction_{lesson_round()}",
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
    if rehearsal_dataset(choice, network) is None:
        st.markdown(
            "To learn something without forgetting the rest, a model needs some of the images it "
            "learned from. Those of this model are not on this computer."
        )
        return
    place: int | None = 0
    labels = network.labels
    # What was chosen goes with the drawing, and with the lesson.
    about = lesson_round(), choice.key, *(image.tobytes() for image in images)
    with st.container(key="lesson_choices"):
        if len(images) > 1:
            place = st.pills(
                "Which one was wrong?",
                range(len(images)),
                format_func=lambda index: f"{_ordinal(index + 1)}: {plain(answers[index])}",
                key=f"lesson_place_{hash(about)}",
                help="The characters from left to right, as they were read.",
            )
        label = st.pills(
            "What is it?",
            range(len(labels)),
            format_func=lambda index: plain(labels[index]),
            key=f"lesson_label_{hash((*about, place))}",
            help="What you meant to write; the copy learns that this drawing is one of these.",
        )
    wanted = st.button(
        "Learn it",
        type="primary",
        icon=":material/model_training:",
        key="correction_learn",
        disabled=place is None or label is None,
        help="Takes a few seconds. Only your own copy of the model learns, in the memory of this "
        "app; it is gone when your visit ends.",
    )
    if wanted and place is not None and label is not None:
        try:
            with st.spinner("Learning ..."):
                learn(choice, network, images[place], label)
        except data.DatasetNotFound as error:
            st.error(str(error), icon=":material/image:")
        else:
            st.rerun()


def _report(kept: Lessons, images: Sequence[np.ndarray]) -> None:
    """What the lessons have brought and cost."""
    if kept.network is None:
        st.markdown(
            "This is the model as it was: your own copy had to make room for those of other "
            "visitors. With your next lesson it learns all again that you taught it."
        )
        return
    count, exam = len(kept.images), kept.exam
    drawings = "1 drawing" if count == 1 else f"{count} drawings"
    words = f"This is **your own copy** of the model; you taught it {drawings}."
    if any(kept.is_last(image) for image in images):
        before, now = kept.before, kept.now
        words += (
            f" It read this as **{plain(before.label)}** ({percent(before.probability)}), now as "
            f"**{plain(now.label)}** ({percent(now.probability)})."
        )
        if now.label != kept.right_label:
            words += " That is not enough yet: say it again."
    unknown = ", which it has never learned from," if exam.own else ""
    words += (
        f" Of {exam.count:,} {exam.what}{unknown} it reads **{percent(exam.now / exam.count)}** "
        f"right; without your lessons {percent(exam.before / exam.count)}."
    )
    if exam.alone:
        words += " It looked at each of them alone, not at moved or turned copies too."
    if not exam.own:
        words += (
            " They are not the kind of images this model learned from, so this does not show what "
            "it has forgotten of those."
        )
    st.markdown(words)


def _ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, ..."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'}"
