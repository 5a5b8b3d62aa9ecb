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
        rows = np.arange(n)
        off = self.label_smoothing / classes
        on = 1 - self.label_smoothing

        z = logits - logits.max(axis=1, keepdims=True)
        p = np.exp(z)
        sums = p.sum(axis=1, keepdims=True)
        losses = np.log(sums[:, 0]) - on * z[rows, labels]
        p /= sums
        p[rows, labels] -= on
        if off:
            losses -= off * z.sum(axis=1)
            p -= off
        p /= n
        return float(losses.mean()), p


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
