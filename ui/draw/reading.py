"""What a network reads in images of characters."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

import data
import nn
from nn.labels import DIGITS
from ui.settings.network_size import PIXELS


class Recognition(NamedTuple):
    """What a network makes of n images.

    probabilities: (n, classes), less sure of what is not known.
    known: (n,) whether an image is like those the network has learned from; None if it cannot tell,
        since it has not been calibrated (`nn.calibrate`).
    """

    probabilities: np.ndarray
    known: np.ndarray | None


def check_input(network: nn.Network) -> None:
    """ValueError for a network that takes images of another size than 28 x 28."""
    if network.in_features != PIXELS:
        raise ValueError(
            f"it takes {network.in_features} numbers and not the {PIXELS} of an image of "
            "28 × 28 pixels. Please choose another one."
        )


def recognise(
    network: nn.Network, images: Sequence[np.ndarray], certainties: Sequence[float] | None = None
) -> Recognition:
    """What a network that passes `check_input` makes of images, (28, 28) in [0, 1].

    `certainties`, if there are any, are those that each was cut out rightly.
    """
    if not images:
        return Recognition(np.zeros((0, network.num_classes), np.float32), None)
    logits = network.predict_logits(np.stack(images))
    limit = network.max_energy
    known = None
    if limit is not None:
        known = nn.is_familiar(logits, limit)
        logits = nn.less_sure(logits, limit)
    probabilities = network.probabilities(logits)
    if certainties is not None:
        probabilities = nn.doubted(probabilities, certainties)
    return Recognition(probabilities, known)


def read_apart(network: nn.Network, digits: Sequence[data.Digit]) -> list[data.Digit]:
    """The digits of a picture, those that touch taken apart where the network reads that better."""
    return data.taken_apart(digits, partial(nn.most_readable, network, nn.whole_digits()))


def reads_numbers(labels: Sequence[str]) -> bool:
    """Whether a network with these classes, the ten digits, can read numbers of several."""
    return list(labels) == DIGITS
