"""Whether the goal of the lesson's step is reached."""

import streamlit as st

from ui.playground import parameters
from ui.playground.lessons.lesson import Step
from ui.playground.player import Player
from ui.playground.setup import Setup

_REACHED = "playground_reached"
"""The steps whose goals this visitor has reached, each as lesson and number."""


def step_of(setup: Setup) -> Step | None:
    """The step that the page is at."""
    lesson = parameters.lesson_now() if setup.lesson else None
    return None if lesson is None else lesson.steps[setup.step]


def is_reached(setup: Setup) -> bool:
    """Whether the visitor has reached this step's goal, be it a while ago."""
    reached: set[tuple[str, int]] = st.session_state.get(_REACHED, set())
    return (setup.lesson, setup.step) in reached


def look_for_goal(setup: Setup, player: Player) -> None:
    """Look at the newest moment of the trainings, and run the page once when the goal is reached.

    Args:
        setup: what the page was last set to.
    """
    step = step_of(setup)
    if step is None or step.goal is None or is_reached(setup):
        return
    goal = step.goal
    if any(
        goal.is_reached(moment, training.config, bool(training.diverged))
        for training, moment in zip(player.trainings, player.last, strict=True)
    ):
        reached: set[tuple[str, int]] = st.session_state.setdefault(_REACHED, set())
        reached.add((setup.lesson, setup.step))
        st.rerun()
