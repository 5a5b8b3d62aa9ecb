"""Whether the models that ship with the project fall for a trick that was made for another."""

import numpy as np
import streamlit as st

import nn
from nn.explain.adversarial import Attack, transfer
from ui.inside.chosen_network import ChosenNetwork
from ui.inside.trick_work import Tricks
from ui.models.list import list_models
from ui.models.load import load_stamped

Array = np.ndarray


def other_answers(
    key: str, chosen: ChosenNetwork, tricks: Tricks
) -> dict[str, tuple[Array, Array]]:
    """What other shipped models that tell the same classes apart say, by their names: to the trick
    and to the noise (strengths, classes). `key` is that of the tricks."""
    found = {}
    for choice in list_models():
        if choice.run is not None or choice.key == chosen.choice.key:
            continue
        try:
            network, stamp = load_stamped(choice)
        except ValueError:  # it has just been removed
            continue
        own = chosen.network
        if (network.in_features, network.labels) == (own.in_features, own.labels):
            name = choice.title.split(" · ")[0]
            found[name] = _answers(f"{key} {choice.path} {stamp}", own, network, tricks)
    return found


@st.cache_resource(max_entries=32, show_spinner=False)
def _answers(
    key: str, _own: nn.Network, _other: nn.Network, _tricks: Tricks
) -> tuple[Array, Array]:
    def of(attack: Attack) -> Array:
        return transfer(_own, attack, {"it": _other})["it"]

    return of(_tricks.trick), of(_tricks.noise)
