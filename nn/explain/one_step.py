"""One step of gradient descent, and whether it did what the gradient promised.

For a small enough learning rate η the loss falls by η times the squared length of its gradient g:

    L(θ - η g) ≈ L(θ) - η ‖g‖²
"""

from dataclasses import dataclass

import numpy as np

from nn.checks import learning_rate as checked_rate
from nn.images import check_samples
from nn.losses import CrossEntropyLoss
from nn.losses.loss import Loss
from nn.network import Network

Array = np.ndarray


@dataclass(frozen=True)
class OneStep:
    """The loss before a step, after it as the gradient predicts, and after it indeed."""

    before: float
    predicted: float
    after: float


def one_step(
    network: Network,
    images: Array,
    labels: Array,
    learning_rate: float,
    loss: Loss | None = None,
) -> OneStep:
    """Take one step down on these images with a copy of the network, in float64."""
    copy, loss = network.copy(np.float64), loss or CrossEntropyLoss()
    images, labels = check_samples("step", images, labels, network.in_features, network.num_classes)
    rate = checked_rate(learning_rate)
    inputs = copy.scale_input(images)
    before, gradient = loss(copy.forward(inputs), labels)
    copy.backward(gradient)
    predicted = before - rate * float(np.dot(copy.gradients, copy.gradients))
    copy.parameters -= rate * copy.gradients
    return OneStep(before, predicted, loss(copy.forward(inputs), labels)[0])
