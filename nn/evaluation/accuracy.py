"""How good a network is on labelled images."""

import numpy as np

from nn.averaging import Averaging
from nn.losses.loss import Loss
from nn.network import Network

Array = np.ndarray

NOTHING_LEARNED = (
    "The network has learned nothing: it is no better than giving the same answer every time."
)
USUAL_CAUSE = "Most often the learning rate is too high."


def loss_and_accuracy(
    network: Network,
    loss: Loss,
    images: Array,
    labels: Array,
    *,
    averaging: Averaging | None = None,
) -> tuple[float, float]:
    """(mean loss, accuracy in [0, 1]) of the network as it predicts, see `Network.predict_logits`.

    `images` (n, in_features) and `labels` (n,) as `nn.images` checks them, n at least 1.
    """
    return of_logits(loss, network.predict_logits(images, averaging=averaging), labels)


def of_logits(loss: Loss, logits: Array, labels: Array) -> tuple[float, float]:
    """The same of logits (n, classes)."""
    correct = int(np.count_nonzero(logits.argmax(axis=1) == labels))
    return loss(logits, labels)[0], correct / len(labels)


def hint(accuracy: float, labels: Array) -> str | None:
    """What to tell people about a network of this accuracy on images with these `labels` (n,).

    `NOTHING_LEARNED` if it would do as well by always naming the most frequent class, else None.
    """
    return NOTHING_LEARNED if accuracy <= np.bincount(labels).max() / len(labels) else None
