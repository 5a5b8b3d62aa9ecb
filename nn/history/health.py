"""How the layers of a network fare: histograms and numbers of what goes through them.

Looked at on a probe, some images that are always the same, with the loss L of the training:

    weights       w of the layer
    activations   what comes out behind its activation function, for all images of the probe
    gradients     dL/dw, of the mean loss over the probe
    updates       log10 |Δw / w|, what the last step changed; about -3 is healthy for plain SGD
"""

import math
from typing import Any

import numpy as np

from nn.history.records import MOMENT
from nn.layers.activation import Activation
from nn.layers.layer import Layer
from nn.losses.loss import Loss
from nn.network import Network

Array = np.ndarray

QUANTITIES = ("weights", "activations", "gradients", "updates")
NUMBERS = ("lowest", "highest", "mean", "std")
BINS = 32
NO_UPDATE = -12.0
"""log10 of an update that is none, or of a weight that is 0: far off the scale."""
MOST = 0.9
"""A neuron is saturated if it is for this share of the images."""
SAMPLE = 8_000
"""Histograms, and all that is told of updates, are of about so many values where there are more:
enough to see their shape."""
LARGE = 1e15
"""Sums of squares of larger values may be too large for float32."""
UNCHANGED = 1e-3
"""A neuron is unchanged while its weights are no farther from where they began, as a share of their
length."""

LAYER = np.dtype(
    [
        ("histograms", "<u4", (len(QUANTITIES), BINS)),  # from the lowest to the highest
        ("numbers", "<f4", (len(QUANTITIES), len(NUMBERS))),
        ("update_ratio", "<f4"),  # log10 of ‖Δw‖ / ‖w‖
        ("neurons", "<u4"),
        ("dead", "<u4"),  # 0 for every image
        ("saturated", "<u4"),  # for most images, see `nn.layers.activation`
        ("unchanged", "<u4"),  # since the beginning
    ]
)


def health_dtype(network: Network) -> np.dtype:
    """Of a record of this network."""
    return np.dtype([*MOMENT, ("loss", "<f4"), ("layers", LAYER, (len(weight_layers(network)),))])


def weight_layers(network: Network) -> list[int]:
    """The places of the layers that are looked at: those with a matrix of weights."""
    return [place for place, layer in enumerate(network.layers) if layer.multiplications() > 0]


def health(
    network: Network, images: Array, labels: Array, loss: Loss, changes: Array, first: Array
) -> dict[str, Any]:
    """The fields of a record but for its moment.

    Args:
        network: nobody else works with it.
        images, labels: the probe.
        changes: what the last step changed, as `network.parameters`.
        first: the parameters at the beginning of the training.
    """
    weights, gradients, changed, beginning = map(
        network.views, (network.parameters, network.gradients, changes, first)
    )
    places = weight_layers(network)
    record = np.zeros(len(places), LAYER)
    record["neurons"] = [len(weights[f"{place}.weight"]) for place in places]
    ends = {_end_of(network.layers, place): row for place, row in zip(places, record, strict=True)}
    values = network.scale_input(images)
    for place, layer in enumerate(network.layers):
        values = layer.forward(values)
        if place in ends:
            _tell_of_output(ends[place], layer, values)
    value, gradient = loss(values, labels)
    network.backward(gradient)
    for row, place in zip(record, places, strict=True):
        name = f"{place}.weight"
        weight, change = weights[name], changed[name]
        _describe(row, "weights", weight)
        _describe(row, "gradients", gradients[name])
        _describe(row, "updates", _log_ratio(sample(change), sample(weight)))
        row["update_ratio"] = _log_ratio(*map(np.linalg.norm, (change, weight)))
        row["unchanged"] = _unchanged(weight, beginning[name])
    return {"loss": value, "layers": record}


def _end_of(layers: list[Layer], place: int) -> int:
    """The place of the activation function that belongs to a layer; its own behind the last one."""
    for behind in range(place + 1, len(layers)):
        if layers[behind].multiplications():
            break
        if isinstance(layers[behind], Activation):
            return behind
    return place


def _tell_of_output(row: Any, layer: Layer, output: Array) -> None:
    """Fill in what the values say that came out of a layer's neurons, through `layer`."""
    _describe(row, "activations", output)
    by_neuron = output.reshape(-1, row["neurons"])  # a convolution's at all places
    row["dead"] = np.count_nonzero(~by_neuron.any(axis=0))
    if isinstance(layer, Activation):
        images = layer.saturated(by_neuron).sum(axis=0, dtype=np.int32)
        row["saturated"] = np.count_nonzero(images > MOST * len(by_neuron))


def _log_ratio(change: Any, weight: Any) -> Array:
    """log10 |change / weight|, `NO_UPDATE` where one of them is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log10(np.abs(change) / np.abs(weight))
    return np.nan_to_num(ratio, nan=NO_UPDATE, posinf=NO_UPDATE, neginf=NO_UPDATE)


def _describe(row: Any, quantity: str, values: Array) -> None:
    """Fill in `NUMBERS` of the values, and how many of a sample of them are in each of `BINS`.

    Values that are not finite, as there are when a training is about to diverge, don't count.
    """
    values = values.ravel(order="K")  # as they lie in memory: no copy
    if not np.abs(values).max() < LARGE:  # this way round it is true for NaN
        values = values[np.isfinite(values)].astype(np.float64)
    if not values.size:
        return
    lowest, highest = values.min(), values.max()
    mean = values.mean()
    apart = values - mean
    std = np.sqrt(np.dot(apart, apart) / apart.size)
    place = QUANTITIES.index(quantity)
    row["numbers"][place] = lowest, highest, mean, std
    # np.histogram takes three times as long, mostly for bins of unlike widths.
    if lowest < highest:
        bins = ((sample(values) - lowest) * (BINS / (highest - lowest))).astype(np.intp)
    else:
        bins = np.full(sample(values).size, BINS // 2)
    row["histograms"][place] = np.bincount(np.minimum(bins, BINS - 1), minlength=BINS)


def sample(values: Array) -> Array:
    """About `SAMPLE` of the values, or all, evenly spread over each of their axes."""
    step = -(-values.size // SAMPLE)
    while math.gcd(step, values.size) > 1:  # else it might always meet the same neurons
        step += 1
    return values.ravel(order="K")[::step]


def _unchanged(weight: Array, beginning: Array) -> int:
    """How many neurons have the weights w₀ that they began with: ‖w - w₀‖ ≤ `UNCHANGED` · ‖w₀‖."""
    now, then = weight.reshape(len(weight), -1), beginning.reshape(len(weight), -1)
    moved = np.square(now - then).sum(axis=1)
    return int(np.count_nonzero(moved <= UNCHANGED**2 * np.square(then).sum(axis=1)))
