"""Test-time averaging: asking a network about slightly moved copies of an image too."""

import math
from itertools import product
from typing import Any

import numpy as np

from nn.checks import whole_number
from nn.images import check_images
from nn.network import Network

Array = np.ndarray


def predict_proba_shifted(network: Network, images: Any, shift: int = 1) -> Array:
    """The mean of the probabilities for the images moved by up to `shift` pixels in x and in y.

    What a network gets wrong it often gets right a pixel further on, and seldom the other way
    round. Costs (2 · shift + 1)² times as much.

    Args:
        network: for square images.
        images: (n, side * side) or (n, side, side) as `Network.predict_proba` takes them.
        shift: in pixels; 0 is `predict_proba` itself.

    Returns (n, classes). ValueError for another shift than 0 to side - 1, and for images that are
    not square, if they are to be moved, or otherwise unfit.
    """
    side = math.isqrt(network.in_features)
    whole_number("shift", shift, 0, side - 1)
    if shift == 0:
        return network.predict_proba(images)
    images = np.asarray(images)
    if images.shape[1:] not in ((side * side,), (side, side)):
        raise ValueError(f"images must be square to be shifted, got shape {images.shape}")
    images = check_images(images, network.in_features)
    square = images.reshape(-1, side, side)
    padded = np.pad(square, ((0, 0), (shift, shift), (shift, shift)))
    offsets = range(2 * shift + 1)
    total = np.zeros((len(images), network.num_classes), network.dtype)
    for down, right in product(offsets, offsets):
        total += network.predict_proba(padded[:, down : down + side, right : right + side])
    return total / len(offsets) ** 2
