"""Cross-entropy of one logit for two classes, with the sigmoid before it."""

import numpy as np

from nn.losses.value_loss import Array, ValueLoss


class BinaryCrossEntropy(ValueLoss):
    """Sigmoid and cross-entropy in one, for targets t in [0, 1], the probability of "yes":

        L = mean over the batch of Σₖ -t log p - (1 - t) log(1 - p),    p = σ(z) = 1 / (1 + e⁻ᶻ)

    Usually k is 1: two classes need one logit only, since softmax of (z, 0) is (σ(z), 1 - σ(z)).
    Taken together the two have a simple gradient, and a form that is safe for any logit:

        L = mean of Σₖ max(z, 0) - t z + log(1 + e^-|z|)        dL/dz = (p - t) / n

    With k = 1 it is PyTorch's `binary_cross_entropy_with_logits`.
    """

    name = "cross_entropy"
    title = "Cross-entropy"

    def __call__(self, outputs: Array, targets: Array) -> tuple[float, Array]:
        n = len(outputs)
        small = np.abs(outputs)
        np.negative(small, out=small)
        np.exp(small, out=small)  # e^-|z|, never above 1
        loss = np.maximum(outputs, 0)
        loss -= targets * outputs
        loss += np.log1p(small)
        # σ(z) is 1 / (1 + e^-|z|) for z ≥ 0, and e^-|z| times that below.
        gradient = np.where(outputs >= 0, 1, small)
        small += 1
        gradient /= small
        gradient -= targets
        gradient /= n
        return float(np.add.reduce(loss, axis=None)) / n, gradient
