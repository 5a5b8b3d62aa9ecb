"""Layers in a row: how wide it is, and whether they fit each other."""

import math
from collections.abc import Sequence

from nn.layers.conv2d import Conv2d
from nn.layers.layer import Layer
from nn.layers.linear import Linear


def layer_widths(layers: Sequence[Layer]) -> list[int]:
    """Inputs, and outputs of each linear layer."""
    outputs = [layer.out_features for layer in layers if isinstance(layer, Linear)]
    return _inputs(layers) + outputs


def layer_sizes(layers: Sequence[Layer]) -> list[str]:
    """Inputs and outputs of each layer as one writes them: "784", "32C5", "128", "10".

    A convolution with 32 filters of 5 x 5 is "32C5", as Ciresan and others write it.
    """
    sizes = [str(width) for width in layer_widths(layers)[:1]]
    for layer in layers:
        if isinstance(layer, Conv2d):
            sizes.append(f"{layer.out_channels}C{layer.kernel_size}")
        elif isinstance(layer, Linear):
            sizes.append(str(layer.out_features))
    return sizes


def check_row(layers: Sequence[Layer]) -> tuple[int, int]:
    """Inputs and outputs of the whole row; ValueError where two layers don't fit."""
    inputs = _inputs(layers)
    if not inputs:
        first = layers[0] if layers else "none"
        raise ValueError(f"layers must begin with a Linear or a Conv2d layer, got {first}")
    if len({id(layer) for layer in layers}) < len(layers):
        raise ValueError(f"layers must be all different objects, got one twice in {layers}")
    return inputs[0], row_widths(layers, inputs[0])[-1]


def _inputs(layers: Sequence[Layer]) -> list[int]:
    """How many inputs the row needs, in a list that is empty if that isn't known."""
    return [layer.in_features for layer in layers[:1] if layer.in_features]


def named_layers(layers: Sequence[Layer]) -> dict[str, Layer]:
    """The layers, and those that some of them are made of, by what their parameters' names begin
    with: "0", "1", ..., and "0.1.2" in `nn.Branches`."""
    named = {}
    for index, layer in enumerate(layers):
        named[str(index)] = layer
        named |= {f"{index}.{name}": inner for name, inner in layer.inner_layers().items()}
    return named


def parameter_shapes(layers: Sequence[Layer]) -> dict[str, tuple[int, ...]]:
    """Shapes by PyTorch's names: "0.weight" of a Linear is (out_features, in_features)."""
    return {
        f"{place}.{name}": shape
        for place, layer in named_layers(layers).items()
        for name, shape in layer.parameter_shapes().items()
    }


def count_parameters(layers: Sequence[Layer]) -> int:
    """How many numbers a training of these layers has to find."""
    return sum(math.prod(shape) for shape in parameter_shapes(layers).values())


def row_widths(layers: Sequence[Layer], width: int) -> list[int]:
    """How many values go in, which is `width`, and come out of each layer; ValueError where two
    layers don't fit."""
    widths = [width]
    for index, layer in enumerate(layers):
        try:
            widths.append(layer.output_width(widths[-1]))
        except ValueError as error:
            raise ValueError(f"layers[{index}]: {error}") from None
    return widths
