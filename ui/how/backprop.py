"""Step 5: backpropagation."""

import streamlit as st

import nn
from ui.components.how_it_works import step_component
from ui.how.image import CarriedImage
from ui.how.source_lines import excerpt, show_code
from ui.how.steps import BACKPROP
from ui.models.shipped_network import SMALL
from ui.shared.links import action_link
from ui.shared.pages import INSIDE

_KEY = "how_backprop"
_component = step_component("backprop")


def backprop_step(image: CarriedImage) -> None:
    """Draw it, for this image."""
    _component(key=_KEY, data={"words": list(BACKPROP.words)}, height="content")
    if image.network is not None:
        _same_for(image, image.network)
    show_code(
        excerpt(nn.Sigmoid.backward),
        excerpt(nn.Linear.backward),
        excerpt(nn.HalfSquaredError.__call__, "difference = outputs", "return loss"),
    )


def _same_for(image: CarriedImage, network: nn.Network) -> None:
    st.markdown(
        f"For this {image.label} the same happens to {network.num_parameters:,} weights and biases."
    )
    action_link(
        INSIDE,
        label="Follow one of them backwards",
        help="The page Inside shows every factor, with the network and the image of this page.",
        query_params={"model": SMALL, "image": str(image.number), "view": "backwards"},
    )
