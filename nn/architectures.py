"""The usual layers of a network, from lists of sizes."""

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from nn.checks import one_of, whole_number
from nn.layers import (
    ACTIVATIONS,
    BatchNorm,
    Conv2d,
    Dropout,
    Flatten,
    Layer,
    Linear,
    MaxPool2d,
)

KERNEL_SIZE = 5
"""Pixels: a convolution sees patches of 5 x 5, as in LeNet-5."""


def parse_widths(text: str) -> tuple[int, ...]:
    """The sizes that a text lists: (128, 64) for "128, 64" and "128 64", () for an empty one.

    ValueError if anything else than whole numbers stands in it.
    """
    text = text.strip()
    return tuple(int(part) for part in re.split(r"\s*,\s*|\s+", text)) if text else ()


def mlp_layers(
    widths: Sequence[int],
    activation: str = "relu",
    *,
    dropout: float = 0.0,
    batch_norm: bool = False,
) -> list[Layer]:
    """A multilayer perceptron for a list of widths, [inputs, hidden..., classes].

    Each hidden layer is Linear, BatchNorm if wanted, the activation, Dropout if wanted; the last
    is Linear alone.
    """
    if len(widths) < 2:
        raise ValueError(f"widths must hold at least inputs and classes, got {list(widths)}")
    one_of("activation", activation, ACTIVATIONS)
    layers: list[Layer] = []
    for in_features, out_features in pairwise(widths[:-1]):
        layers.append(Linear(in_features, out_features))
        if batch_norm:
            layers.append(BatchNorm(out_features))
        layers.append(ACTIVATIONS[activation]())
        if dropout:
            layers.append(Dropout(dropout))
    layers.append(Linear(widths[-2], widths[-1]))
    return layers


def convolution_layers(
    in_features: int, convolutions: Sequence[int], activation: str = "relu"
) -> list[Layer]:
    """What stands before the perceptron in a convolutional network (LeCun and others 1998).

    Each number of filters in `convolutions` gives a convolution of `KERNEL_SIZE`, a max pooling and
    the activation; at the end a `Flatten`. From 28 x 28 pixels come 12 x 12 places, then 4 x 4.

    Raises ValueError if images of so many pixels are not square, or too small for so many.
    """
    side, channels = math.isqrt(in_features), 1
    if side**2 != in_features:
        raise ValueError(f"convolutions need square images, got images of {in_features} pixels")
    most = most_convolutions(side)
    if len(convolutions) > most:
        raise ValueError(
            f"convolutions must be at most {most} for images of {side} x {side} pixels, "
            f"got {len(convolutions)}"
        )
    one_of("activation", activation, ACTIVATIONS)
    layers: list[Layer] = []
    for filters in convolutions:
        filters = whole_number("convolutions", filters, 1, 10_000)
        convolution = Conv2d(channels, filters, KERNEL_SIZE, side)
        layers += [convolution, MaxPool2d(filters, convolution.out_side), ACTIVATIONS[activation]()]
        side, channels = convolution.out_side // 2, filters
    return [*layers, Flatten(channels, side)]


def most_convolutions(side: int) -> int:
    """How many convolutions fit one behind the other into images of so many rows and columns."""
    halved = (side - KERNEL_SIZE + 1) // 2
    return 1 + most_convolutions(halved) if halved >= 1 else 0
