"""The visitors' own copies of models: as many as the server has room for."""

import threading
from weakref import WeakKeyDictionary

import nn


class Copies:
    """Networks, each kept for an owner as long as there is this owner and room for all.

    Where there is none, the copy that was not used for the longest time goes first. The newest one
    is kept in any case.

    Args:
        most_parameters: so many they may have together, at 4 bytes each.
    """

    def __init__(self, most_parameters: int) -> None:
        self._most_parameters = most_parameters
        self._networks: WeakKeyDictionary[object, nn.Network] = WeakKeyDictionary()
        self._lock = threading.Lock()  # visitors come in threads of their own

    def put(self, owner: object, network: nn.Network) -> None:
        """Keep the network for its owner."""
        with self._lock:
            self._networks[owner] = network
            kept = list(self._networks.items())
            excess = sum(one.num_parameters for _, one in kept) - self._most_parameters
            for other, one in kept[:-1]:
                if excess <= 0:
                    break
                del self._networks[other]
                excess -= one.num_parameters

    def get(self, owner: object) -> nn.Network | None:
        """The owner's network; None if there was no more room for it."""
        with self._lock:
            network = self._networks.pop(owner, None)
            if network is not None:
                self._networks[owner] = network  # behind all others: it was used last
            return network
