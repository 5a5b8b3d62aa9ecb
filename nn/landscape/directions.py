"""Which sheet to look at: in random directions, along a training's path, between two networks."""

from collections.abc import Sequence

import numpy as np

from nn.checks import whole_number
from nn.explain.components import principal_components
from nn.explain.taken_over import taken_over
from nn.landscape.sheet import Sheet, state_vector
from nn.network import Network

Array = np.ndarray


def random_sheet(network: Network, seed: int = 0) -> Sheet:
    """Through a network, in two random directions, filter by filter as long as its weights:

        d_ij ← d_ij / ‖d_ij‖ · ‖w_ij‖

    for the weights w_ij of each neuron or filter j of layer i, d_ij drawn from a normal
    distribution. So x = 1 changes each of them by its own length, and networks whose weights differ
    only in scale look the same. Biases and batch normalisation stay as they are. (Li et al. 2018.)
    """
    rng = np.random.default_rng(whole_number("seed", seed, 0, 2**63 - 1))
    return Sheet(network, _random_direction(network, rng), _random_direction(network, rng))


def path_sheet(networks: Sequence[Network]) -> tuple[Sheet, Array]:
    """Through the last of the networks that a training went through, along the two principal
    components of their parameters, and the shares (2,) of the path's variance that these hold.

    u and v have length 1. Running statistics of batch normalisation are those of the last network
    everywhere. (Li et al. 2018.) Raises ValueError for fewer than three networks.
    """
    if len(networks) < 3:
        raise ValueError(f"networks must be at least 3, got {len(networks)}")
    found = principal_components(np.stack([network.parameters for network in networks]), 2)
    last = networks[-1]
    rest = np.zeros((2, len(state_vector(last)) - last.num_parameters))
    first, second = np.hstack((found.axes, rest)).astype(last.dtype)
    return Sheet(last, first, second), found.shares


def straight_line(network: Network, other: Network) -> Sheet:
    """From one network, at x = 0, to another of the same layers, at x = 1; there is no second
    direction: y has no meaning.

        θ(x) = (1 - x) θ_0 + x θ_1

    (Goodfellow, Vinyals, Saxe 2015, "Qualitatively characterizing neural network optimization
    problems".) Running statistics of batch normalisation go along, and if the two scale their
    inputs otherwise the first layer makes up for it. Raises ValueError if their layers differ.
    """
    end = network.copy()
    end.load_state_dict(taken_over(network, other))
    way = state_vector(end) - state_vector(network)
    return Sheet(network, way, np.zeros_like(way))


def _random_direction(network: Network, rng: np.random.Generator) -> Array:
    direction = np.zeros_like(state_vector(network))
    views = network.views(direction[: network.num_parameters])
    for name, weights in network.named_parameters().items():
        if weights.ndim > 1:
            drawn = rng.standard_normal(weights.shape)
            lengths = _lengths(drawn)
            drawn *= _lengths(weights)
            drawn /= lengths
            views[name][...] = drawn
    return direction


def _lengths(weights: Array) -> Array:
    """Of each neuron's or filter's weights, in a shape that goes with theirs."""
    flat = weights.reshape(len(weights), -1)
    lengths: Array = np.sqrt(np.einsum("nw,nw->n", flat, flat, dtype=np.float64))
    return lengths.reshape(-1, *[1] * (weights.ndim - 1))
