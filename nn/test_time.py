"""Test-time averaging: asking a network about slightly moved copies of an image too."""

from itertools import product
from typing import Any

import numpy as np

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

    Returns (n, classes). ValueError for images that are not square or otherwise unfit.
    """
    images = check_images(images, network.in_features)
    side = round(network.in_features**0.5)
    if side * side != network.in_features:
        raise ValueError(f"images must be square to be shifted, got {network.in_features} pixels")
    square = images.reshape(-1, side, side)
    padded = np.pad(square, ((0, 0), (shift, shift), (shift, shift)))
    offsets = range(2 * shift + 1)
    total = np.zeros((len(images), network.num_classes), network.dtype)
    for down, right in product(offsets, offsets):
        total += network.predict_proba(padded[:, down : down + side, right : right + side])
    return total / len(offsets) ** 2
