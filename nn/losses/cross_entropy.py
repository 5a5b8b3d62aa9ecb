"""Cross-entropy, with the softmax before it."""

from typing import ClassVar

import numpy as np

from nn.checks import real_number
from nn.losses.loss import Array, Loss


class CrossEntropyLoss(Loss):
    """Softmax and cross-entropy in one: L = mean over the batch of -Σₖ qₖ log pₖ, p = softmax(z)

    q is 1 at the label and 0 elsewhere; with label smoothing ε (Szegedy et al. 2016) it is
    1 - ε + ε/classes and ε/classes. Taken together the two have a simple gradient and are safe
    for any logits:

        L = mean(log Σⱼ e^zⱼ - Σₖ qₖ zₖ)        dL/dz = (p - q) / n
    """

    name = "cross_entropy"
    title = "Cross-entropy"
    settings: ClassVar[tuple[str, ...]] = ("label_smoothing",)

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
