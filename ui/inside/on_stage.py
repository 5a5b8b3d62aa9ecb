"""What all views in the browser look at: the network's weights, and the pad with the image."""

from typing import Any

import numpy as np
import streamlit as st

import nn
from nn.explain.trace import Trace
from ui.components.network_views import browser_component, floats_text, pixels_text
from ui.inside import parameters
from ui.inside.browser_network import MOST_PARAMETERS, network_bytes, network_id
from ui.inside.chosen_image import ChosenImage, drawing_on_pad, take_drawing
from ui.inside.chosen_network import ChosenNetwork
from ui.shared.lately import Lately

_weights = browser_component("weights")
_pad = browser_component("pad")

_WEIGHTS = "inside_weights"
_sent: Lately[tuple[str, bytes]] = Lately(3)  # names and weights, of up to 8 MB each
PAD_HEIGHT = 148
"""In pixels."""


def send_weights(chosen: ChosenNetwork) -> bool:
    """Give the browser the network, if it is small enough; returns whether it is."""
    small = chosen.network.num_parameters <= MOST_PARAMETERS
    _send(chosen if small else None)
    return small


def sent_trace(network: nn.Network, found: Trace) -> dict[str, Any]:
    """Of a network that the browser has not got: its layers, and what they say to the first image
    of a trace, for `traced` of network.js."""
    return {
        "specs": [layer.spec() for layer in network.layers],
        "inputs": network.in_features,
        "outputs": [floats_text(values[0]) for values in found.outputs],
    }


@st.fragment
def _send(chosen: ChosenNetwork | None) -> None:
    """The browser says what it has, which runs this alone. Up to 8 MB with each run of the page
    would take longer than most views, though Streamlit keeps a message that the browser knows."""
    parameters.show_what_was_chosen()
    data: bytes | dict[str, str] = b""
    if chosen is not None:
        network = chosen.network
        name, data = _sent.get(chosen.key, lambda: (network_id(network), network_bytes(network)))
        if st.session_state.get(_WEIGHTS, {}).get("has") == name:
            data = {"known": name}
    _weights(key=_WEIGHTS, data=data, on_has_change=lambda: None)


def pad(chosen: ChosenNetwork, image: ChosenImage, probabilities: np.ndarray) -> None:
    """Show the image, and what the network reads; one can draw on it.

    Args:
        chosen, image: what is shown.
        probabilities: (classes,) of the image; while one draws the browser computes them itself.
    """

    def drawn() -> None:
        take_drawing(st.session_state["inside_pad"]["drawn"])

    _pad(
        key="inside_pad",
        data={
            "image": pixels_text(image.pixels),
            "drawing": drawing_on_pad(),
            "name": image.name,
            "network": chosen.name,
            "label": None if image.label is None else chosen.network.labels[image.label],
            "labels": list(chosen.network.labels),
            "probabilities": [float(p) for p in probabilities],
        },
        height=PAD_HEIGHT,
        on_drawn_change=parameters.of_hand(drawn),
    )
