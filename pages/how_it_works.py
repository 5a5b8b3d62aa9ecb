"""How it works: a network in five steps, one image carried through all of them."""

import streamlit as st

from ui.components.scrolled_to import scrolled_to
from ui.how.backprop import backprop_step
from ui.how.descent_step import descent_step
from ui.how.exercises import exercises
from ui.how.image import carried_image
from ui.how.image_choice import image_choice
from ui.how.layer import layer_step
from ui.how.neuron import neuron_step
from ui.how.next_steps import next_steps
from ui.how.opened_step import opened_step
from ui.how.page_layout import page_layout
from ui.how.softmax import softmax_step
from ui.how.steps import STEPS
from ui.shared.pages import through_app

DRAW_STEP = (neuron_step, layer_step, softmax_step, descent_step, backprop_step)


def page() -> None:
    page_layout()
    with st.container(key="how_it_works"):
        st.title("How it works")
        st.markdown(
            "The whole network in five steps. Drag what can be dragged, and point at a word or a "
            "symbol: what means the same lights up."
        )
        notices = st.container(key="how_notices")
        image = carried_image(notices)
        opened = opened_step(notices)
        image_choice(image)
        contents()
        for number, (step, draw) in enumerate(zip(STEPS, DRAW_STEP, strict=True), start=1):
            st.header(f"{number}. {step.title}", anchor=step.key)
            with st.container(key=f"how_step_{step.key}"):
                draw(image)
        st.header("What next", anchor="next")
        next_steps()
        st.header("Exercises", anchor="exercises")
        exercises()
    scrolled_to(None if opened is None else opened.key, turn=1)


def contents() -> None:
    """Where to jump to."""
    links = [f"[{number}. {step.title}](#{step.key})" for number, step in enumerate(STEPS, start=1)]
    links += ["[What next](#next)", "[Exercises](#exercises)"]
    st.markdown(" · ".join(links))


through_app()
page()
