"""Home: what this is, and where to go."""

import streamlit as st

from ui.links import action_link
from ui.live_chart import load_early
from ui.network_picture import network_picture

STEPS = [
    (
        "1. Train",
        "Choose a network, press **Start training** and watch its accuracy rise.",
        "app_pages/train.py",
        "Train a network",
        ":material/model_training:",
    ),
    (
        "2. Evaluate",
        "Which digits does it mix up? Click a cell of the confusion matrix and see those images.",
        "app_pages/evaluate.py",
        "See its mistakes",
        ":material/grid_on:",
    ),
    (
        "3. Draw",
        "Write a digit with mouse, pen or finger. The network answers after every stroke.",
        "app_pages/draw.py",
        "Draw a digit",
        ":material/draw:",
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
    for column, (heading, text, path, label, icon) in zip(st.columns(3), STEPS, strict=True):
        with column.container(border=True, height="stretch"):
            st.subheader(heading, anchor=False)
            st.markdown(text)
            action_link(path, label=label, icon=icon)
    st.markdown("In a hurry? Evaluate and Draw come with a trained network: begin where you like.")
    load_early()


page()
