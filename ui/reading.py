"""What a network reads in images of characters, as numbers and in words."""

from collections.abc import Sequence

import numpy as np

import nn
from ui.percent import percent

IMAGE_PIXELS = 28 * 28
_WORTH_A_WORD = 0.1


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
    return list(labels) == list("0123456789")


def answer(probabilities: np.ndarray, labels: Sequence[str]) -> tuple[str, str]:
    """The most probable text, and in words how sure the network is of it.

    Args:
        probabilities: (n, classes) of n > 0 characters. They are taken as independent of one
            another: the probability of a text is the product of those of its characters.
        labels: what the classes are called.
    """
    order = np.argsort(-probabilities, axis=1, kind="stable")
    ranked = -np.sort(-probabilities.astype(np.float64), axis=1)
    best = [labels[index] for index in order[:, 0]]
    probability = ranked[:, 0].prod()
    sure = f"{percent(probability)} sure"
    if len(labels) > 1:
        # The next best text differs in the character whose second class comes closest.
        ratios = ranked[:, 1] / ranked[:, 0]
        other = int(ratios.argmax())
        if (second := probability * ratios[other]) >= _WORTH_A_WORD:
            text = [*best[:other], labels[order[other, 1]], *best[other + 1 :]]
            sure += f", or else {''.join(text)} ({percent(second)})"
    return "".join(best), sure
