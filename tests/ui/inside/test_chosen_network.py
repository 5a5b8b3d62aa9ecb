"""The network that the page looks into, as long work takes it."""

from typing import Any

import numpy as np

import nn
from nn.plain_state import network_from
from ui.inside.chosen_network import ChosenNetwork


def chosen(key: str, network: nn.Network) -> ChosenNetwork:
    no_choice: Any = None
    return ChosenNetwork(no_choice, 0, None, network, "a network", key, is_averaged=False)


def test_visitors_of_the_same_network_share_one_copy_of_its_weights() -> None:
    first, second = (nn.Network.mlp([784, 6, 10], seed=seed) for seed in (1, 2))
    state = chosen("of this test", first).state
    assert chosen("of this test", first.copy()).state is state
    np.testing.assert_array_equal(network_from(state).parameters, first.parameters)
    other = chosen("of this test, later", second).state
    np.testing.assert_array_equal(network_from(other).parameters, second.parameters)
