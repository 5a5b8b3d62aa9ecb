"""How the layers of a network fare: histograms and numbers of what goes through them.

Looked at on a probe, some images that are always the same, with the loss L of the training:

    weights       w of the layer
    activations   what comes out behind its activation function, for all images of the probe
    gradients     dL/dw, of the mean loss over the probe
    updates       log10 |Δw / w|, what the last step changed; about -3 is healthy for plain SGD
"""

from typing import Any

import numpy as np

from nn.averaging import ALONE
from nn.explain.trace import trace_back
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
SAMPLE = 20_000
"""Histograms are of about so many values where there are more: enough to see their shape."""
UNCHANGED = 1e-3
"""A neuron whose weights are as near to where they began, as a share of their length."""

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
    logits = network.predict_logits(images, averaging=ALONE)
    value, gradient = loss(logits, labels)
    trace = trace_back(network, images, gradient)
    weights, changed, beginning = map(network.views, (network.parameters, changes, first))
    record = np.zeros(len(weight_layers(network)), LAYER)
    for row, place in zip(record, weight_layers(network), strict=True):
        name = f"{place}.weight"
        weight, change = weights[name], changed[name]
        behind = _activation_behind(network.layers, place)
        output = trace.outputs[place if behind is None else behind]
        updates = _log_ratio(change, weight)
        for k, values in enumerate((weight, output, trace.gradients[name], updates)):
            row["numbers"][k], row["histograms"][k] = _described(values)
        row["update_ratio"] = _log_ratio(_length(change), _length(weight))
        row["neurons"] = len(weight)
        by_neuron = output.reshape(-1, len(weight))  # a convolution's at all places
        row["dead"] = np.count_nonzero(~by_neuron.any(axis=0))
        if behind is not None:
            activation = network.layers[behind]
            assert isinstance(activation, Activation)
            row["saturated"] = np.count_nonzero(activation.saturated(by_neuron).mean(axis=0) > MOST)
        row["unchanged"] = _unchanged(weight, beginning[name])
    return {"loss": np.float32(value), "layers": record}


def _activation_behind(layers: list[Layer], place: int) -> int | None:
    """The place of the activation function that belongs to a layer; None behind the last one."""
    for behind in range(place + 1, len(layers)):
        if layers[behind].multiplications():
            return None
        if isinstance(layers[behind], Activation):
            return behind
    return None


def _length(values: Array) -> Array:
    return np.sqrt(np.sum(np.square(values, dtype=np.float64)))


def _log_ratio(change: Array, weight: Array) -> Array:
    """log10 |change / weight|, `NO_UPDATE` where one of them is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log10(np.abs(change) / np.abs(weight))
    return np.nan_to_num(ratio, nan=NO_UPDATE, posinf=NO_UPDATE, neginf=NO_UPDATE)


def _described(values: Array) -> tuple[tuple[float, ...], Array]:
    """`NUMBERS` of the values, and how many of a sample of them are in each of `BINS`."""
    lowest, highest = float(values.min()), float(values.max())
    sample = values.ravel()[:: -(-values.size // SAMPLE)]
    counts = np.histogram(sample, BINS, (lowest, highest))[0]
    return (lowest, highest, float(values.mean()), float(values.std())), counts


def _unchanged(weight: Array, beginning: Array) -> int:
    """How many neurons have the weights that they began with."""
    now, then = weight.reshape(len(weight), -1), beginning.reshape(len(weight), -1)
    moved = np.linalg.norm(now - then, axis=1)
    return int(np.count_nonzero(moved <= UNCHANGED * np.linalg.norm(then, axis=1)))
