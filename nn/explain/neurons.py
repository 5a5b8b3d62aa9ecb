"""The layers of a network that have neurons, and what these say about images."""

from dataclasses import dataclass

import numpy as np

from nn.checks import whole_number
from nn.images import check_images
from nn.layers import Branches, Conv2d, Flatten, Linear
from nn.network import Network

Array = np.ndarray


@dataclass(frozen=True)
class NeuronLayer:
    """A Linear or Conv2d layer, with what is done to its outputs before the next one sees them.

    index: the place of the Linear or Conv2d in the network.
    end: the place of the last layer that belongs to it, an activation or pooling: its outputs are
        what the neurons say. Of a convolution they are images, the channels of a place side by
        side.
    units: how many neurons it has, or filters.
    """

    index: int
    end: int
    units: int


def neuron_layers(network: Network) -> list[NeuronLayer]:
    """In their order; the last gives the logits. ValueError for a network of several, whose members
    have layers of their own: see `nn.member`."""
    layers = network.layers
    if any(isinstance(layer, Branches) for layer in layers):
        raise ValueError("network must be a single one, got several joined: take one, nn.member")
    starts = [k for k, layer in enumerate(layers) if isinstance(layer, Linear | Conv2d)]
    found = []
    for start, following in zip(starts, [*starts[1:], len(layers)], strict=True):
        layer, end = layers[start], following - 1
        if isinstance(layers[end], Flatten):
            end -= 1  # which only lays them otherwise
        assert isinstance(layer, Linear | Conv2d)
        units = layer.out_channels if isinstance(layer, Conv2d) else layer.out_features
        found.append(NeuronLayer(start, end, units))
    return found


def neuron_layer(network: Network, index: int, *, hidden: bool = False) -> NeuronLayer:
    """The one whose Linear or Conv2d is at this place, or ValueError; with `hidden` not the last,
    which gives the logits."""
    layers = neuron_layers(network)
    allowed = layers[:-1] if hidden else layers
    for layer in allowed:
        if layer.index == index:
            return layer
    places = ", ".join(str(layer.index) for layer in allowed) or "none, for there is no hidden one"
    raise ValueError(f"layer must be one of {places}, got {index!r:.80}")


def layer_outputs(network: Network, images: Array, place: int) -> Array:
    """What comes out of the layer at a place (n, width), for images (n, in_features) or (n, height,
    width) as `Network.predict_logits` takes them; a copy. ValueError for other images or places."""
    return _outputs(network, images, [place])[0]


def layer_outputs_and_logits(network: Network, images: Array, place: int) -> tuple[Array, Array]:
    """The same and the logits (n, classes), which the images go through the network once for."""
    outputs, logits = _outputs(network, images, [place, len(network.layers) - 1])
    return outputs, logits


def _outputs(network: Network, images: Array, places: list[int]) -> list[Array]:
    """What comes out of the layers at these places, the last of them behind the others."""
    images = check_images(images, network.in_features)
    for place in places:
        whole_number("place", place, 0, len(network.layers) - 1)
    parts: list[list[Array]] = [[] for _ in places]
    for start in range(0, len(images), network.inference_batch):
        values = network.scale_input(images[start : start + network.inference_batch])
        with network.in_use:
            for index, layer in enumerate(network.layers[: places[-1] + 1]):
                values = layer.forward(values)
                for place, part in zip(places, parts, strict=True):
                    if place == index:
                        part.append(values.copy())
    return [np.concatenate(part) for part in parts]
