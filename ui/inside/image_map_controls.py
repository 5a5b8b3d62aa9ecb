"""What the map shows, as it stands in the address, and the controls that choose it."""

from typing import Any, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.inside import parameters
from ui.shared.link_notice import asked_number
from ui.shared.url_text import quote

METHODS = {"pca": "PCA", "tsne": "t-SNE"}
COLOURS = {"label": "Label", "read": "What is read", "right": "Right or wrong"}
LEARNED = {"learned": "When learned"}
MARKS = {"dots": "Dots", "names": "Names", "images": "Images"}
COUNTS = {"500": "500", "1000": "1,000", "2000": "2,000"}
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
    layers: dict[int, str], answers_are_kept: bool, notices: DeltaGenerator
) -> MapChoice:
    """Draw the controls.

    Args:
        layers: their places and names.
        answers_are_kept: whether it is known when in the training each image was learned.
        notices: for what a link asks for and cannot be.
    """
    colours = COLOURS | (LEARNED if answers_are_kept else {})
    with st.container(horizontal=True, vertical_alignment="bottom", key="map_choice"):
        named = {str(place): title for place, title in layers.items()}
        layer = _box(
            "Layer",
            "map_layer",
            named,
            list(named)[-2 if len(named) > 2 else -1],
            "What the layer says of an image decides where it lies. Pixels: the image itself.",
            notices,
        )
        method = _box(
            "Laid out by",
            "map_by",
            METHODS,
            "pca",
            "PCA: the two directions in which the images differ most, at once. t-SNE: neighbours "
            "stay neighbours; it takes some seconds.",
            notices,
        )
        perplexity = _perplexity(notices) if method == "tsne" else USUAL
        colour = _box(
            "Colour",
            "map_colour",
            colours,
            "label",
            "What the colours stand for. When learned: the part of the training from which on the "
            "image was read right.",
            notices,
        )
        marks = _box("Marks", "map_marks", MARKS, "dots", "What stands for an image.", notices)
        count = _box("Images", "map_count", COUNTS, "1000", "So many test images.", notices)
    return MapChoice(
        int(layer), named[layer], method == "tsne", perplexity, colour, marks, int(count)
    )


def _box(
    label: str,
    name: str,
    options: dict[str, str],
    usual: str,
    help_text: str,
    notices: DeltaGenerator,
) -> str:
    """A box for one parameter of the address, with a notice where that cannot be."""
    text = parameters.get(name)
    if text is not None and text not in options:
        notices.warning(
            f"The link asks for {name} {quote(text)}: it must be one of {', '.join(options)}.",
            icon=":material/link_off:",
        )
    key = f"{name}_box"
    st.session_state[key] = text if text in options else usual
    chosen: Any = st.selectbox(
        label,
        list(options),
        key=key,
        format_func=lambda value: options[value],
        help=help_text,
        width=160,
        on_change=lambda: parameters.choose(**{name: st.session_state[key]}),
    )
    return str(chosen)


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
