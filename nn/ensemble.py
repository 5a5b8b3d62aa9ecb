"""Several networks that answer together."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from nn.averaging import Averaging
from nn.checks import whole_number
from nn.layers import Branches, Layer, Linear
from nn.layers.row import layer_sizes
from nn.layers.specs import new_layers
from nn.network import Network

Array = np.ndarray


class HasLayers(Protocol):
    """A network, or what `nn.load_outline` has read of one."""

    @property
    def layers(self) -> list[Layer]: ...


def join(networks: Sequence[Network]) -> Network:
    """One network that gives the mean of the logits of several, each divided by its temperature.

    Networks that began with other weights and saw the images in another order make different
    mistakes, and those of unlike layers even more so; what most of them say is more often right
    than what any one says (Hansen, Salamon 1990). The mean of logits is that of the logarithms of
    the probabilities, but for a constant: a class has to be probable for all of them.

    Side by side, as `Branches` whose outputs are added, the networks are a single one:

        z = Σ_k W_k/(K T_k) h_k + b_k/(K T_k)

    with h_k the input of the k-th network's last layer, W_k and b_k that layer's parameters, and
    T_k the network's temperature. So whatever can be done with a network can be done with them
    together.

    Args:
        networks: of the same inputs, input scaling, labels and test-time averaging, at least one;
            the last layer Linear, and none joined already.

    Raises ValueError if they are others. The result's temperature is 1 and its `max_energy` None,
    since its logits are others': see `nn.calibrate`.
    """
    _check(networks)
    first, count = networks[0], len(networks)
    joined = Network(
        [Branches([new_layers(network.layers) for network in networks])],
        input_mean=first.input_mean,
        input_std=first.input_std,
        initializer="zeros",
        averaging=first.averaging,
        dtype=first.dtype,
        metadata=first.metadata,
    )
    state = {}
    for k, network in enumerate(networks):
        last = f"{len(network.layers) - 1}."
        for name, values in network.state_dict().items():
            share = 1 / (count * network.temperature) if name.startswith(last) else 1
            state[f"0.{k}.{name}"] = values * share
    joined.load_state_dict(state)
    return joined


def member(network: Network, index: int) -> Network:
    """One of the networks that `network` was joined from, in its own right; a single network is its
    own member 0.

    Its last layer is K times what it is in the joined network, so that the joined logits are the
    mean of the members', and `join` of all members gives the joined parameters again: to the bit
    where K is a power of two, else but for rounding. The temperature T_k stays in that layer, so
    the member's own is 1, and as at `join` its `max_energy` is None.

    Args:
        network: made by `join`, or a single one.
        index: of the member, from 0 to `member_count(network)` - 1.

    Raises ValueError if there is no such member, or if the network holds several in another way.
    """
    count = member_count(network)
    index = whole_number("index", index, 0, count - 1)
    branches = network.layers[0]
    if not isinstance(branches, Branches):
        return network
    row = branches.rows[index]
    if len(network.layers) > 1 or type(row[-1]) is not Linear:
        raise ValueError(f"network must be one that join made, got {network}")
    single = Network(
        new_layers(row),
        input_mean=network.input_mean,
        input_std=network.input_std,
        initializer="zeros",
        averaging=network.averaging,
        dtype=network.dtype,
        metadata=network.metadata,
    )
    last, joined = f"{len(row) - 1}.", network.state_dict()
    single.load_state_dict(
        {
            name: joined[f"0.{index}.{name}"] * (count if name.startswith(last) else 1)
            for name in single.state_dict()
        }
    )
    return single


def member_count(network: HasLayers) -> int:
    """How many networks a network was joined from; 1 if it is a single one."""
    first = network.layers[0]
    return len(first.rows) if isinstance(first, Branches) else 1


def architecture(network: HasLayers) -> str:
    """The sizes of a network's layers, and of how many it was joined: "3 × 784-1024-10"."""
    first = network.layers[0]
    return architecture_text(first.rows if isinstance(first, Branches) else [network.layers])


def architecture_text(rows: Sequence[Sequence[Layer]]) -> str:
    """The same for the layers of each network."""
    counts = Counter("-".join(layer_sizes(row)) for row in rows)
    return " + ".join(f"{n} × {sizes}" if n > 1 else sizes for sizes, n in counts.items())


def _check(networks: Sequence[Network]) -> None:
    if not networks:
        raise ValueError("networks must hold at least one network, got none")
    first = networks[0]
    for index, other in enumerate(networks):
        if isinstance(other.layers[0], Branches):
            raise ValueError(f"networks[{index}] must be a single network, got {other} of several")
        if type(other.layers[-1]) is not Linear:
            raise ValueError(
                f"networks[{index}] must end with a Linear layer, got {other.layers[-1]}"
            )
        for name, mine, given in (
            ("number of inputs", first.in_features, other.in_features),
            ("input scaling", _scaling(first), _scaling(other)),
            ("labels", first.labels, other.labels),
            ("test-time averaging", _words(first.averaging), _words(other.averaging)),
            ("dtype", first.dtype, other.dtype),
        ):
            if mine != given:
                raise ValueError(
                    f"networks[{index}] must have the {name} of the first, {mine}, got {given}"
                )


def _scaling(network: Network) -> tuple[float, float]:
    return network.input_mean, network.input_std


def _words(averaging: Averaging) -> str:
    return str(averaging) or "each image alone"
