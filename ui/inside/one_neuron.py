"""View: the sum that one neuron makes of what it sees, term by term, and what it says."""

from typing import Any

import numpy as np
import streamlit as st

import nn
from nn.explain.trace import Trace, trace
from ui.components.network_views import browser_component, floats_text, pixels_text
from ui.inside import parameters
from ui.inside.copied_code import show_code_of_image
from ui.inside.neuron_choice import (
    NeuronLayer,
    asked_neuron,
    choose_neuron,
    neuron_layers,
    sent_neuron,
)
from ui.inside.one_neuron_code import one_neuron_code
from ui.inside.view import Scene, View

_KEY = "inside_one_neuron"
_neuron = browser_component("one_neuron")


def _draw(scene: Scene) -> None:
    network = scene.chosen.network
    found = trace(network, scene.image.pixels[None])
    layer, neuron = asked_neuron(scene) or _loudest(network, found)
    choose_neuron(scene, layer, neuron, _KEY)
    _say(scene, layer)

    def opened() -> None:
        place = sent_neuron(st.session_state[_KEY]["opened"], network)
        if place is not None:
            parameters.choose_neuron(*place)

    def placed() -> None:
        place = st.session_state[_KEY]["placed"]
        if isinstance(place, int) and 0 <= place < _places(network, layer):
            parameters.choose_neuron(layer.place, neuron, place=place)

    at = parameters.whole("place", _places(network, layer), scene.notices)
    _neuron(
        key=_KEY,
        data={
            "image": pixels_text(scene.image.pixels),
            "layer": layer.place,
            "neuron": neuron,
            "place": at,
            "sent": None if scene.in_browser else _sent(network, found, layer, neuron),
        },
        height="content",
        on_opened_change=parameters.of_hand(opened),
        on_placed_change=parameters.of_hand(placed),
    )
    show_code_of_image(one_neuron_code(network, layer.place, neuron, at), scene)


def _loudest(network: nn.Network, found: Trace) -> tuple[NeuronLayer, int]:
    """The neuron or filter of the first layer with the largest sum."""
    layer = neuron_layers(network)[0]
    sums = found.outputs[layer.place][0]  # of a convolution the filters of one place lie together
    return layer, int(sums.argmax()) % layer.units


def _say(scene: Scene, layer: NeuronLayer) -> None:
    network = scene.chosen.network
    words = []
    if not scene.in_browser:
        words.append(
            "This network is too large for the browser: the numbers are of the server, and a "
            "drawing is seen when the pen is lifted."
        )
    if layer.place == 0 and (network.input_mean, network.input_std) != (0, 1):
        words.append(
            "The first layer does not see a pixel's ink from 0 to 1, but how far that is from the "
            f"mean of all training pixels: (ink − {network.input_mean:.4f}) ÷ "
            f"{network.input_std:.4f}. So an empty pixel counts too. Names are (row, column)."
        )
    if layer.kind == "filter":
        words.append("A filter makes a sum at each place of the image: choose one in its picture.")
    if words:
        st.caption(" ".join(words))


def _places(network: nn.Network, layer: NeuronLayer) -> int:
    """At how many places of the image it makes a sum."""
    found = network.layers[layer.place]
    return found.out_side**2 if isinstance(found, nn.Conv2d) else 1


def _sent(network: nn.Network, found: Trace, layer: NeuronLayer, neuron: int) -> dict[str, Any]:
    """What the browser can't know itself; neuron_source.js reads it."""
    state = network.state_dict()
    norms = {
        k: [
            floats_text(state[f"{k}.{name}"])
            for name in ("running_mean", "running_var", "weight", "bias")
        ]
        for k, one in enumerate(network.layers)
        if isinstance(one, nn.BatchNorm)
    }
    return {
        "specs": [one.spec() for one in network.layers],
        "inputs": network.in_features,
        "outputs": [floats_text(values[0]) for values in found.outputs],
        "probabilities": network.probabilities(found.logits)[0].tolist(),
        "mean": network.input_mean,
        "std": network.input_std,
        "weights": floats_text(np.ravel(state[f"{layer.place}.weight"][neuron])),
        "bias": float(state[f"{layer.place}.bias"][neuron]),
        "norms": norms,
    }


ONE_NEURON = View(
    "One neuron",
    "What a neuron sees, times its weights, summed up, is all that it knows. Look where its "
    "weights meet ink, and which few terms decide whether it speaks.",
    _draw,
)
