"""Several networks that answer together."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from nn.layers import BatchNorm, Conv2d, GroupedLinear, Layer, Linear
from nn.layers.row import layer_sizes
from nn.network import Network

if TYPE_CHECKING:
    from nn.files import Outline

Array = np.ndarray

MEMBERS = "members"
"""The metadata's name for how many networks were joined."""


def join(networks: Sequence[Network]) -> Network:
    """One network that gives the mean of the logits of several, each divided by its temperature.

    Networks that began with other weights and saw the images in another order make different
    mistakes, and what most of them say is more often right than what any one says (Hansen,
    Salamon 1990). The mean of logits is that of the logarithms of the probabilities, but for a
    constant: a class has to be probable for all of them.

    Side by side the networks are a single one. With the hidden units of all in a row,

        h = f([W_1; ...; W_K] x)    first layer: all see the same image
        h = f(diag(W_1 ... W_K) h)  layers between: each sees its own units (`GroupedLinear`)
        z = 1/K Σ_k W_k h_k / T_k   last layer: the mean of what each says at its temperature

    so that whatever can be done with a network can be done with them together.

    Args:
        networks: of the same layers, input scaling, labels and `test_time_shift`, at least one; the
            last layer Linear, none of them Conv2d, and none joined already.

    Raises ValueError if they are others. The result's temperature is 1 and its
    `max_energy` None, since its logits are others': see `nn.calibrate`.
    """
    _check(networks)
    first, count = networks[0], len(networks)
    joined = Network(
        _layers(first, count),
        input_mean=first.input_mean,
        input_std=first.input_std,
        initializer="zeros",
        test_time_shift=first.test_time_shift,
        dtype=first.dtype,
        metadata=first.metadata | {MEMBERS: str(count)},
    )
    last = len(first.layers) - 1
    tensors = [one.named_parameters() | one.named_buffers() for one in networks]
    for name, target in (joined.named_parameters() | joined.named_buffers()).items():
        parts = [of_one[name] for of_one in tensors]
        index = int(name.split(".")[0])
        if index == last:
            parts = [
                part / (count * one.temperature) for part, one in zip(parts, networks, strict=True)
            ]
        if index == last and (index == 0 or target.ndim == 1):
            target[...] = np.sum(parts, axis=0)
        elif index == last:
            target[...] = np.concatenate(parts, axis=1)
        elif target.ndim == 3:
            target[...] = np.stack(parts, axis=2)
        else:
            target[...] = np.concatenate(parts)
    return joined


def members(network: "Network | Outline") -> int:
    """How many networks a network was joined from; 1 if it is a single one.

    Without a hidden layer the mean of several is a single one again.
    """
    groups = {layer.groups for layer in network.layers if isinstance(layer, GroupedLinear)}
    if groups:
        return max(groups)
    text = network.metadata.get(MEMBERS, "")  # one hidden layer doesn't tell
    count = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1
    hidden = network.widths[1:-1]
    return count if len(hidden) == 1 and count >= 1 and hidden[0] % count == 0 else 1


def architecture(network: "Network | Outline") -> str:
    """The sizes of a network's layers, and of how many it was joined: "3 × 784-1024-10"."""
    count = members(network)
    inputs, *hidden, classes = network.widths
    if count == 1 or any(width % count for width in hidden):
        return "-".join(layer_sizes(network.layers))
    return f"{count} × " + "-".join(map(str, [inputs, *(w // count for w in hidden), classes]))


def _layers(network: Network, count: int) -> list[Layer]:
    """The layers of so many networks like this one side by side."""
    layers: list[Layer] = []
    last = len(network.layers) - 1
    for index, layer in enumerate(network.layers):
        if isinstance(layer, Linear):
            wide_in = layer.in_features * (1 if index == 0 else count)
            wide_out = layer.out_features * (1 if index == last else count)
            if index in (0, last) or count == 1:
                layers.append(Linear(wide_in, wide_out))
            else:
                layers.append(GroupedLinear(wide_in, wide_out, count))
        else:
            arguments = {name: getattr(layer, name) for name in layer.arguments}
            if isinstance(layer, BatchNorm):
                arguments["num_features"] *= count
            layers.append(type(layer)(**arguments))
    return layers


def _check(networks: Sequence[Network]) -> None:
    if not networks:
        raise ValueError("networks must hold at least one network, got none")
    first = networks[0]
    for index, other in enumerate(networks):
        if members(other) > 1:
            raise ValueError(f"networks[{index}] must be a single network, got {other} of several")
        if any(isinstance(layer, Conv2d) for layer in other.layers):
            raise ValueError(f"networks[{index}] must have no convolutions, got {other}")
        if type(other.layers[-1]) is not Linear:
            raise ValueError(
                f"networks[{index}] must end with a Linear layer, got {other.layers[-1]}"
            )
        for name, mine, given in (
            ("layers", first.layers, other.layers),
            ("input scaling", _scaling(first), _scaling(other)),
            ("labels", first.labels, other.labels),
            ("test_time_shift", first.test_time_shift, other.test_time_shift),
            ("dtype", first.dtype, other.dtype),
        ):
            if str(mine) != str(given):
                raise ValueError(
                    f"networks[{index}] must have the {name} of the first, {mine}, got {given}"
                )


def _scaling(network: Network) -> tuple[float, float]:
    return network.input_mean, network.input_std
