"""Layers in a row: how wide it is, and whether they fit each other."""

from collections.abc import Sequence

from nn.layers.layer import Layer
from nn.layers.linear import Linear


def layer_widths(layers: Sequence[Layer]) -> list[int]:
    """Inputs, and outputs of each linear layer."""
    linear = [layer for layer in layers if isinstance(layer, Linear)]
    return [*(layer.in_features for layer in linear[:1]), *(one.out_features for one in linear)]


def check_row(layers: Sequence[Layer]) -> tuple[int, int]:
    """Inputs and outputs of the whole row; ValueError where two layers don't fit."""
    if not layers or not isinstance(layers[0], Linear):
        first = layers[0] if layers else "none"
        raise ValueError(f"layers must begin with a Linear layer, got {first}")
    if len({id(layer) for layer in layers}) < len(layers):
        raise ValueError(f"layers must be all different objects, got one twice in {layers}")
    width = layers[0].in_features
    for index, layer in enumerate(layers):
        try:
            width = layer.output_width(width)
        except ValueError as error:
            raise ValueError(f"layers[{index}]: {error}") from None
    return layers[0].in_features, width
