"""When the trainings that wait will begin: those under way go by their progress, the others by
comparison with these, or by what they are thought to take."""

import heapq
import statistics
import time
from collections.abc import Callable
from math import inf
from typing import Any

import data
import nn
from nn.runs import Run
from ui.runs.line_limits import PAUSE_SECONDS
from ui.runs.measured import planned_epochs
from ui.runs.members import members
from ui.runs.state import Line, RunState, State
from ui.runs.time_left import seconds_left
from ui.settings.network_size import network_layers
from ui.shared.operator_settings import RUNNING_EACH, TURN_SECONDS, operator_setting


def seconds_until_start(
    line: Line, now: float, guess: Callable[[Run], float | None] = lambda run: None
) -> list[float | None]:
    """In how many seconds each run that waits begins, if nobody leaves the line; and, as the last
    one, a run that would join it at its end. None where that is not known.

    Who waits behind somebody else's training waits no longer than until that gives way. A pause
    ahead counts until its run gives way; where nobody waits for that, it begins to with the run
    that joins.

    Args:
        line: who trains and who waits.
        now: the time, of `time.monotonic`.
        guess: what is thought of a whole run, in seconds, where nothing is measured.
    """
    each, turn = operator_setting(RUNNING_EACH), float(operator_setting(TURN_SECONDS))
    active_runs = [state.run for state in line.active if isinstance(state, RunState)]
    known = [speed for run in active_runs if (speed := _flops_per_second(run))]
    speed = statistics.median(known) if known else None
    free = [0.0] * (line.limit - len(line.active))
    ends: dict[str, list[float]] = {}
    """When those end that each visitor has under way."""
    for state in line.active:
        free.append(_slot_left(state, speed, now, guess))
        ends.setdefault(state.visitor, []).append(free[-1])
    heapq.heapify(free)
    begins = []
    for index, state in enumerate(line.waiting):
        begin, own = heapq.heappop(free), sorted(ends.get(state.visitor, []))
        if state.visitor and len(own) >= each:
            begin = max(begin, own[-each])
        takes = _seconds(state, speed, guess)
        if any(other.visitor != state.visitor for other in line.waiting[index + 1 :]):
            takes = min(takes, turn)
        begins.append(begin)
        heapq.heappush(free, begin + takes)
        ends.setdefault(state.visitor, []).append(begin + takes)
    return [None if begin == inf else begin for begin in (*begins, free[0])]


def _slot_left(
    state: State, speed: float | None, now: float, guess: Callable[[Run], float | None]
) -> float:
    """How long a run with a process keeps its place; `inf` where that is not known."""
    gives_way = inf if state.gives_way is None else max(0.0, state.gives_way - now)
    if state.status == "paused":
        return PAUSE_SECONDS if state.gives_way is None else gives_way
    left = None
    if isinstance(state, RunState) and state.silence is None:
        left = seconds_left(state.run)
    return min(gives_way, _seconds(state, speed, guess) if left is None else left)


def _seconds(state: State, speed: float | None, guess: Callable[[Run], float | None]) -> float:
    """How long what a run or search has still to do takes: at so many operations a second, or as it
    is thought; `inf` where that is not known."""
    if not isinstance(state, RunState):
        left = state.search.seconds_left(time.time())
        return inf if left is None else left
    run = state.run
    work = _flops_left(run)
    if speed and work:
        return work / speed
    whole = guess(run)
    return inf if whole is None else whole * (1 - _share_done(run))


def _flops_per_second(run: Run) -> float | None:
    """How many operations in matrix products a run does each second; None where that is not
    known."""
    left = seconds_left(run)
    return _flops_left(run) / left if left else None


def _flops_left(run: Run) -> float:
    """The operations that a run has still to do; 0 where its settings don't tell."""
    return _flops(run.config) * (1 - _share_done(run))


def _share_done(run: Run) -> float:
    """How much of its epochs a run has done."""
    epochs = planned_epochs(run)
    return min(1.0, run.events[-1]["epoch"] / epochs) if epochs else 0.0


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
