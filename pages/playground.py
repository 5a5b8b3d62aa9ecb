"""Playground: small networks on points in the plane, trained while one looks at every neuron."""

from functools import partial

import streamlit as st

from ui.playground import notices, page_due, parameters
from ui.playground.compare import choose_compare
from ui.playground.controls import say_refused
from ui.playground.data_panel import draw_data_panel
from ui.playground.lesson_editor import draw_lesson_editor
from ui.playground.lesson_goal import look_for_goal
from ui.playground.lesson_panel import choose_lesson, draw_lesson
from ui.playground.on_stage import draw_stage
from ui.playground.page_layout import page_layout
from ui.playground.player import session_player
from ui.playground.setup import Setup
from ui.playground.stream import draw_stream
from ui.playground.take_along_panel import draw_take_along, take_up_opened
from ui.playground.tensorflow_box import open_from_address, paste_address
from ui.playground.training_points import points_of
from ui.playground.training_row import draw_training_row
from ui.shared.pages import through_app

_INTRODUCTION = (
    "A small network learns to tell points in the plane apart, or a function over it. "
    "Press Play to watch what each neuron does; point at anything to see its numbers, drag "
    "a weight to change it."
)


def page() -> None:
    page_due.not_due()
    open_from_address()
    parameters.arrive()
    setup, wrong = parameters.checked_setup()
    page_layout(has_lesson=bool(setup.lesson))
    with st.container(key="playground_head", horizontal=True, vertical_alignment="center"):
        st.title("Playground", width="content")
        with st.container(key="playground_ways", horizontal=True, vertical_alignment="center"):
            choose_lesson(setup)
            paste_address()
            choose_compare(setup)
    say_refused()
    notices.introduce(wrong, _INTRODUCTION)
    # In a place that is always there: what plays below it would be made anew if it moved.
    with st.container(key="playground_lesson_place"):
        draw_lesson(setup)
    play(setup)
    draw_take_along(setup)
    draw_lesson_editor(setup)
    parameters.keep()


def play(setup: Setup) -> None:
    """The data at the left, and the network with its controls."""
    train, test = points_of(setup)
    player = session_player()
    # Who paints a point more wants to see what the network that is there makes of it.
    keeps = setup.own is not None
    player.set_up(setup.arms, train, test, setup.stop_loss, setup.stop_still, keeps=keeps)
    take_up_opened(player)
    with st.container(key="playground_page"):
        with st.container(key="playground_data"):
            draw_data_panel(setup)
        with st.container(key="playground_work"):
            draw_training_row(setup)
            draw_stream(partial(look_for_goal, setup))
            draw_stage(setup, train, test)


through_app()
page()
