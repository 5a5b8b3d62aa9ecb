"""Many images through a network, as many at a time as fit into a bounded memory."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from nn.layers import Branches, Conv2d, Layer
from nn.layers.row import row_widths
from nn.test_time import copies, moved_and_turned

if TYPE_CHECKING:
    from nn.network import Network

Array = np.ndarray

BATCH = 512
"""Images per forward pass: large enough to be fast."""
VALUES = 8_000_000
"""With wide layers fewer images: the outputs of all layers together hold no more values."""
VALUE_COST = 64
"""Multiplications of a matrix product that take as long as laying out or comparing one value."""
MAX_VALUES = 50_000_000
"""So many values an image may need; a network from anybody's file could want any memory."""


def inference_batch(layers: Sequence[Layer], in_features: int) -> int:
    """How many images go through these layers at a time.

    Raises ValueError if a single one needs more than `MAX_VALUES`.
    """
    inputs = row_widths(layers, in_features)
    values = sum(layer.values(width) for layer, width in zip(layers, inputs, strict=False))
    if values > MAX_VALUES:
        raise ValueError(
            f"layers must give at most {MAX_VALUES:,} values for an image, got {values:,}"
        )
    return min(BATCH, max(1, VALUES // values))


def answer_cost(layers: Sequence[Layer], in_features: int) -> int:
    """How long an answer to one image takes, measured in multiplications of a matrix product.

    The values between the layers count too, each as `VALUE_COST`: there are many where
    convolutions have few filters.
    """
    total = 0
    for layer, width in zip(layers, row_widths(layers, in_features), strict=False):
        if isinstance(layer, Branches):
            total += sum(answer_cost(row, width) for row in layer.rows)
        else:
            patches = layer.patch_values if isinstance(layer, Conv2d) else 0
            total += layer.multiplications() + VALUE_COST * (patches + layer.values(width))
    return total


def mean_logits(network: "Network", images: Array, shift: int, rotation: float) -> Array:
    """Logits (n, classes) for images (n, ...) as checked by `nn.images.check_images`: the means
    over copies of each, see `nn.test_time`."""
    batch = network.inference_batch
    logits = np.empty((len(images), network.num_classes), network.dtype)
    at_once = max(1, batch // copies(shift, rotation))
    for start in range(0, len(images), at_once):
        of_copies = moved_and_turned(images[start : start + at_once], shift, rotation)
        inputs = of_copies.reshape(-1, network.in_features)
        parts = [
            network.forward_copy(network.scale_input(inputs[first : first + batch]))
            for first in range(0, len(inputs), batch)
        ]
        outputs = np.concatenate(parts).reshape(len(of_copies), -1, network.num_classes)
        logits[start : start + at_once] = outputs.mean(axis=0)
    return logits
