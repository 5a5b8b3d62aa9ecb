"""Mean squared error."""

import numpy as np

from nn.losses.loss import Array, Loss


class MSELoss(Loss):
    """Mean squared error against the one-hot labels: L = mean over batch and classes of (z - q)²

    dL/dz = 2 (z - q) / (n · classes), with q 1 at the label and 0 elsewhere.
    """

    name = "mse"
    title = "Mean squared error"

    def __call__(self, logits: Array, labels: Array) -> tuple[float, Array]:
        difference = logits.copy()
        difference[np.arange(len(logits)), labels] -= 1
        loss = float(np.square(difference).mean())
        difference *= 2 / difference.size
        return loss, difference
