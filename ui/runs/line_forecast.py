"""When the trainings that wait will begin: those under way go by their progress, the others by
comparison with these."""

import heapq
import statistics
from math import inf
from typing import Any

import data
import nn
from nn.runs import Run
from ui.runs.line_limits import PAUSE_SECONDS
from ui.runs.measured import planned_epochs
from ui.runs.members import members
from ui.runs.state import Line, RunState
from ui.runs.time_left import seconds_left
from ui.settings.network_size import network_layers


def seconds_until_start(line: Line, now: float) -> list[float | None]:
    """In how many seconds each run that waits begins, if nobody leaves the line; and, as the last
    one, a run that would join it. None where that is not known.

    A pause ahead counts until its run gives way; where nobody waits for that, it begins to with
    the run that joins.
    """
    known = [speed for state in line.active if (speed := _flops_per_second(state.run))]
    speed = statistics.median(known) if known else None
    free = [_slot_left(state, speed, now) for state in line.active]
    free += [0.0] * (line.limit - len(free))
    heapq.heapify(free)
    begins = []
    for state in line.waiting:
        begins.append(heapq.heappop(free))
        heapq.heappush(free, begins[-1] + _seconds(state.run, speed))
    return [None if begin == inf else begin for begin in (*begins, free[0])]


def _slot_left(state: RunState, speed: float | None, now: float) -> float:
    """How long a run with a process keeps its place; `inf` where that is not known."""
    if state.gives_way is not None:
        return max(0.0, state.gives_way - now)
    if state.status == "paused":
        return PAUSE_SECONDS
    left = seconds_left(state.run)
    return _seconds(state.run, speed) if left is None else left


def _seconds(run: Run, speed: float | None) -> float:
    """How long what a run has still to do takes at so many operations a second; `inf` where that
    is not known."""
    work = _flops_left(run)
    return work / speed if speed and work else inf


def _flops_per_second(run: Run) -> float | None:
    """How many operations in matrix products a run does each second; None where that is not
    known."""
    left = seconds_left(run)
    return _flops_left(run) / left if left else None


def _flops_left(run: Run) -> float:
    """The operations that a run has still to do; 0 where its settings don't tell."""
    epochs = planned_epochs(run)
    done = run.events[-1]["epoch"] / epochs if epochs else 0.0
    return _flops(run.config) * max(0.0, 1.0 - done)


def _flops(config: dict[str, Any]) -> float:
    """The operations of a whole training; 0 where the settings don't tell."""
    info = data.DATASETS.get(str(config.get("dataset")))
    if info is None:
        return 0.0
    return float(
        sum(
            one.epochs * (info.train_size - one.val_size) * nn.training_flops(network_layers(one))
            for one in members(config)
        )
    )
