"""The layers of a network that have neurons, and which neuron the address asks for."""

from typing import Any, NamedTuple

import nn
from ui.inside import parameters
from ui.inside.view import Scene
from ui.shared.url_text import quote


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
    found = [
        (k, layer)
        for k, layer in enumerate(network.layers)
        if isinstance(layer, nn.Linear | nn.Conv2d)
    ]
    layers = []
    for number, (k, layer) in enumerate(found, 1):
        filters = isinstance(layer, nn.Conv2d)
        units = layer.out_channels if isinstance(layer, nn.Conv2d) else layer.out_features
        title = "Output" if number == len(found) else f"Layer {number}"
        layers.append(NeuronLayer(k, units, "filter" if filters else "neuron", title))
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


def sent_neuron(sent: Any, network: nn.Network) -> tuple[int, int] | None:
    """Layer and neuron that a browser has sent, which may send anything; None where it is none."""
    if not isinstance(sent, dict):
        return None
    place = sent.get("layer"), sent.get("neuron")
    for layer in neuron_layers(network):
        if place[0] == layer.place and isinstance(place[1], int) and 0 <= place[1] < layer.units:
            return layer.place, int(place[1])
    return None
