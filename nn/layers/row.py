"""Layers in a row: how wide it is, and whether they fit each other."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from nn.layers.layer import Layer

MAX_WEIGHT = 1e6
"""No network that has learned something holds weights near this; far beyond it (from about 1e38 in
float32) it would answer NaN."""


def layer_sizes(layers: Sequence[Layer]) -> list[str]:
    """Inputs and outputs of each layer as one writes them: "784", "32C5", "128", "10".

    See `Layer.size`.
    """
    sizes = [layer.size() for layer in layers]
    return [str(width) for width in _inputs(layers)] + [size for size in sizes if size]


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


def state_shapes(layers: Sequence[Layer]) -> dict[str, tuple[int, ...]]:
    """The shapes of all that a training changes: parameters and buffers."""
    return {
        f"{place}.{name}": shape
        for place, layer in named_layers(layers).items()
        for name, shape in (layer.parameter_shapes() | layer.buffer_shapes()).items()
    }


def check_shapes(tensors: Mapping[str, np.ndarray], shapes: dict[str, tuple[int, ...]]) -> None:
    """ValueError if tensors are missing, left over, or of another shape than these."""
    if tensors.keys() != shapes.keys():
        wanted, came = (f"{len(names)}: {sorted(names)!r:.200}" for names in (shapes, tensors))
        raise ValueError(f"its tensors must be {wanted}, got {came}")
    for name, tensor in tensors.items():
        if tensor.shape != shapes[name]:
            raise ValueError(f"{name} must have shape {shapes[name]}, got {tensor.shape}")


def check_values(tensors: Mapping[str, np.ndarray]) -> None:
    """Raise ValueError, naming the tensor, if a value is NaN or beyond `MAX_WEIGHT`.

    Variances may reach its square, and must not be negative.
    """
    for name, values in tensors.items():
        low, high = -MAX_WEIGHT, MAX_WEIGHT
        if name.endswith("running_var"):
            low, high = 0.0, MAX_WEIGHT**2
        lowest, highest = values.min(), values.max()
        if not (low <= lowest and highest <= high):  # this way round it is true for NaN
            raise ValueError(
                f"{name} must hold numbers in [{low:g}, {high:g}], got {lowest:g} to {highest:g}"
            )


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
