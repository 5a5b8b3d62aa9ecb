"""Why a network that has learned nothing will not begin to, as its layers tell."""

import numpy as np

from nn.history.health import QUANTITIES, health, weight_layers
from nn.losses.loss import Loss
from nn.network import Network

Array = np.ndarray

ALIKE = 1e-3
"""Neurons are alike whose weights differ by this part of the largest at most: a matrix product may
round one neuron's sums in another order than its neighbour's, which a training adds up."""


def standstill(layers: Array) -> str | None:
    """Why gradients lead nowhere, and what helps, in a few sentences; None if they may.

    Args:
        layers: of a record of `nn.history.health`.
    """
    hidden = layers[:-1]
    for number, row in enumerate(hidden, 1):
        lowest, highest, *_ = row["numbers"][QUANTITIES.index("weights")]
        if lowest == highest and row["neurons"] > 1:
            return _alike(number, f"all its weights are {lowest:g}")
    for number, row in enumerate(hidden, 1):
        if row["dead"] == row["neurons"]:
            return (
                f"All {row['neurons']} neurons of layer {number} are dead: they say 0 to "
                "each training image that was looked at, so that no gradient gets through, and no "
                "learning rate helps any more. Most often the learning rate is too high: start "
                "again with a smaller one, or with Leaky ReLU, whose neurons recover."
            )
    for number, row in enumerate(hidden, 1):
        if row["saturated"] == row["neurons"]:
            return (
                f"All {row['neurons']} neurons of layer {number} are saturated, at the flat ends "
                "of their activation function, so that hardly any gradient gets through. Most "
                "often the learning rate is too high, or the initial weights are too large."
            )
    return None


def standstill_of(network: Network, images: Array, labels: Array, loss: Loss) -> str | None:
    """The same of a network as it is.

    Args:
        network: nobody else works with it.
        images, labels: some that it was trained on, as `nn.images` checks them.
        loss: of the training.
    """
    weights = network.named_parameters()
    for number, place in enumerate(weight_layers(network)[:-1], 1):
        weight = weights[f"{place}.weight"]
        apart = np.ptp(weight, axis=0).max()
        if len(weight) > 1 and np.isfinite(apart) and apart <= ALIKE * np.abs(weight).max():
            return _alike(number, "they have the same weights")
    parameters = network.parameters
    found = health(network, images, labels, loss, np.zeros_like(parameters), parameters)
    return standstill(found["layers"])


def _alike(number: int, how: str) -> str:
    return (
        f"All neurons of layer {number} are alike: {how}, so they do the same and learn "
        "the same, whatever the learning rate. Start again with random initial weights."
    )
