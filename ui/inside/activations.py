"""View: what every neuron says of the image, and what the answer is without some of them."""

from typing import Any

import streamlit as st

from nn.explain.trace import trace
from ui.components.network_views import browser_component, pixels_text
from ui.inside import parameters
from ui.inside.activations_code import activations_code
from ui.inside.copied_code import show_code_of_image
from ui.inside.neuron_choice import asked_neuron, sent_neuron
from ui.inside.on_stage import sent_trace
from ui.inside.switched_off import MOST, asked_off, sent_off
from ui.inside.view import Scene, View

_KEY = "inside_activations"
_walls = browser_component("activations", "wall")


def _draw(scene: Scene) -> None:
    network = scene.chosen.network
    asked = asked_neuron(scene)

    def chosen() -> None:
        sent = st.session_state[_KEY]["chosen"]
        if not isinstance(sent, dict):  # from a browser, which may send anything
            return
        _choose(sent_neuron(sent.get("chosen"), network), off=sent_off(sent.get("off"), scene))

    def opened() -> None:
        sent = st.session_state[_KEY]["opened"]
        neuron = sent_neuron(sent, network)
        if neuron is not None:  # what was switched off a moment before may not have been sent yet
            _choose(neuron, view="neuron", off=sent_off(sent.get("off"), scene))

    if not scene.in_browser:
        st.caption(
            "This network is too large for the browser: the values are of the server, so neurons "
            "can't be switched off here, and a drawing is seen when the pen is lifted."
        )
    off = asked_off(scene) if scene.in_browser else []
    _walls(
        key=_KEY,
        data={
            "image": pixels_text(scene.image.pixels),
            "labels": list(network.labels),
            "chosen": asked and {"layer": asked[0].place, "neuron": asked[1]},
            "off": off,
            "most_off": MOST,
            "trace": None if scene.in_browser else _traced(scene),
        },
        height="content",
        on_chosen_change=parameters.of_hand(chosen),
        on_opened_change=parameters.of_hand(opened),
    )
    show_code_of_image(activations_code(network, off), scene)


def _choose(neuron: tuple[int, int] | None, **others: str | None) -> None:
    layer, number = neuron or (None, None)
    parameters.choose_neuron(layer, number, **others)


def _traced(scene: Scene) -> dict[str, Any]:
    """What the browser can't compute itself."""
    network = scene.chosen.network
    found = trace(network, scene.image.pixels[None])
    probabilities = network.probabilities(found.logits)[0].tolist()
    return sent_trace(network, found) | {"probabilities": probabilities}


ACTIVATIONS = View(
    "Activations",
    "Each tile is a neuron, coloured by what it says of the image: blue above zero, orange below. "
    "Look how few of them speak, what feeds them, and whether the answer falls when you switch off "
    "those that it hangs on.",
    _draw,
)
