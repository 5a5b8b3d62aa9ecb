"""Whether the models that ship with the project fall for a trick that was made for another."""

from pathlib import Path

import numpy as np
import streamlit as st

import nn
from nn.explain.adversarial import Attack, transfer
from ui.inside.chosen_network import ChosenNetwork
from ui.inside.trick_work import Tricks
from ui.models.list import list_models
from ui.shared.newest import file_stamp

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
            stamp = file_stamp(choice.path)
            answers = _answers(f"{key} {choice.path} {stamp}", choice.path, chosen.network, tricks)
        except (OSError, ValueError):  # it has just been removed
            continue
        if answers is not None:
            found[choice.title.split(" · ")[0]] = answers
    return found


# Read for this and let go: all of them together would fill the server.
@st.cache_resource(max_entries=32, show_spinner=False)
def _answers(
    key: str, _path: Path, _own: nn.Network, _tricks: Tricks
) -> tuple[Array, Array] | None:
    """None of a network that tells other classes apart."""
    other = nn.load(_path)
    if (other.in_features, other.labels) != (_own.in_features, _own.labels):
        return None

    def of(attack: Attack) -> Array:
        return transfer(_own, attack, {"it": other})["it"]

    return of(_tricks.trick), of(_tricks.noise)
