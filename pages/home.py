"""Home: what this is, and where to go."""

import sys
from typing import NamedTuple

import streamlit as st

from ui.components.live_chart import load_early
from ui.components.network_picture import network_picture
from ui.components.playground import SCRIPTS as PLAYGROUND_SCRIPTS
from ui.shared.links import action_link
from ui.shared.pages import (
    DRAW,
    EVALUATE,
    HOW,
    INSIDE,
    PLAYGROUND,
    TRAIN,
    Page,
    through_app,
)
from ui.shared.static_assets import script_urls


class Card(NamedTuple):
    """One step of the way: heading, what one does there, and pages with what their links say."""

    heading: str
    words: str
    links: tuple[tuple[Page, str], ...]


CARDS = (
    Card(
        "1. See it work",
        "Write a digit with mouse, pen or finger. The network answers after every stroke.",
        ((DRAW, "Draw a digit"),),
    ),
    Card(
        "2. Make one",
        "Choose a network, press **Start training** and watch its accuracy rise.",
        ((TRAIN, "Train a network"),),
    ),
    Card(
        "3. Find its mistakes",
        "Which digits does it mix up? Click a cell of the confusion matrix and see those images.",
        ((EVALUATE, "See its mistakes"),),
    ),
    Card(
        "4. Look inside",
        "Follow one image through every neuron, or watch a small network learn where to draw its "
        "lines.",
        ((INSIDE, "See its numbers"), (PLAYGROUND, "Train a tiny one")),
    ),
    Card(
        "5. Understand",
        "The whole network in five steps, with every number alive, and exercises.",
        ((HOW, "Learn how it works"),),
    ),
)
"""In the order in which one learns."""


def page() -> None:
    st.title("A neural network from scratch")
    st.markdown(
        "Here a neural network learns to read handwriting while you watch. It is written in "
        "Python and NumPy alone, so every step of it can be read and understood."
    )
    own_search()
    network_picture(weights)
    st.caption(
        "A trained network reads a 3. **Draw a digit over it**: each dot is a neuron, larger where "
        "it responds more strongly, and each line one of the strongest connections.",
        text_alignment="center",
    )
    for column, card in zip(st.columns(len(CARDS)), CARDS, strict=True):
        with column.container(border=True, height="stretch"):
            st.subheader(card.heading, anchor=False)
            st.markdown(card.words)
            for target, label in card.links:
                action_link(target, label=label)
    st.markdown(
        "In a hurry? Evaluate, Draw and Inside come with a trained network: begin where you like. "
        "Playground trains small ones in seconds, on points in the plane."
    )
    load_early(script_urls(PLAYGROUND_SCRIPTS))


def own_search() -> None:
    """The way to one's own search that is under way or has ended, for who has closed its page."""
    # As long as nobody has imported what starts them, which takes a second, there is none.
    if "ui.runs.jobs" in sys.modules:
        from ui.search.under_way import search_under_way

        search_under_way()


def weights() -> bytes:
    """Of the network that the picture shows; nothing where its file is missing."""
    # They bring all of nn/, which the page can do without until somebody draws.
    from ui.inside.browser_network import network_bytes
    from ui.models.shipped_network import small_network

    network = small_network()
    return b"" if network is None else network_bytes(network)


through_app()
page()
