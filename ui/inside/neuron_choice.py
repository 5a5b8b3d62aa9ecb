"""The layers of a network that have neurons, and which neuron the address asks for."""

from typing import Any, NamedTuple

import streamlit as st

import nn
from nn.explain import neurons
from ui.inside import parameters
from ui.inside.view import Scene
from ui.shared.url_text import plain, quote


class NeuronLayer(NamedTuple):
    """A Linear or Conv2d layer.

    place: its place in the network.
    units: how many neurons it has, or filters.
    kind: what one of them is, "neuron" or "filter".
    title: what the page calls it.
    """

    place: int
    units: int
    kind: str
    title: str


def neuron_layers(network: nn.Network) -> list[NeuronLayer]:
    """In their order; the last gives the logits."""
    found, layers = neurons.neuron_layers(network), []
    for number, layer in enumerate(found, 1):
        kind = "filter" if isinstance(network.layers[layer.index], nn.Conv2d) else "neuron"
        title = "Output" if number == len(found) else f"Layer {number}"
        layers.append(NeuronLayer(layer.index, layer.units, kind, title))
    return layers


def asked_neuron(scene: Scene) -> tuple[NeuronLayer, int] | None:
    """What the address asks for; None without it, and with a notice where it is none."""
    text = parameters.get("layer")
    if text is None:
        return None
    layers = neuron_layers(scene.chosen.network)
    layer = next((layer for layer in layers if str(layer.place) == text), None)
    if layer is None:
        places = ", ".join(str(layer.place) for layer in layers)
        scene.notices.warning(
            f"The link asks for layer {quote(text)}: the layers with neurons are {places} here.",
            icon=":material/link_off:",
        )
        return None
    neuron = parameters.whole("neuron", layer.units, scene.notices)
    return None if neuron is None else (layer, neuron)


def choose_neuron(scene: Scene, layer: NeuronLayer, neuron: int, key: str) -> None:
    """Draw what chooses another neuron than this one; `key` is that of the view."""
    layer_box, neuron_box = f"{key}_layer", f"{key}_neuron"
    layers = neuron_layers(scene.chosen.network)
    st.session_state[layer_box] = layers.index(layer)
    st.session_state[neuron_box] = neuron

    def take_layer() -> None:
        parameters.choose_neuron(layers[st.session_state[layer_box]].place, 0)

    def take_neuron() -> None:
        if st.session_state[neuron_box] is not None:  # as when the field is emptied
            parameters.choose_neuron(layer.place, st.session_state[neuron_box])

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Layer",
            range(len(layers)),
            key=layer_box,
            format_func=lambda k: f"{layers[k].title}: {layers[k].units} {layers[k].kind}s",
            on_change=take_layer,
            help="The layer that the neuron belongs to.",
            width=220,
        )
        st.number_input(
            layer.kind.capitalize(),
            min_value=0,
            max_value=layer.units - 1,
            key=neuron_box,
            on_change=take_neuron,
            help=f"One of {layer.units:,}, counted from 0; + and − go to its neighbours.",
            width=150,
        )
        if layer == layers[-1]:
            label = plain(scene.chosen.network.labels[neuron])
            st.markdown(f"the logit of class **{label}**", width="content")


def sent_neuron(sent: Any, network: nn.Network) -> tuple[int, int] | None:
    """Layer and neuron that a browser has sent, which may send anything; None where it is none."""
    if not isinstance(sent, dict):
        return None
    place = sent.get("layer"), sent.get("neuron")
    for layer in neuron_layers(network):
        if place[0] == layer.place and isinstance(place[1], int) and 0 <= place[1] < layer.units:
            return layer.place, int(place[1])
    return None
