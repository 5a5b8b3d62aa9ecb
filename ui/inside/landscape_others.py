"""The models that a straight line can go to: those of the same layers."""

from functools import lru_cache
from pathlib import Path

import nn
from ui.inside.chosen_network import ChosenNetwork, shared_state
from ui.models.list import list_models
from ui.models.load import load_stamped
from ui.models.model_choice import ModelChoice
from ui.shared.newest import Stamp, file_stamp

_MOST = 50
"""Of the newest."""


def others_of(chosen: ChosenNetwork) -> dict[str, ModelChoice]:
    """By their keys. The model itself is one where a moment of it is chosen: the line goes to its
    end then."""
    shape = _text(chosen.network.layers)
    found = {}
    for choice in list_models():
        is_same = choice.key == chosen.choice.key and chosen.step is None
        if not is_same and _shape(choice) == shape:
            found[choice.key] = choice
        if len(found) == _MOST:
            break
    return found


def state_of_other(choice: ModelChoice) -> tuple[dict[str, object], str]:
    """The other network's `plain_state`, and a key for it. ValueError where its file is gone."""
    network, stamp = load_stamped(choice)
    key = f"{choice.path}:{stamp}"
    return shared_state(key, network), key


def _shape(choice: ModelChoice) -> str | None:
    try:
        return _shape_of_file(choice.path, file_stamp(choice.path))
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=1000)
def _shape_of_file(path: Path, stamp: Stamp) -> str:
    return _text(nn.load_outline(path).layers)


def _text(layers: list[nn.Layer]) -> str:
    return str([layer.spec() for layer in layers])
