"""The network of a set-up."""

from itertools import pairwise

import numpy as np

from nn.layers import ACTIVATIONS, Layer, Linear
from nn.network import Network
from nn.plane.config import LINEAR, PLAYGROUND, PlaneConfig
from nn.plane.switches import Switches


def plane_network(config: PlaneConfig) -> Network:
    """A float64 network for inputs as `inputs_of` gives them, with its starting weights.

    `parameters` holds for each layer the weights (in, out) row by row, then the biases (out,).
    """
    layers: list[Layer] = []
    for (fan_in, fan_out), activation in zip(
        pairwise(config.widths), config.layer_activations, strict=True
    ):
        layers.append(Linear(fan_in, fan_out))
        if activation != LINEAR:
            layers.append(ACTIVATIONS[activation]())
        layers.append(Switches())
    own = config.initializer == PLAYGROUND
    network = Network(
        layers[:-1],  # an output has no switch
        initializer="zeros" if own else config.initializer,
        seed=config.seed,
        dtype=np.float64,
    )
    rng = np.random.default_rng(config.seed)
    for parameter in network.named_parameters().values():
        if own:
            # Drawn as it lies in memory: for each input its weights to all neurons.
            start = rng.uniform(-0.5, 0.5, parameter.T.shape).T if parameter.ndim == 2 else 0.1
            parameter[...] = start
        if parameter.ndim == 2:
            parameter *= config.init_scale
    return network


def switches(network: Network) -> list[Switches]:
    """Those of each hidden layer."""
    return [layer for layer in network.layers if isinstance(layer, Switches)]
