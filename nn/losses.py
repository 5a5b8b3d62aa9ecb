"""Loss functions: how wrong the logits are, and in which direction each should move."""

from typing import Protocol

import numpy as np

from nn.checks import real_number

Array = np.ndarray


def softmax(logits: Array) -> Array:
    """Probabilities pₖ = e^zₖ / Σⱼ e^zⱼ of each row of the logits z, (n, classes).

    The row's maximum is taken off first: that changes nothing in the quotient and keeps e^z from
    overflowing.
    """
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    exponentials /= exponentials.sum(axis=1, keepdims=True)
    return exponentials


class Loss(Protocol):
    """Maps logits (n, classes) and integer labels (n,) to the mean loss and its gradient."""

    def __call__(self, logits: Array, labels: Array) -> tuple[float, Array]:
        """(mean loss over the batch, dL/dlogits (n, classes)); the arguments stay as they are."""


class CrossEntropyLoss:
    """Softmax and cross-entropy in one: L = mean over the batch of -Σₖ qₖ log pₖ, p = softmax(z)

    q is 1 at the label and 0 elsewhere; with label smoothing ε (Szegedy et al. 2016) it is
    1 - ε + ε/classes and ε/classes. Taken together the two have a simple gradient and are safe
    for any logits:

        L = mean(log Σⱼ e^zⱼ - Σₖ qₖ zₖ)        dL/dz = (p - q) / n
    """

    def __init__(self, label_smoothing: float = 0.0) -> None:
        self.label_smoothing = real_number("label_smoothing", label_smoothing, 0, 1, high_open=True)

    def __call__(self, logits: Array, labels: Array) -> tuple[float, Array]:
        n, classes = logits.shape
        off = self.label_smoothing / classes
        on = 1 - self.label_smoothing
        at_label = (labels, np.arange(n))

        # A row per class, because NumPy reduces over rows several times as fast as along them;
        # np.add.reduce is sum without its detours, which cost as much as adding up a batch.
        z = logits.T.copy()
        z -= np.maximum.reduce(z, axis=0)
        p = np.exp(z)
        sums = np.add.reduce(p, axis=0)
        loss = float(np.add.reduce(np.log(sums)) - on * np.add.reduce(z[at_label]))
        p /= sums * n
        p[at_label] -= on / n
        if off:
            loss -= off * float(np.add.reduce(z, axis=None))
            p -= off / n
        return loss / n, p.T


class MSELoss:
    """Mean squared error against the one-hot labels: L = mean over batch and classes of (z - q)²

    dL/dz = 2 (z - q) / (n · classes), with q 1 at the label and 0 elsewhere.
    """

    def __call__(self, logits: Array, labels: Array) -> tuple[float, Array]:
        difference = logits.copy()
        difference[np.arange(len(logits)), labels] -= 1
        loss = float(np.square(difference).mean())
        difference *= 2 / difference.size
        return loss, difference


LOSSES: dict[str, type[CrossEntropyLoss] | type[MSELoss]] = {
    "cross_entropy": CrossEntropyLoss,
    "mse": MSELoss,
}
