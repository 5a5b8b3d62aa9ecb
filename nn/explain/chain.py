"""Where a weight's gradient comes from: the chain rule, factor by factor, for one image.

For a Linear layer z = W a + b whose outputs go through functions of single values (activation,
batch normalisation) into the next Linear layer, and with δ = dL/dz:

    δ_k = p_k - q_k                      for the logits: softmax less 1 at the target, 0 elsewhere
    δ_j = (Σ_k w_kj δ_k) · f'(z_j)       for all layers before, with a factor for each function
    dL/dw_ji = δ_j a_i

(Rumelhart, Hinton, Williams 1986.) A convolution's weight is used at many places, and its gradient
is the sum of δ · a over them.
"""

from dataclasses import dataclass

import numpy as np

from nn.explain.loss_trace import LossTrace
from nn.explain.neurons import neuron_layers
from nn.layers import BatchNorm, Conv2d, Dropout, Linear
from nn.layers.activation import Activation
from nn.layers.layer import Layer
from nn.layers.specs import new_layers
from nn.losses import softmax
from nn.network import Network

Array = np.ndarray


@dataclass(frozen=True)
class Slope:
    """What a function of single values does to the gradient that goes back through it.

    layer: its place in the network.
    value: the derivative of its output for its input, at one neuron.
    input: that input.
    """

    layer: int
    value: float
    input: float


@dataclass(frozen=True)
class Delta:
    """How δ = dL/dz of a neuron comes about: (Σ_k weights_k · deltas_k) · the slopes.

    layer, neuron: whose.
    value: δ.
    next_layer: the place of the next Linear layer; None for a logit, whose δ is p - q.
    weights: w_kj (outputs of the next layer,), from this neuron to each of its neurons k.
    deltas: δ_k likewise.
    slopes: of the functions between the two layers, the one next to the loss first.
    """

    layer: int
    neuron: int
    value: float
    next_layer: int | None
    weights: Array
    deltas: Array
    slopes: list[Slope]


class Chain:
    """All gradients of the cross-entropy of one image, and how each comes about, in float64.

    Args:
        network: of which the numbers are.
        traced: as `LossTrace.of_image` makes it. Its network in float64 is not kept.
    """

    def __init__(self, network: Network, traced: LossTrace) -> None:
        self.network, self.loss = network, traced.value
        self.target = int(traced.labels[0])
        self._values = [values[0] for values in traced.values]
        self._deltas = [deltas[0] for deltas in traced.deltas]
        self.probabilities: Array = softmax(traced.values[-1])[0]
        self._shared = {  # those of Linear layers are δ times a, and need not be kept
            index: traced.gradients[f"{index}.weight"].copy()
            for index, layer in enumerate(network.layers)
            if isinstance(layer, Conv2d)
        }

    @property
    def logits(self) -> Array:
        return self._values[-1]

    @property
    def layers(self) -> list[int]:
        """The places of the layers with weights that a gradient can be asked for."""
        return [layer.index for layer in neuron_layers(self.network)]

    def inputs(self, layer: int) -> Array:
        """The values a (width,) that go into a layer."""
        return self._values[layer]

    def outputs(self, layer: int) -> Array:
        """The values z (width,) that come out of a layer."""
        return self._values[layer + 1]

    def deltas(self, layer: int) -> Array:
        """dL/dz (width,) of a layer's outputs."""
        return self._deltas[layer]

    def gradient(self, layer: int, neuron: int) -> Array:
        """dL/dw of all weights of a neuron (in_features,), or of a filter (in_channels ·
        kernel_size²,), in the order of its weights."""
        if layer in self._shared:
            return self._shared[layer][neuron].ravel()
        return self._deltas[layer][neuron] * self._values[layer]

    def largest(self, layer: int | None = None, neuron: int | None = None) -> tuple[int, int, int]:
        """Layer, neuron and input (as in `gradient`) of the weight with the steepest gradient: of
        the whole network, or of a layer, or of one of its neurons."""
        if layer is None:
            best = [(self._steepest(k), self.largest(k)) for k in self.layers]
            return max(best, key=lambda pair: pair[0])[1]
        if neuron is None:
            neuron = int(self._per_neuron(layer).argmax())
        return layer, neuron, int(np.abs(self.gradient(layer, neuron)).argmax())

    def reaches(self, layer: int) -> bool:
        """Whether only Linear layers and functions of single values lie between a layer and the
        loss, so that `delta` can tell how its gradient comes about."""
        return isinstance(self.network.layers[layer], Linear) and all(
            isinstance(later, Linear) or _is_single(later)
            for later in self.network.layers[layer + 1 :]
        )

    def delta(self, layer: int, neuron: int) -> Delta:
        """How δ of a neuron of a Linear layer comes about; ValueError where `reaches` says no."""
        if not self.reaches(layer):
            raise ValueError(f"layer must be Linear with none but such after it, got {layer}")
        between = []
        following = layer + 1
        while following < len(self.network.layers):
            later = self.network.layers[following]
            if isinstance(later, Linear):
                break
            if not isinstance(later, Dropout):  # which does nothing outside training
                before = float(self._values[following][neuron])
                between.append(Slope(following, self._slope(later, neuron, before), before))
            following += 1
        value = float(self._deltas[layer][neuron])
        if following == len(self.network.layers):
            return Delta(layer, neuron, value, None, np.zeros(0), np.zeros(0), between[::-1])
        weights = self.network.named_parameters()[f"{following}.weight"][:, neuron]
        weights = weights.astype(np.float64)
        return Delta(
            *(layer, neuron, value, following, weights, self._deltas[following], between[::-1])
        )

    def places(self, layer: int, neuron: int, input: int) -> tuple[Array, Array]:
        """For a weight of a convolution δ and a (places,) at each place of the filter's map, row by
        row; the gradient is the sum of their products."""
        conv = self.network.layers[layer]
        assert isinstance(conv, Conv2d)
        shape = (conv.in_channels, conv.kernel_size, conv.kernel_size)
        channel, row, column = np.unravel_index(input, shape)
        side = conv.out_side
        values = self._values[layer].reshape(conv.side, conv.side, conv.in_channels)
        seen = values[row : row + side, column : column + side, channel]
        deltas = self._deltas[layer].reshape(side * side, conv.out_channels)[:, neuron]
        return deltas, seen.ravel()

    def _slope(self, layer: Layer, neuron: int, before: float) -> float:
        if isinstance(layer, BatchNorm):
            inverse_std = 1 / np.sqrt(float(layer.running_var[neuron]) + layer.eps)
            return float(layer.weight[neuron]) * float(inverse_std)
        # By a new one, since the network's own keeps what others may be about to use.
        single = new_layers([layer])[0]
        single.forward(np.full((1, 1), before))
        slope = single.backward(np.ones((1, 1)))
        assert slope is not None
        return float(slope[0, 0])

    def _per_neuron(self, layer: int) -> Array:
        """The largest |dL/dw| of each neuron or filter."""
        if layer in self._shared:
            return np.abs(self._shared[layer]).max(axis=(1, 2, 3))
        steepest: Array = np.abs(self._deltas[layer]) * np.abs(self._values[layer]).max()
        return steepest

    def _steepest(self, layer: int) -> float:
        return float(self._per_neuron(layer).max())


def _is_single(layer: Layer) -> bool:
    return isinstance(layer, Activation | BatchNorm | Dropout)
