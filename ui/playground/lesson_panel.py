"""The lesson on the page: its text, its goal, and the way on."""

import streamlit as st

from ui.playground import parameters
from ui.playground.lesson_goal import is_reached
from ui.playground.lessons.lesson import Lesson
from ui.playground.lessons.shipped import NAMES, shipped
from ui.playground.player import session_player
from ui.playground.setup import Setup
from ui.shared.counted import counted
from ui.shared.url_text import plain, plain_with_formulas


def choose_lesson(setup: Setup) -> None:
    """The lessons that ship, to choose from."""
    with st.popover(
        "Lessons",
        icon=":material/school:",
        key=f"playground_lessons_{hash(setup.lesson)}",  # another one, which is closed, for each
        help="Five short lessons, each with something to try and a goal.",
    ):
        for name in NAMES:
            lesson = shipped(name)
            st.button(
                lesson.title,
                key=f"playground_lesson_{name}",
                width="stretch",
                on_click=_open,
                args=(name,),
                help=f"{counted(len(lesson.steps), 'step')}.",
            )


def _open(text: str | None, step: int = 0) -> None:
    """Open a step of a lesson, or leave it; what was trained for another step begins again."""
    session_player().restart()
    parameters.open_lesson(text, step)


def draw_lesson(setup: Setup) -> None:
    """The step that the page is at."""
    lesson = parameters.lesson_now()
    if lesson is None:
        return
    step, count = lesson.steps[setup.step], len(lesson.steps)
    with st.container(border=True, key="playground_lesson"):
        st.subheader(plain(lesson.title), anchor=False)
        for paragraph in step.text.split("\n\n"):
            st.markdown(plain_with_formulas(paragraph, 2000))
        with st.container(
            key="playground_lesson_ways", horizontal=True, vertical_alignment="center"
        ):
            if step.goal is not None:
                with st.container(key="playground_goal"):
                    _say_goal(setup, step.goal.words, last=setup.step + 1 == count)
            st.caption(f"Step {setup.step + 1} of {count}", width="content")
            _ways(setup, lesson)


def _say_goal(setup: Setup, words: str, *, last: bool) -> None:
    if is_reached(setup):
        onward = "That was the last step." if last else "Go on to the next step."
        st.success(f"**Reached:** {words}. {onward}", icon=":material/flag_check:")
    else:
        st.info(f"**Goal:** {words}.", icon=":material/flag:")


def _ways(setup: Setup, lesson: Lesson) -> None:
    step, count = setup.step, len(lesson.steps)
    reached = lesson.steps[step].goal is None or is_reached(setup)
    if step:
        st.button(
            "Back",
            icon=":material/arrow_back:",
            key="playground_step_back",
            on_click=_open,
            args=(setup.lesson, step - 1),
            help="To the step before.",
        )
    if step + 1 < count:
        st.button(
            "Next",
            icon=":material/arrow_forward:",
            key="playground_step_next",
            type="primary" if reached else "secondary",
            on_click=_open,
            args=(setup.lesson, step + 1),
            help="To the next step. You may also skip a goal.",
        )
    elif setup.lesson in NAMES[:-1]:
        following = NAMES[NAMES.index(setup.lesson) + 1]
        st.button(
            f"Next lesson: {shipped(following).title}",
            icon=":material/arrow_forward:",
            key="playground_lesson_next",
            type="primary" if reached else "secondary",
            on_click=_open,
            args=(following,),
            help="Begin the lesson that follows.",
        )
    st.button(
        "Leave",
        icon=":material/close:",
        key="playground_lesson_leave",
        on_click=_open,
        args=(None,),
        help="Leave the lesson: all controls are there again, and the set-up is the usual one.",
    )
