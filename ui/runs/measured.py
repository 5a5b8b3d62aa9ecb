"""What a training's events measured: which of them count, and what guessing would measure."""

from collections.abc import Callable
from typing import Any

import numpy as np

import data
import nn
from nn.runs import Run
from ui.runs.members import members

Pick = Callable[[dict[str, Any]], bool]
"""Told of one event of a run after another, whether it is a point of a curve."""

_TAIL = 60
_BEYOND = 1e100
"""A number so large, or infinite, is no measurement."""


class TrainingPoints:
    """Picks the events for the curves of the training images: the finer of two measurements.

    A `progress` event is a mean over the last moments, an `epoch` event over an epoch. Of a small
    dataset many epochs pass between two moments, of a large one many moments within an epoch.
    """

    def __init__(self) -> None:
        self._moments = 0
        """Picked since the last epoch ended."""
        self._epochs = 0
        """Picked since the last moment."""

    def __call__(self, event: dict[str, Any]) -> bool:
        if event["type"] == "progress":
            picked = not self._epochs
            self._epochs = 0
            self._moments += picked
        elif event["type"] == "epoch":
            picked = not self._moments
            self._moments = 0
            self._epochs += picked
        else:
            return False
        return picked


def newest_training(run: Run) -> dict[str, Any]:
    """The event that the curves of the training images end with; {} before there is one."""
    pick = TrainingPoints()
    picked = [event for event in run.events[-_TAIL:] if pick(event)]
    return picked[-1] if picked else {}


def training_points(run: Run) -> list[dict[str, Any]]:
    """All events that the curves of the training images are drawn from."""
    return list(filter(TrainingPoints(), run.events))


def finite(value: Any) -> float | None:
    """A number as a float if there can be such a measurement, else None. Settings of a run may be
    anything; the numbers of its events are checked when they are read."""
    # NaN is not less than anything.
    return float(value) if isinstance(value, int | float) and abs(value) < _BEYOND else None


def planned_epochs(run: Run) -> int | None:
    """The epochs of all networks of a run, as it said when it began; None before it did."""
    epochs: int | None = (run.last("started") or {}).get("epochs")
    return epochs


def guessing_loss(config: dict[str, Any]) -> float | None:
    """The loss of a network that calls all classes equally probable; None where the settings
    don't tell."""
    networks = members(config)
    if not networks:
        return None
    logits = np.zeros((1, data.DATASETS[networks[0].dataset].num_classes), np.float32)
    return nn.LOSSES[networks[0].loss]()(logits, np.zeros(1, int))[0]
