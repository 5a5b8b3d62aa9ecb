"""How long a training will still take, from how fast it went lately."""

from bisect import bisect_right
from typing import Any

import nn
from nn.runs import Run
from ui.runs.measured import finite, planned_epochs
from ui.runs.members import members, starts
from ui.settings.network_size import network_layers

WINDOW_SECONDS = 10.0
"""So much of the past counts: long enough to be steady, and not before the last pause."""
LEAST_SECONDS = 1.0
"""Less tells nothing: the first steps take their time to set things up."""
_MOST_EVENTS = 1000


def seconds_left(run: Run) -> float | None:
    """Seconds until the last epoch is done; None while it is too early to say.

    The clock counts, and not the speed of the training steps alone: so validation is in it.
    """
    epochs = planned_epochs(run)
    if epochs is None:
        return None
    recent = _recent(run)
    if len(recent) < 3:
        return None
    first, last = recent[0], recent[-1]
    seconds = last["time"] - first["time"]
    if seconds < LEAST_SECONDS:
        return None
    work = _work(run, last["epoch"]) - _work(run, first["epoch"])
    if not work > 0:
        return None
    rest = _work(run, epochs) - _work(run, last["epoch"])
    left = finite(rest * seconds / work)  # the folder of a run may hold anything
    return None if left is None else max(0.0, left)


def _recent(run: Run) -> list[dict[str, Any]]:
    """The measurements of the last seconds, oldest first, none from before a pause."""
    recent: list[dict[str, Any]] = []
    for event in reversed(run.events[-_MOST_EVENTS:]):
        if event["type"] in ("started", "resumed", "paused"):
            break
        if event["type"] in ("progress", "epoch"):
            if recent and event["time"] < recent[0]["time"] - WINDOW_SECONDS:
                break
            recent.append(event)
    return recent[::-1]


def _work(run: Run, epoch: float) -> float:
    """What so many epochs take, in epochs of the first network: those of an ensemble differ."""
    networks, begun = members(run.config), starts(run.config)
    if len(begun) < 2:
        return epoch
    costs = [float(nn.training_flops(network_layers(one))) for one in networks]
    which = bisect_right(begun, epoch) - 1
    before = sum(cost * one.epochs for cost, one in zip(costs[:which], networks, strict=False))
    return (before + costs[which] * (epoch - begun[which])) / costs[0]
