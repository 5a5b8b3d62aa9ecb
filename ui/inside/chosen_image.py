"""Which image the page looks at: a test image, or a drawing."""

from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import data
from ui.draw.drawing import session_drawing
from ui.inside import drawing_link, parameters
from ui.inside.chosen_network import ChosenNetwork
from ui.inside.image_search import MISTAKES, UNSURE, search_button

_BOX = "inside_image_number"
_FROM_PAD = "inside_from_pad"
"""The name of the drawing that was last on the pad, and the text that was made of it."""
DRAWING = "drawing"
_MOST_POINTS = 20_000
_MOST_LETTERS = 40


@dataclass(frozen=True)
class ChosenImage:
    """One image.

    pixels: (28, 28) uint8, 255 = full ink.
    label: its class where that is known.
    name: in words.
    number: its place among the test images; None of a drawing.
    """

    pixels: np.ndarray
    label: int | None
    name: str
    number: int | None = None

    @property
    def key(self) -> str:
        """For what is kept about its pixels."""
        return f"{crc32(self.pixels.tobytes()):08x}"


def image_dataset(chosen: ChosenNetwork) -> str | None:
    """The data that the images come from: the model's own, else one with classes of the same
    names; None where there is none on this computer, or where the network tells more or fewer
    classes apart."""
    own = own_dataset(chosen)
    if own is None or own.num_classes != chosen.network.num_classes:
        return None
    names = [own.name, *(one.name for one in data.DATASETS.values() if one.labels == own.labels)]
    return next((name for name in names if data.is_available(name)), None)


def own_dataset(chosen: ChosenNetwork) -> data.DatasetInfo | None:
    """What the model says that it learned from; None if that is nothing known here."""
    return data.DATASETS.get(chosen.choice.dataset or "mnist")


def chosen_image(dataset: str | None, notices: DeltaGenerator) -> ChosenImage:
    """The image that the address asks for, the first test image where it asks for none."""
    if parameters.get("image") == DRAWING:
        try:
            pixels = drawing_link.from_text(parameters.get("drawing") or "")
            return ChosenImage(pixels, None, "your drawing")
        except ValueError:
            notices.warning(
                "The link asks for a drawing and does not hold a whole one.",
                icon=":material/link_off:",
            )
    if dataset is None:
        return ChosenImage(np.zeros((28, 28), np.uint8), None, "an empty image: draw a digit")
    loaded = data.load(dataset)
    place = 0
    if parameters.get("image") != DRAWING:
        place = parameters.whole("image", len(loaded.test_images), notices) or 0
    name = f"{data.DATASETS[dataset].title} test image {place:,}"
    return ChosenImage(loaded.test_images[place], int(loaded.test_labels[place]), name, place)


def choose_image(image: ChosenImage, dataset: str | None) -> None:
    """Draw what chooses another image than this one."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="inside_images"):
        if dataset is not None:
            _number(image, dataset)
            search_button("A mistake", MISTAKES, image.number)
            search_button("Least sure", UNSURE, image.number)
        if session_drawing().strokes:
            st.button(
                "From Draw",
                help="The digit you drew on the Draw page.",
                on_click=take_from_draw,
            )


def take_drawing(sent: Any) -> None:
    """Take over what was drawn on the pad: {"strokes": [[[x, y], ...], ...], "pen": width, "name":
    text}, or an empty list of strokes for a pad that was cleared."""
    try:
        strokes = [np.array(stroke, np.float64).reshape(-1, 2) for stroke in sent["strokes"]]
        if sum(map(len, strokes)) > _MOST_POINTS:
            return
        image = data.from_strokes(strokes, sent["pen"])
        name = str(sent["name"])[:_MOST_LETTERS]
    except (ValueError, TypeError, KeyError, OverflowError):
        return  # no pad of ours
    if image is None:
        parameters.choose_image(None)
    else:
        st.session_state[_FROM_PAD] = name, _choose_drawing(image)


def drawing_on_pad() -> str | None:
    """The name that the pad gave to what is drawn on it, where that is what the address shows;
    None where it is something else, as after Back."""
    name, text = st.session_state.get(_FROM_PAD, (None, None))
    return name if (parameters.get("image"), parameters.get("drawing")) == (DRAWING, text) else None


def take_from_draw() -> None:
    """Take over the drawing of the Draw page, as one digit."""
    characters = session_drawing().writing(several=False).characters
    if characters:
        _choose_drawing(characters[0].image)


def _choose_drawing(image: np.ndarray) -> str:
    text = drawing_link.to_text(np.round(image * 255).astype(np.uint8))
    parameters.choose_image(DRAWING, text)
    return text


def _number(image: ChosenImage, dataset: str) -> None:
    count = len(data.load(dataset).test_images)
    st.session_state[_BOX] = image.number

    def choose() -> None:
        parameters.choose_image(st.session_state[_BOX])

    st.number_input(
        "Test image",
        min_value=0,
        max_value=count - 1,
        key=_BOX,
        width=140,
        placeholder="drawing",
        help=f"One of the {count:,} test images of {data.DATASETS[dataset].title}.",
        on_change=choose,
    )
