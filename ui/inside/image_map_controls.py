"""What the map shows, as it stands in the address, and the controls that choose it."""

from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.inside import parameters
from ui.inside.address_box import address_box
from ui.inside.image_counts import image_counts
from ui.shared.link_notice import asked_number

METHODS = {"pca": "PCA", "tsne": "t-SNE"}
COLOURS = {"label": "Label", "read": "What is read", "right": "Right or wrong"}
LEARNED = {"learned": "When learned"}
MARKS = {"dots": "Dots", "names": "Names", "images": "Images"}
COUNTS, USUAL_COUNT = (500, 1000, 2000), "1000"
LOW, HIGH, USUAL = 5, 50, 30
"""Perplexities."""


class MapChoice(NamedTuple):
    """What the map shows.

    layer, layer_title: the place of its last part in the network, or PIXELS, and its name.
    is_tsne: or by principal components.
    perplexity: of t-SNE: about how many neighbours count.
    colour: a key of COLOURS or LEARNED.
    marks: a key of MARKS.
    images: how many.
    """

    layer: int
    layer_title: str
    is_tsne: bool
    perplexity: int
    colour: str
    marks: str
    images: int


def choose_map(
    layers: dict[int, str], answers_are_kept: bool, there: int, notices: DeltaGenerator
) -> MapChoice:
    """Draw the controls.

    Args:
        layers: their places and names.
        answers_are_kept: whether it is known when in the training each image was learned.
        there: so many images there are for it.
        notices: for what a link asks for and cannot be.
    """
    colours = COLOURS | (LEARNED if answers_are_kept else {})
    with st.container(horizontal=True, vertical_alignment="bottom", key="map_choice"):
        named = {str(place): title for place, title in layers.items()}
        layer = address_box(
            "Layer",
            "map_layer",
            named,
            list(named)[-2 if len(named) > 2 else -1],
            "What the layer says of an image decides where it lies. Pixels: the image itself.",
            notices,
        )
        method = address_box(
            "Laid out by",
            "map_by",
            METHODS,
            "pca",
            "PCA: the two directions in which the images differ most, at once. t-SNE: neighbours "
            "stay neighbours; it takes some seconds.",
            notices,
        )
        perplexity = _perplexity(notices) if method == "tsne" else USUAL
        colour = address_box(
            "Colour",
            "map_colour",
            colours,
            "label",
            "What the colours stand for. When learned: the part of the training from which on the "
            "image was read right.",
            notices,
            forgets=("map_alone",),
        )
        marks = address_box(
            "Marks", "map_marks", MARKS, "dots", "What stands for an image.", notices
        )
        counts = image_counts("map_count", COUNTS, there)
        count = address_box(
            "Images",
            "map_count",
            counts,
            USUAL_COUNT if USUAL_COUNT in counts else list(counts)[-1],
            "So many of the test images.",
            notices,
            forgets=("map_selected",),
        )
    return MapChoice(
        int(layer), named[layer], method == "tsne", perplexity, colour, marks, int(count)
    )


def _perplexity(notices: DeltaGenerator) -> int:
    asked = asked_number("perplexity", LOW, HIGH, notices)
    key = "map_perplexity_box"
    st.session_state[key] = USUAL if asked is None else asked
    chosen: int = st.slider(
        "Perplexity",
        LOW,
        HIGH,
        key=key,
        width=220,
        help="About how many neighbours of each image t-SNE cares for.",
        on_change=lambda: parameters.choose(perplexity=st.session_state[key]),
    )
    return chosen
