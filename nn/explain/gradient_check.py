"""Is backpropagation right? Its gradients beside those found by trying.

The derivative of the loss L for a weight θ is where its central difference goes for small steps h:

    dL/dθ ≈ (L(θ + h) - L(θ - h)) / 2h

Its error falls as h² as long as h is large, and rises as 1/h when h is so small that the two losses
are the same number but for rounding; so it is computed in float64, over a range of steps. Where a
ReLU or a max pooling goes from one piece to another between θ - h and θ + h, the loss has a kink
there: then the difference is the mean of two slopes, and no h is small enough but one that stays on
this side of it. (Nocedal, Wright 2006, "Numerical Optimization", chapter 8; for networks Bishop
2006, "Pattern Recognition and Machine Learning", section 5.3.3.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from nn.explain.loss_trace import LossTrace

Array = np.ndarray
Change = tuple[str, tuple[int, ...], float]
"""The name of a parameter, the index of a weight in it, and a step."""

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
    """Tries what backpropagation says of single weights. It may be asked from several threads at
    once.

    Args:
        traced: the loss and its gradients. The weights of `traced.network` are moved one by one,
            while its lock is held, and stay as they are.
    """

    def __init__(self, traced: LossTrace) -> None:
        self._network, self._loss, self._labels = traced.network, traced.loss, traced.labels
        self._values, self._gradients = traced.values, traced.gradients
        self._weights = self._network.named_parameters()

    def check(
        self, name: str, index: Sequence[int], steps: Sequence[float] = STEPS
    ) -> GradientCheck:
        """The weight at `index`, one number for each axis, of the parameter called `name`, at each
        of the `steps`; KeyError or IndexError if there is none."""
        place = tuple(index)
        gradient = float(self._gradients[name][place])
        differences = self._differences([(name, place, step) for step in steps])
        return GradientCheck(name, place, gradient, differences)

    def sample(self, count: int, seed: int = 0) -> list[GradientCheck]:
        """So many weights at `GOOD_STEP`: half of them drawn at random from all, half from those
        with a gradient that is not 0, which are few where most neurons are silent."""
        rng = np.random.default_rng(seed)
        every = np.concatenate([gradient.ravel() for gradient in self._gradients.values()])
        moving = np.flatnonzero(every)
        some = rng.choice(len(every), count)
        if len(moving):
            some[: count // 2] = rng.choice(moving, count // 2)
        ends = np.cumsum([gradient.size for gradient in self._gradients.values()])
        names = list(self._gradients)
        weights: list[Change] = []
        for place in np.sort(some):
            k = int(np.searchsorted(ends, place, side="right"))
            shape = self._gradients[names[k]].shape
            index = np.unravel_index(place - ends[k] + np.prod(shape), shape)
            weights.append((names[k], tuple(int(at) for at in index), GOOD_STEP))
        checks = []
        for _, same in groupby(weights, key=lambda weight: _layer_of(weight[0])):
            changes = list(same)
            for (name, place, _), one in zip(changes, self._differences(changes), strict=True):
                gradient = float(self._gradients[name][place])
                checks.append(GradientCheck(name, place, gradient, [one]))
        return checks

    def _differences(self, changes: list[Change]) -> list[Difference]:
        """Of weights of one and the same layer."""
        at_once = max(1, self._network.inference_batch // (2 * len(self._labels)))
        differences: list[Difference] = []
        with self._network.in_use:
            for start in range(0, len(changes), at_once):
                some = changes[start : start + at_once]
                losses, pieces = self._losses_and_pieces(some)
                for k, (name, place, step) in enumerate(some):
                    above, below = 2 * k, 2 * k + 1
                    value = (losses[above] - losses[below]) / (2 * step)
                    gradient = float(self._gradients[name][place])
                    largest = max(abs(value), abs(gradient))
                    error = abs(value - gradient) / largest if largest else 0.0
                    kink = pieces[above] != pieces[below]
                    differences.append(Difference(step, value, error, kink))
        return differences

    def _losses_and_pieces(self, changes: list[Change]) -> tuple[list[float], list[bytes]]:
        """For each change up and down the loss, and on which piece of its function each value of
        each layer is.

        Only the layer of the weights is run for each change, from the values before it, which stay
        as they are. What comes after takes all that comes out of it as one batch.
        """
        layers = self._network.layers
        first = _layer_of(changes[0][0])
        outputs, pieces = [], []
        for name, place, step in changes:
            weights = self._weights[name]
            kept = weights[place]
            for moved in (kept + step, kept - step):
                weights[place] = moved
                try:
                    outputs.append(layers[first].forward(self._values[first]).copy())
                finally:
                    weights[place] = kept
                pieces.append(b"".join(self._pieces(first, 1)))
        values = np.concatenate(outputs)
        for index in range(first + 1, len(layers)):
            values = layers[index].forward(values)
            rows = self._pieces(index, len(outputs))
            pieces = [before + more for before, more in zip(pieces, rows, strict=True)]
        groups = np.split(values, len(outputs))
        return [self._loss(logits, self._labels)[0] for logits in groups], pieces

    def _pieces(self, index: int, groups: int) -> list[bytes]:
        """The pieces of a layer, and of those it is made of, for equal groups of its last batch."""
        found = [b""] * groups
        for name, layer in self._network.named_layers().items():
            if _layer_of(name) == index:
                rows = np.packbits(layer.pieces().reshape(groups, -1), axis=1)
                found = [before + row.tobytes() for before, row in zip(found, rows, strict=True)]
        return found


def _layer_of(name: str) -> int:
    """The place in the network of the layer that a parameter, or an inner layer, belongs to."""
    return int(name.split(".")[0])
