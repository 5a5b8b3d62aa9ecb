"""Does a map depend on what the network has learned?

A map that looks the same for random weights shows the image and not the network (Adebayo et al.
2018, "Sanity checks for saliency maps").
"""

from nn.layers.specs import new_layers
from nn.network import Network


def randomised(network: Network, seed: int = 0) -> Network:
    """A network of the same layers as they begin a training: nothing is left of what they learned,
    of batch normalisation's running statistics neither."""
    return Network(
        new_layers(network.layers),
        seed=seed,
        input_mean=network.input_mean,
        input_std=network.input_std,
        dtype=network.dtype,
        metadata=network.metadata,
    )
