"""Home: what this is, and where to go."""

import streamlit as st

from ui.components.live_chart import load_early
from ui.components.network_picture import network_picture
from ui.components.playground import SCRIPTS as PLAYGROUND_SCRIPTS
from ui.shared.links import action_link
from ui.shared.pages import DRAW, EVALUATE, INSIDE, TRAIN, through_app
from ui.shared.static_assets import script_urls

STEPS = [
    (
        "1. Train",
        "Choose a network, press **Start training** and watch its accuracy rise.",
        TRAIN,
        "Train a network",
    ),
    (
        "2. Evaluate",
        "Which digits does it mix up? Click a cell of the confusion matrix and see those images.",
        EVALUATE,
        "See its mistakes",
    ),
    (
        "3. Draw",
        "Write a digit with mouse, pen or finger. The network answers after every stroke.",
        DRAW,
        "Draw a digit",
    ),
    (
        "4. Look inside",
        "Follow one image through every neuron, and one gradient all the way back.",
        INSIDE,
        "See what it computes",
    ),
]


def page() -> None:
    st.title("A neural network from scratch")
    st.markdown(
        "Here a neural network learns to read handwriting while you watch. It is written in "
        "Python and NumPy alone, so every step of it can be read and understood."
    )
    network_picture()
    st.caption(
        "A trained network reads a 3: each dot is a neuron, larger where it responds more "
        "strongly, and each line one of the strongest connections.",
        text_alignment="center",
    )
    for column, (heading, text, page, label) in zip(st.columns(len(STEPS)), STEPS, strict=True):
        with column.container(border=True, height="stretch"):
            st.subheader(heading, anchor=False)
            st.markdown(text)
            action_link(page, label=label)
    st.markdown(
        "In a hurry? Evaluate, Draw and Inside come with a trained network: begin where you like. "
        "Playground trains small ones in seconds, on points in the plane."
    )
    load_early(script_urls(PLAYGROUND_SCRIPTS))


through_app()
page()
