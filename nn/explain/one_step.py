"""One step of gradient descent, and whether it did what the gradient promised.

For a small enough learning rate η the loss falls by η times the squared length of its gradient g:

    L(θ - η g) ≈ L(θ) - η ‖g‖²

That is the first-order Taylor expansion (Cauchy 1847, who proposed the method for it; Goodfellow,
Bengio, Courville 2016, "Deep Learning", section 4.3, has the second-order term ½ η² gᵀ H g too,
which is what is missing where the step fails).
"""

from dataclasses import dataclass

import numpy as np

from nn.checks import learning_rate as checked_rate
from nn.explain.loss_trace import LossTrace


@dataclass(frozen=True)
class OneStep:
    """The loss before a step, after it as the gradient predicts, and after it indeed."""

    before: float
    predicted: float
    after: float


def one_step(traced: LossTrace, learning_rate: float) -> OneStep:
    """Take one step down on the images of a trace, with all parameters at once.

    The weights of `traced.network` are moved while its lock is held, and put back as they were.
    ValueError if the learning rate is out of range.
    """
    network, gradients = traced.network, traced.gradients
    rate = checked_rate(learning_rate)
    # Transposed they are as they lie in memory, so that nothing is copied.
    steepness = sum(float(np.vdot(gradient.T, gradient.T)) for gradient in gradients.values())
    with network.in_use:
        kept = network.parameters.copy()
        try:
            for name, weights in network.named_parameters().items():
                weights -= rate * gradients[name]
            after, _ = traced.loss(network.forward(traced.values[0]), traced.labels)
        finally:
            network.parameters[...] = kept
    return OneStep(traced.value, traced.value - rate * steepness, after)
