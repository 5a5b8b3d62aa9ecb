"""Half the squared error."""

import numpy as np

from nn.losses.value_loss import Array, ValueLoss


class HalfSquaredError(ValueLoss):
    """L = mean over the batch of ½ Σₖ (yₖ - tₖ)²        dL/dy = (y - t) / n

    The oldest measure of all (Legendre 1805, Gauss 1809), with the half that takes the 2 out of the
    gradient, as in TensorFlow Playground and in Rumelhart, Hinton, Williams 1986. PyTorch's
    `mse_loss` has no half and is a mean over k as well: this is k/2 times that.
    """

    name = "squared"
    title = "Squared error"

    def __call__(self, outputs: Array, targets: Array) -> tuple[float, Array]:
        difference = outputs - targets
        n = len(difference)
        # The sum of squares as a product: no array for the squares.
        loss = float(np.vdot(difference, difference)) / (2 * n)
        difference /= n
        return loss, difference
