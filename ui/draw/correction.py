"""“That was wrong”: naming the right class, so that the visitor's copy of the model learns it; and
what it was taught, to be taken back."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

import numpy as np
import streamlit as st

import data
import nn
from ui.draw.lesson_line import LEARNING, Say
from ui.draw.lessons import (
    Lessons,
    forget,
    learn,
    lesson_round,
    lessons,
    rehearsal_dataset,
    take_back,
)
from ui.figures.digits import digit_png
from ui.figures.png import png_url
from ui.models.model_choice import ModelChoice
from ui.shared.busy import busy
from ui.shared.error_text import error_text
from ui.shared.tally import Trouble, note
from ui.shared.url_text import plain

# Large enough for fingers.
_STYLE = """<style>
[class*="st-key-correction"] button, .st-key-lesson_choices button { min-height: 2.75rem; }
.st-key-lesson_choices button { min-width: 2.75rem; }
</style>"""


def correction(
    choice: ModelChoice, network: nn.Network, images: Sequence[np.ndarray], answers: Sequence[str]
) -> None:
    """The controls with which one says what was wrong, and takes it back. The line they stand on
    stays as high as it is, so that nothing below it jumps.

    Runs the page again after a lesson.

    Args:
        choice: the model.
        network: its own network, not the visitor's copy.
        images: what was drawn, (28, 28) in [0, 1] each; while there is none it waits.
        answers: what each is shown as.
    """
    st.html(_STYLE)
    kept = lessons(choice)
    with st.container(horizontal=True, key="correction", gap="small"):
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
            count = len(kept.images)
            with st.popover(
                f"Taught: {count}",
                icon=":material/history_edu:",
                key=f"lessons_{lesson_round()}",
                help="What your copy of the model was taught. Take back one of it, or all.",
            ):
                _taught(choice, network, kept)


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
            key=f"lesson_label_{hash(about)}",
            help="What you meant to write; the copy learns that this drawing is one of these.",
        )
    wanted = st.button(
        "Learn it",
        type="primary",
        icon=":material/model_training:",
        key="correction_learn",
        disabled=place is None or label is None,
        help="Takes a few seconds. Only your own copy of the model learns; it is gone when you "
        "close this tab.",
    )
    if wanted and place is not None and label is not None:
        _learning(partial(learn, choice, network, images[place], label))


def _taught(choice: ModelChoice, network: nn.Network, kept: Lessons) -> None:
    """The lessons, the newest first, each with a button that takes it back."""
    for place in reversed(range(len(kept.images))):
        label = kept.class_labels[int(kept.labels[place])]
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"correction_lesson_{place}"
        ):
            url = png_url(digit_png(kept.images[place], enlarged=1))
            st.html(
                f'<img src="{url}" width="44" height="44" alt="Your drawing"> = '
                f"<strong>{escape(label)}</strong>",
                width="content",
            )
            if st.button(
                "Take back",
                key=f"take_back_{place}",
                help="Let a new copy learn the others only, which takes a few seconds.",
            ):
                _learning(partial(take_back, choice, network, place))
    if st.button(
        "Forget what it learned",
        icon=":material/restart_alt:",
        key="correction_forget",
        help="Throw your copy away and go on with the model as it was.",
    ):
        forget()
        st.rerun()


def _learning(lesson: Callable[[Say], None]) -> None:
    """Give the lesson, with a sign of life, and run the page again."""
    try:
        with busy(LEARNING) as say:
            lesson(say)
    except data.DatasetNotFound as error:
        note(Trouble.LESSON, "the images to go through again are not here")
        st.error(error_text(error), icon=":material/image:")
    else:
        st.rerun()


def _ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, ..."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'}"
