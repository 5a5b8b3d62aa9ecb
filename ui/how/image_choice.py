"""The head of the page: the image that is carried through all steps, and which one it is."""

import streamlit as st
from PIL import Image

from nn.averaging import ALONE
from ui.figures.png import png, png_url
from ui.how.image import CarriedImage, choose_image
from ui.models.shipped_network import SMALL
from ui.shared.percent import probability_percent

_BOX = "how_image_number"
_SIDE = 112
"""In pixels, four of them for each of the image."""


def image_choice(image: CarriedImage) -> None:
    """Draw it."""
    with st.container(key="how_image", horizontal=True, vertical_alignment="center"):
        url = png_url(png(Image.fromarray(image.pixels)))
        alt = f"{image.name}, a {image.label}"
        st.html(f'<img src="{url}" alt="{alt}" width="{_SIDE}" height="{_SIDE}">', width=_SIDE)
        with st.container():
            st.markdown(_words(image))
            _number(image)


def _words(image: CarriedImage) -> str:
    words = f"This {image.label} goes through all steps."
    if image.network is None:
        return words
    probabilities = image.network.predict_proba(image.pixels[None], averaging=ALONE)[0]
    answer = int(probabilities.argmax())
    return (
        f"{words} The network that ships as `{SMALL}`, 784-128-64-10, reads a **{answer}**: "
        f"{probability_percent(probabilities[answer])}."
    )


def _number(image: CarriedImage) -> None:
    st.session_state[_BOX] = image.number

    def choose() -> None:
        if st.session_state[_BOX] is not None:  # as when the field is emptied
            choose_image(st.session_state[_BOX])

    st.number_input(
        "Another image",
        min_value=0,
        max_value=image.count - 1,
        key=_BOX,
        width=160,
        help=f"One of the {image.count:,} test images of {image.dataset}, counted from 0.",
        on_change=choose,
    )
