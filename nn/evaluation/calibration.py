"""Whether a network is right as often as it says, and what helps."""

from typing import Any

import numpy as np

from nn.checks import whole_number
from nn.evaluation.familiarity import fit_max_energy
from nn.images import check_samples
from nn.losses import softmax
from nn.network import Network

Array = np.ndarray

MIN_TEMPERATURE, MAX_TEMPERATURE = 0.05, 20.0

MIN_IMAGES = 100
"""Fewer images say nothing of how often a network is wrong, or of the strangest in a hundred."""


MAX_IMAGES = 5000
"""More would take long, and make no difference."""


def calibrate(network: Network, images: Any, labels: Array) -> None:
    """Set the network's `temperature` and `max_energy` by images it has not learned from.

    Args:
        images: as for `predict_proba`; with less than `MIN_IMAGES` nothing is set, and of more than
            `MAX_IMAGES` the first count.
        labels: (n,) integers.

    Raises ValueError if they don't fit the network or each other.
    """
    images, labels = check_samples("val", images, labels, network.in_features, network.num_classes)
    if len(images) >= MIN_IMAGES:
        logits = network.predict_logits(images[:MAX_IMAGES])
        network.temperature = fit_temperature(logits, labels[:MAX_IMAGES])
        network.max_energy = fit_max_energy(logits)


def fit_temperature(logits: Array, labels: Array) -> float:
    """The temperature T at which softmax(logits / T) fits the labels best (Guo et al. 2017).

    The loss of the labels y is convex in β = 1/T, so its slope is 0 at the best place only, and
    that place is found by halving the interval again and again:

        L(β) = mean(log Σ exp(β z) - β z_y),    L'(β) = mean(Σ softmax(β z) · z - z_y)

    Args:
        logits: (n, classes) of images the network has not learned from.
        labels: (n,) integers.

    Returns T from `MIN_TEMPERATURE` to `MAX_TEMPERATURE`. No answer changes, only how sure it is.
    If no answer is wrong it is 1: the loss falls forever as T goes to 0, and to claim certainty
    because of a few images would be the opposite of what this is for.
    """
    logits = np.asarray(logits, np.float64)
    if np.array_equal(logits.argmax(axis=1), labels):
        return 1.0
    of_label = logits[np.arange(len(labels)), labels]
    low, high = 1 / MAX_TEMPERATURE, 1 / MIN_TEMPERATURE
    for _ in range(50):
        middle = (low * high) ** 0.5
        slope = np.mean(np.sum(softmax(middle * logits) * logits, axis=1) - of_label)
        low, high = (middle, high) if slope < 0 else (low, middle)
    return float(1 / (low * high) ** 0.5)


def calibration_error(probabilities: Array, labels: Array, bins: int = 15) -> float:
    """How far the network's confidence is from its share of right answers, on average.

    The expected calibration error (Naeini et al. 2015): the images are sorted into bins of equal
    width by the probability of their answer, and Σ |bin| / n · |accuracy - mean probability| is
    taken over the bins. 0 is perfect.

    Args:
        probabilities: (n, classes).
        labels: (n,) integers.
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = np.bincount(which, weights=right - confidence.astype(np.float64), minlength=bins)
    return float(np.abs(gaps).sum() / len(labels))


def accuracy_interval(right: int, count: int, z: float = 1.96) -> tuple[float, float]:
    """Where the true accuracy lies (95 % for z = 1.96) if `right` of `count` answers were right.

    Wilson's score interval (1927), with p = right / count:

        (p + z²/2n ± z √(p (1 - p) / n + z²/4n²)) / (1 + z²/n)

    Raises ValueError unless 0 <= right <= count and count is at least 1.
    """
    whole_number("count", count, 1, 2**63)
    whole_number("right", right, 0, count)
    p, spread = right / count, z * z / count
    half = z * (p * (1 - p) / count + spread / (4 * count)) ** 0.5
    return (p + spread / 2 - half) / (1 + spread), (p + spread / 2 + half) / (1 + spread)
