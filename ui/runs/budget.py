"""What one training may take of this server: time as whoever runs it allows, memory as there is."""

from dataclasses import replace

import nn
from nn.runs import Run
from nn.runs.schema import OUT_OF_TIME
from ui.runs import text as run_text
from ui.runs.estimate import Estimate, estimate, memory_text
from ui.settings.network_size import TooLarge
from ui.shared.machine_memory import container_memory, own_memory
from ui.shared.operator_settings import MAX_MEGABYTES, MAX_MINUTES, operator_setting

PATIENCE = 2.0
"""A training that takes so many times what is allowed, since estimates are not exact, is ended."""
_SPARE = 0.1
"""This share of a container's memory is for files and whatever else."""


def max_seconds() -> float | None:
    """The time that one training may be expected to take; None for any."""
    minutes = operator_setting(MAX_MINUTES)
    return 60.0 * minutes if minutes else None


def max_memory(at_once: int) -> float | None:
    """The bytes that each of so many trainings at a time may take; None for any: as whoever runs
    the server says, or else what its container has beside the server itself."""
    megabytes = operator_setting(MAX_MEGABYTES)
    if megabytes:
        return 1e6 * megabytes
    limit = container_memory()
    if limit is None:
        return None
    return max(0.0, (1 - _SPARE) * limit - own_memory()) / at_once


def check_budget(config: nn.TrainingConfig, pace: float, at_once: int) -> Estimate:
    """What the training is expected to take; TooLarge, with the setting to change, if that is more
    than one may. `pace` and `at_once` are those of the server's jobs."""
    expected = estimate(config, pace)
    seconds, memory = max_seconds(), max_memory(at_once)
    if seconds is not None and expected.seconds > seconds:
        field, advice = _shorter(config, pace, seconds)
        most = run_text.duration(seconds)
        would = run_text.duration(expected.seconds)
        about = "a little over" if would == most else "about"
        raise TooLarge(
            field,
            f"This training would take {about} {would} here; at most {most} are allowed. {advice}",
        )
    if memory is not None and expected.memory > memory:
        field, advice = _smaller(config, memory)
        raise TooLarge(
            field,
            f"This training would take about {memory_text(expected.memory)} of memory; at most "
            f"{memory_text(memory)} are here for one. {advice}",
        )
    return expected


def check_rest(run: Run) -> None:
    """ValueError if a run has had all the time that a training may take here."""
    most = max_seconds()
    newest = run.events[-1] if run.events else {}
    was_ended = newest.get("reason") == OUT_OF_TIME
    if most is not None and was_ended and (newest.get("seconds") or 0.0) >= PATIENCE * most:
        raise ValueError("It has taken far longer than a training may here.")


def _shorter(config: nn.TrainingConfig, pace: float, seconds: float) -> tuple[str, str]:
    """The setting with which a training fits into the time, and how."""
    if len(config.members) > 1:
        one = estimate(config.members[0], pace).seconds
        if one <= seconds:
            fit = int(seconds / one)
            return "ensemble", f"Train {fit} network{'s' * (fit > 1)} at most, or fewer epochs."
    once = estimate(config, pace).seconds
    twice = estimate(replace(config, epochs=2 * config.epochs), pace).seconds
    fit = int(config.epochs - (once - seconds) * config.epochs / (twice - once))
    if fit >= 1:
        return "epochs", f"Train for {fit} epoch{'s' * (fit > 1)} at most, or a smaller network."
    if config.convolutions:
        return "convolutions", "Choose fewer filters."
    return "hidden", "Make the hidden layers narrower."


def _smaller(config: nn.TrainingConfig, memory: float) -> tuple[str, str]:
    """The setting with which a training fits into the memory, and how."""
    if config.convolutions:
        batch = config.batch_size
        while batch > 8 and estimate(replace(config, batch_size=batch)).memory > memory:
            batch //= 2
        if estimate(replace(config, batch_size=batch)).memory <= memory:
            return "batch_size", f"Batches of {batch} fit."
        return "convolutions", "Choose fewer filters."
    if len(config.members) > 1:
        return "ensemble", "Train fewer networks."
    return "hidden", "Make the hidden layers narrower, or choose SGD, which remembers less."
