"""Does a map depend on what the network has learned?

A map that looks the same for random weights shows the image and not the network (Adebayo et al.
2018, "Sanity checks for saliency maps").
"""

import numpy as np

from nn.initializers import INITIALIZERS
from nn.network import Network


def randomised(network: Network, seed: int = 0) -> Network:
    """A copy of the network whose layers have starting weights instead of what they learned."""
    copy = network.copy()
    rng = np.random.default_rng(seed)
    name = next(iter(INITIALIZERS))
    for layer in copy.named_layers().values():
        layer.initialize(rng, name)
    return copy
