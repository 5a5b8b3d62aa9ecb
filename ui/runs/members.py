"""The networks of a run: one, or those of an ensemble, as its settings tell."""

import json
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

import data
import nn


def members(config: dict[str, Any]) -> Sequence[nn.TrainingConfig]:
    """The settings of each network; none where they don't tell: they may be anything.

    Kept for later, because each update of a page asks several times.
    """
    return _members(json.dumps(config))


@lru_cache(maxsize=500)
def _members(text: str) -> Sequence[nn.TrainingConfig]:
    config = json.loads(text)
    if str(config.get("dataset")) not in data.DATASETS or "hidden" not in config:
        return ()
    try:
        return tuple(nn.TrainingConfig.from_dict(config).members)
    except (ValueError, TypeError):
        return ()


def starts(config: dict[str, Any]) -> list[int]:
    """After how many epochs of the run each network begins, [0, ...]; empty where that is not
    known: with early stopping a network may have had fewer epochs than it was to have."""
    networks = members(config)
    if any(one.patience is not None for one in networks):
        return []
    return list(accumulate((one.epochs for one in networks), initial=0))[:-1]
