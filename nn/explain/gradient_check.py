"""Is backpropagation right? Its gradients beside those found by trying.

The derivative of the loss L for a weight θ is where its central difference goes for small steps h:

    dL/dθ ≈ (L(θ + h) - L(θ - h)) / 2h

Its error falls as h² as long as h is large, and rises as 1/h when h is so small that the two losses
are the same number but for rounding; so it is computed in float64, over a range of steps. Where a
ReLU or a max pooling goes from one piece to another between θ - h and θ + h, the loss has a kink
there: then the difference is the mean of two slopes, and no h is small enough but one that stays on
this side of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nn.explain.trace import trace_back
from nn.images import check_samples
from nn.losses import CrossEntropyLoss
from nn.losses.loss import Loss
from nn.network import Network

Array = np.ndarray

STEPS = tuple(10.0**-exponent for exponent in range(1, 13))
"""From steps that are much too large to ones that are much too small."""
GOOD_STEP = 1e-5
"""Near the best one in float64 for weights as networks have them."""


@dataclass(frozen=True)
class Difference:
    """A central difference.

    step: h.
    value: the difference quotient.
    relative_error: |value - gradient| / max(|value|, |gradient|), 0 if both are 0.
    crosses_kink: whether a ReLU, leaky ReLU or max pooling changes its piece within the step.
    """

    step: float
    value: float
    relative_error: float
    crosses_kink: bool


@dataclass(frozen=True)
class GradientCheck:
    """A weight's gradient by backpropagation, and what trying says.

    name, index: which weight, see `Network.named_parameters`.
    gradient: dL/dθ by backpropagation.
    differences: for each step.
    """

    name: str
    index: tuple[int, ...]
    gradient: float
    differences: list[Difference]

    @property
    def best(self) -> Difference:
        """The difference that is nearest to the gradient."""
        return min(self.differences, key=lambda one: one.relative_error)


class GradientChecker:
    """Checks weights of a network on some images: on a copy of it, in float64.

    Args:
        network: stays as it is.
        images, labels: as for a training, at least one.
        loss: what is differentiated.

    Raises ValueError if the images or labels don't fit the network.
    """

    def __init__(
        self, network: Network, images: Array, labels: Array, loss: Loss | None = None
    ) -> None:
        self._network = network.copy(np.float64)
        self._loss = loss or CrossEntropyLoss()
        images, self._labels = check_samples(
            "check", images, labels, network.in_features, network.num_classes
        )
        logits = self._network.forward(self._network.scale_input(images))
        gradient = self._loss(logits, self._labels)[1]
        trace = trace_back(self._network, images, gradient)
        self._inputs, self._gradients = trace.inputs, trace.gradients
        self._weights = self._network.named_parameters()

    def check(
        self, name: str, index: Sequence[int], steps: Sequence[float] = STEPS
    ) -> GradientCheck:
        """The weight at `index` of the parameter called `name`; KeyError or IndexError if there is
        none."""
        place = tuple(index)
        gradient = float(self._gradients[name][place])
        differences = [self._difference(name, place, gradient, step) for step in steps]
        return GradientCheck(name, place, gradient, differences)

    def sample(self, count: int, seed: int = 0) -> list[GradientCheck]:
        """So many weights, drawn at random from all of them, at `GOOD_STEP`."""
        rng = np.random.default_rng(seed)
        names = list(self._weights)
        sizes = np.array([self._weights[name].size for name in names])
        checks = []
        for name in rng.choice(names, count, p=sizes / sizes.sum()):
            shape = self._weights[str(name)].shape
            place = tuple(int(rng.integers(size)) for size in shape)
            checks.append(self.check(str(name), place, [GOOD_STEP]))
        return checks

    def _difference(
        self, name: str, place: tuple[int, ...], gradient: float, step: float
    ) -> Difference:
        weights = self._weights[name]
        kept = weights[place]
        try:
            weights[place] = kept + step
            above, pieces_above = self._loss_and_pieces()
            weights[place] = kept - step
            below, pieces_below = self._loss_and_pieces()
        finally:
            weights[place] = kept
        value = (above - below) / (2 * step)
        largest = max(abs(value), abs(gradient))
        error = abs(value - gradient) / largest if largest else 0.0
        return Difference(step, value, error, pieces_above != pieces_below)

    def _loss_and_pieces(self) -> tuple[float, bytes]:
        """The loss, and on which piece of its function each value of each layer is."""
        logits = self._network.forward(self._inputs)
        pieces = [
            np.packbits(layer.pieces()).tobytes() for layer in self._network.named_layers().values()
        ]
        return self._loss(logits, self._labels)[0], b"".join(pieces)
