"""A network as plain data and back, to go to another process: its lock and shared memory can't."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nn.layers.specs import layers_from_specs
from nn.network import Network
from nn.training.state import rng_state, set_rng_state
from nn.training.validation import copied

SETTINGS = (
    "input_mean",
    "input_std",
    "temperature",
    "max_energy",
    "averaging",
    "dtype",
    "metadata",
)
"""Arguments of `Network` that it keeps under the same names."""


def plain_state(network: Network) -> dict[str, Any]:
    """All that makes the network, also where its dropout is; copies, and nothing but plain data,
    arrays and an `nn.Averaging`."""
    return {
        "layers": [layer.spec() for layer in network.layers],
        "settings": {name: getattr(network, name) for name in SETTINGS},
        "tensors": copied(network.state_dict()),
        "dropout_rng": rng_state(network),
    }


def network_from(state: dict[str, Any]) -> Network:
    """The network whose `plain_state` this is."""
    network = Network(layers_from_specs(state["layers"]), initializer="zeros", **state["settings"])
    network.load_state_dict(state["tensors"])
    set_rng_state(network, state["dropout_rng"])
    return network


@dataclass(frozen=True)
class Sent:
    """A network for another process, where it arrives as one. Only as it is sent (pickled) its
    plain state is made, which is a copy."""

    network: Network

    def __reduce__(self) -> tuple[Callable[[dict[str, Any]], Network], tuple[dict[str, Any]]]:
        return network_from, (plain_state(self.network),)
