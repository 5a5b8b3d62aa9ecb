"""Which image the page looks at: a test image, or a drawing."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import data
from ui.draw.drawing import session_drawing
from ui.inside import drawing_link, parameters
from ui.inside.answers import answers
from ui.inside.chosen_network import ChosenNetwork

_BOX = "inside_image_number"
DRAWING = "drawing"
_MOST_POINTS = 20_000


@dataclass(frozen=True)
class ChosenImage:
    """One image.

    pixels: (28, 28) uint8, 255 = full ink.
    label: its class where that is known.
    name: in words.
    """

    pixels: np.ndarray
    label: int | None
    name: str


def image_dataset(chosen: ChosenNetwork) -> str | None:
    """The data that the images come from: the model's own, else one with classes of the same
    names; None where there is none on this computer."""
    own = data.DATASETS.get(chosen.choice.dataset or "mnist")
    names = [own.name] if own is not None else []
    labels = own.labels if own is not None else ()
    names += [info.name for info in data.DATASETS.values() if info.labels == labels]
    return next((name for name in names if data.is_available(name)), None)


def chosen_image(
    chosen: ChosenNetwork, dataset: str | None, notices: DeltaGenerator
) -> ChosenImage:
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
    asked = parameters.get("image")
    place = 0
    if asked is not None and asked != DRAWING:
        place = parameters.whole("image", len(loaded.test_images), notices) or 0
    title = data.DATASETS[dataset].title
    name = f"{title} test image {place:,}"
    return ChosenImage(loaded.test_images[place], int(loaded.test_labels[place]), name)


def choose_image(chosen: ChosenNetwork, dataset: str | None) -> None:
    """Draw what chooses another image."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="inside_images"):
        if dataset is not None:
            _number(dataset)
            _button("A mistake", "mistakes", chosen, dataset)
            _button("Least sure", "unsure", chosen, dataset)
        if session_drawing().strokes:
            st.button(
                "From Draw",
                help="The digit you drew on the Draw page.",
                on_click=take_from_draw,
            )


def take_drawing(sent: Any) -> None:
    """Take over what was drawn on the pad: {"strokes": [[[x, y], ...], ...], "pen": width}, or an
    empty list of strokes for a pad that was cleared."""
    try:
        strokes = [np.array(stroke, np.float64).reshape(-1, 2) for stroke in sent["strokes"]]
        if sum(map(len, strokes)) > _MOST_POINTS:
            return
        image = data.from_strokes(strokes, sent["pen"])
    except (ValueError, TypeError, KeyError, OverflowError):
        return  # no pad of ours
    if image is None:
        parameters.choose(image=None, drawing=None)
    else:
        _choose_drawing(image)


def take_from_draw() -> None:
    """Take over the drawing of the Draw page, as one digit."""
    characters = session_drawing().writing(several=False).characters
    if characters:
        _choose_drawing(characters[0].image)


def _choose_drawing(image: np.ndarray) -> None:
    pixels = np.round(image * 255).astype(np.uint8)
    parameters.choose(image=DRAWING, drawing=drawing_link.to_text(pixels))


def _number(dataset: str) -> None:
    count = len(data.load(dataset).test_images)
    asked = parameters.get("image") or "0"
    shown = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    st.session_state[_BOX] = shown if shown is None or shown < count else 0

    def choose() -> None:
        parameters.choose(image=st.session_state[_BOX], drawing=None)

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


def _button(label: str, kind: str, chosen: ChosenNetwork, dataset: str) -> None:
    helps = {
        "mistakes": "The next image that this network gets wrong, those it is surest of first.",
        "unsure": "The next of the images that this network is least sure of.",
    }

    def choose() -> None:
        places: list[int] = getattr(answers(chosen.key, dataset, chosen.network), kind)
        if not places:
            st.toast("This network gets every test image right.", icon=":material/check:")
            return
        asked = parameters.get("image") or ""
        now = int(asked) if asked.isdigit() and int(asked) in places else None
        following = 0 if now is None else (places.index(now) + 1) % len(places)
        parameters.choose(image=places[following], drawing=None)

    st.button(label, key=f"inside_{kind}", help=helps[kind], on_click=choose)
