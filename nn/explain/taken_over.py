"""The weights of one network in another of the same layers."""

import numpy as np

from nn.network import Network

Array = np.ndarray


def taken_over(network: Network, other: Network) -> dict[str, Array]:
    """What `network` would have to load (copies, by the names of `Network.state_dict`) to give the
    logits of `other`.

    Where the two scale their inputs x = (image - m) / s otherwise, with m', s' those of `other`,
    the first layer makes up for it, a Linear or Conv2d with weights W' and bias b':

        W = W' s / s'        b = b' + (m - m') / s' · Σ W'

    summed over all inputs of a neuron. Raises ValueError if their layers differ, or begin with a
    layer of another kind and the scaling differs.
    """
    mine, theirs = ([layer.spec() for layer in one.layers] for one in (network, other))
    if mine != theirs:
        raise ValueError(f"other must have the layers {network.layers}, got {other.layers}")
    state = {name: tensor.astype(network.dtype) for name, tensor in other.state_dict().items()}
    if (network.input_mean, network.input_std) != (other.input_mean, other.input_std):
        if "0.weight" not in state:
            raise ValueError(
                f"other must scale its inputs by mean {network.input_mean:g} and deviation "
                f"{network.input_std:g}, got {other.input_mean:g} and {other.input_std:g}"
            )
        weight = state["0.weight"]
        sums = weight.reshape(len(weight), -1).sum(axis=1)
        state["0.bias"] += (network.input_mean - other.input_mean) / other.input_std * sums
        weight *= network.input_std / other.input_std
    return state
