"""Which weight the view "Backwards" follows, for which class, and what its parts are called."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nn
from nn.averaging import ALONE
from nn.explain.chain import Chain
from nn.explain.neurons import neuron_layers
from nn.layers.layer import Layer
from ui.inside import parameters
from ui.inside.view import Scene
from ui.shared.url_text import plain, quote
from ui.shared.whole_number import whole_number

_BOXES = {name: f"backwards_{name}" for name in ("target", "layer", "neuron", "input")}


@dataclass(frozen=True)
class ChosenWeight:
    """A weight, and the neurons through which its way to the loss is followed.

    layer: place of its layer in the network.
    neuron: the output of that layer.
    input: the input, for a convolution the place in the filter's weights in a row.
    path: in each Linear layer after it the neuron whose δ is looked at.
    """

    layer: int
    neuron: int
    input: int
    path: list[int]

    def index(self, network: nn.Network) -> tuple[int, ...]:
        """Its place in the array of the layer's weights."""
        shape = network.parameter_shapes()[f"{self.layer}.weight"]
        return self.neuron, *(int(k) for k in np.unravel_index(self.input, shape[1:]))


def choose_target(scene: Scene) -> int:
    """Draw what chooses the class that the loss wants: that of the image by itself."""
    labels = [plain(label) for label in scene.chosen.network.labels]
    usual = scene.image.label
    if usual is None:
        images = scene.image.pixels[np.newaxis]
        usual = int(scene.chosen.network.predict_logits(images, averaging=ALONE)[0].argmax())
    why = "the answer" if scene.image.label is None else "what it is"
    asked = parameters.whole("target", len(labels), scene.notices)
    key = _BOXES["target"]
    st.session_state[key] = target = usual if asked is None else asked
    st.selectbox(
        "Wanted class",
        range(len(labels)),
        key=key,
        format_func=lambda k: f"{labels[k]} ({why})" if k == usual else labels[k],
        on_change=lambda: parameters.choose(target=st.session_state[key], path=None),
        help="The loss is small when the network says this class. Choose another to see what the "
        "network would change to say that one.",
        width=170,
    )
    return target


def chosen_weight(chain: Chain, notices: DeltaGenerator) -> ChosenWeight:
    """The weight that the address asks for. What it leaves open is taken where the gradient is
    steepest: in the first layer that the chain can be drawn from."""
    layer = _layer(chain, notices)
    if layer is None:
        layer = next((k for k in chain.layers if chain.reaches(k)), chain.layers[0])
    shape = chain.network.parameter_shapes()[f"{layer}.weight"]
    neuron = parameters.whole("neuron", shape[0], notices)
    neuron = chain.largest(layer)[1] if neuron is None else neuron
    asked = parameters.whole("input", int(np.prod(shape[1:])), notices)
    input = chain.largest(layer, neuron)[2] if asked is None else asked
    return ChosenWeight(layer, neuron, input, _path(chain, layer, neuron, notices))


def choose_weight(chain: Chain, weight: ChosenWeight) -> None:
    """Draw what chooses another one."""
    network, layers = chain.network, chain.layers
    for name, value in (
        ("layer", weight.layer),
        ("neuron", weight.neuron),
        ("input", weight.input),
    ):
        st.session_state[_BOXES[name]] = value

    def choose_layer() -> None:
        parameters.choose_neuron(st.session_state[_BOXES["layer"]], None)

    def choose_numbers() -> None:
        neuron, input = (st.session_state[_BOXES[name]] for name in ("neuron", "input"))
        if neuron is not None and input is not None:  # as when a field is emptied
            take_weight(weight, neuron, input)

    st.selectbox(
        "Layer",
        layers,
        key=_BOXES["layer"],
        format_func=lambda k: f"{layers.index(k) + 1}: {_size(network.layers[k])}",
        on_change=choose_layer,
        help="The layer that the weight belongs to.",
        width=180,
    )
    shape = network.parameter_shapes()[f"{weight.layer}.weight"]
    filters = isinstance(network.layers[weight.layer], nn.Conv2d)
    _number(
        "neuron",
        "To filter" if filters else "To neuron",
        shape[0],
        choose_numbers,
        "What the weight leads to, counted from 0.",
    )
    _number(
        "input",
        "From input",
        int(np.prod(shape[1:])),
        choose_numbers,
        "What it comes from, counted from 0: for the first layer the pixel, row by row. You can "
        "choose it in the picture too.",
    )

    def steepest() -> None:
        layer, neuron, input = chain.largest()
        parameters.choose_neuron(layer, neuron, input=input, path=None)

    st.button(
        "Largest gradient",
        on_click=steepest,
        help="The weight in the whole network that the loss hangs on most.",
    )


def take_weight(weight: ChosenWeight, neuron: int, input: int) -> None:
    """Go over to another weight of the same layer."""
    same = neuron == weight.neuron
    path = ".".join(map(str, weight.path)) if same and weight.path else None
    parameters.choose_neuron(weight.layer, neuron, input=input, path=path)


def neuron_name(network: nn.Network, layer: int, neuron: int) -> str:
    """Of a neuron or filter of the layer at that place; plain text."""
    layers = weight_layers(network)
    if layer == layers[-1]:
        return f'the logit of "{network.labels[neuron]}"'
    kind = "filter" if isinstance(network.layers[layer], nn.Conv2d) else "neuron"
    return f"{kind} {neuron} of layer {layers.index(layer) + 1}"


def input_names(network: nn.Network, layer: int) -> list[str]:
    """Of the inputs of each neuron of a layer, in the order of its weights; plain text."""
    own = network.layers[layer]
    if isinstance(own, nn.Conv2d):
        size = own.kernel_size
        channels = [f"channel {c}, " if own.in_channels > 1 else "" for c in range(own.in_channels)]
        places = [f"row {row}, column {column}" for row in range(size) for column in range(size)]
        return [channel + place for channel in channels for place in places]
    assert isinstance(own, nn.Linear)
    if layer == 0:
        side = round(own.in_features**0.5)
        return [f"pixel in row {i // side}, column {i % side}" for i in range(own.in_features)]
    for before in reversed(network.layers[:layer]):
        if isinstance(before, nn.Flatten):
            columns, area = before.side, before.side**2
            return [
                f"filter {i // area} at row {i % area // columns}, column {i % columns}"
                for i in range(own.in_features)
            ]
        if isinstance(before, nn.Linear):
            break
    earlier = max(k for k in weight_layers(network) if k < layer)
    return [neuron_name(network, earlier, i) for i in range(own.in_features)]


def weight_layers(network: nn.Network) -> list[int]:
    """The places of the layers with weights, which are counted from 1 on the page."""
    return [layer.index for layer in neuron_layers(network)]


def _number(name: str, label: str, count: int, on_change: Callable[[], None], help: str) -> None:
    st.number_input(
        label,
        min_value=0,
        max_value=count - 1,
        key=_BOXES[name],
        on_change=on_change,
        help=help,
        width=130,
    )


def _layer(chain: Chain, notices: DeltaGenerator) -> int | None:
    asked = parameters.get("layer")
    allowed = [str(layer) for layer in chain.layers]
    if asked is None or asked in allowed:
        return None if asked is None else int(asked)
    notices.warning(
        f"The link asks for layer {quote(asked)}: the layers with weights are "
        f"{', '.join(allowed)} here.",
        icon=":material/link_off:",
    )
    return None


def _path(chain: Chain, layer: int, neuron: int, notices: DeltaGenerator) -> list[int]:
    """As the address has it, "5.3"; where it says nothing more, along the largest terms."""
    if not chain.reaches(layer):
        return []
    text = parameters.get("path") or ""
    asked = [whole_number(part) for part in text.split(".")]
    path: list[int] = []
    step = chain.delta(layer, neuron)
    while step.next_layer is not None:
        count = len(step.weights)
        largest = int(np.abs(step.weights * step.deltas).argmax())
        following = asked[len(path)] if text and len(path) < len(asked) else largest
        if following is None or following >= count:
            notices.warning(
                f"The link asks for path {quote(text)}: it must be whole numbers with points "
                f"between them, the {'first' if not path else 'next'} from 0 to {count - 1:,} "
                "here.",
                icon=":material/link_off:",
            )
            following, asked = largest, []
        path.append(following)
        step = chain.delta(step.next_layer, following)
    return path


def _size(layer: Layer) -> str:
    if isinstance(layer, nn.Conv2d):
        return f"{layer.in_channels} → {layer.out_channels} maps"
    assert isinstance(layer, nn.Linear)
    return f"{layer.in_features} → {layer.out_features}"
