"""What a network reads in images of characters."""

from collections.abc import Sequence

import numpy as np

import nn
from nn.labels import DIGITS

IMAGE_PIXELS = 28 * 28


def recognise(network: nn.Network, images: Sequence[np.ndarray]) -> np.ndarray:
    """Probabilities (n, classes) of n images, (28, 28) in [0, 1].

    ValueError for a network that takes images of another size, even without an image.
    """
    if network.in_features != IMAGE_PIXELS:
        raise ValueError(
            f"it takes {network.in_features} numbers and not the {IMAGE_PIXELS} of an image of "
            "28 × 28 pixels. Please choose another one."
        )
    if not images:
        return np.zeros((0, len(network.labels)), np.float32)
    probabilities: np.ndarray = network.predict_proba(np.stack(images))
    # A softmax is never quite certain; float32 rounds it to that.
    return np.minimum(probabilities, np.nextafter(np.float32(1), np.float32(0)))


def reads_numbers(labels: Sequence[str]) -> bool:
    """Whether a network with these classes, the ten digits, can read numbers of several."""
    return list(labels) == DIGITS
