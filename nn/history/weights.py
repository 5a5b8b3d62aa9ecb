"""Weights through a training, as small as they can be looked at."""

from typing import Any

import numpy as np

from nn.history.records import MOMENT
from nn.network import Network

Array = np.ndarray

BYTES = 8_000_000
"""What the weights of a run may take, about."""
WHOLE_PARAMETERS = 250_000
"""Of networks with more, all weights are kept three times only."""
NEURONS = 64
"""So many neurons of their first layer, those with the longest weights, are kept at each moment."""
WHOLE_MOMENTS = 3


def whole_dtype(network: Network) -> np.dtype:
    """Of a record with all parameters and buffers: in the order of `Network.state_dict`, each in C
    order."""
    count = sum(tensor.size for tensor in network.state_dict().values())
    return np.dtype([*MOMENT, ("values", "<f2", (count,))])


def whole_fields(network: Network) -> dict[str, Any]:
    """The fields of such a record but for its moment; what float16 can't hold is its largest
    number, as there is when a training is about to diverge."""
    values = np.concatenate([tensor.ravel() for tensor in network.state_dict().values()])
    most = np.finfo(np.float16).max
    return {"values": np.clip(values, -most, most).astype(np.float16)}


def state_of(network: Network, values: Array) -> dict[str, Array]:
    """The `state_dict` for a network, of the values of a record."""
    state, start = {}, 0
    for name, tensor in network.state_dict().items():
        stop = start + tensor.size
        state[name] = values[start:stop].reshape(tensor.shape).astype(network.dtype)
        start = stop
    return state


def first_layer_dtype(network: Network) -> np.dtype:
    """Of a record with neurons of the first layer: weight ≈ values · scale."""
    weight = next(iter(network.named_parameters().values()))
    count = min(NEURONS, len(weight))
    return np.dtype(
        [
            *MOMENT,
            ("neurons", "<u2", (count,)),
            ("scale", "<f4"),
            ("values", "<i1", (count, weight[0].size)),
        ]
    )


def first_layer_fields(network: Network) -> dict[str, Any]:
    """The fields of such a record but for its moment: for each of the neurons its weights w as
    round(w / scale), where scale = max |w| / 127 over them all, so that they fit int8."""
    weight = next(iter(network.named_parameters().values()))
    rows = weight.reshape(len(weight), -1)
    longest = np.argsort(-np.linalg.norm(rows, axis=1), kind="stable")[:NEURONS]
    neurons = np.sort(longest)
    largest = float(np.abs(rows[neurons]).max())
    scale = largest / 127 or 1.0
    return {"neurons": neurons, "scale": scale, "values": np.rint(rows[neurons] / scale)}
