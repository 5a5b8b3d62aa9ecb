"""What to do after the last step."""

import streamlit as st

from ui.shared.links import action_link
from ui.shared.pages import INSIDE, PLAYGROUND, TRAIN

_CARDS = (
    (
        "Train it",
        "All five steps together, on 60,000 images, again and again.",
        TRAIN,
        "Train a network",
    ),
    ("Look inside", "Every number of a trained network.", INSIDE, "See what it computes"),
    ("Play", "Small networks, and the lines that they draw.", PLAYGROUND, "Open the playground"),
)


def next_steps() -> None:
    """Draw the cards."""
    for column, (title, words, page, label) in zip(st.columns(len(_CARDS)), _CARDS, strict=True):
        with column.container(border=True, height="stretch"):
            st.subheader(title, anchor=False)
            st.markdown(words)
            action_link(page, label=label)
