"""What a search will take, told before it begins: from what its trials are thought to take."""

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

import numpy as np

import nn
from nn.search.fields import with_values
from nn.search.settings import SearchSettings
from nn.search.space import Choices, Range, Space, Value
from ui.runs import text as run_text
from ui.runs.budget import max_seconds
from ui.runs.estimate import START_SECONDS, estimate
from ui.runs.jobs import jobs
from ui.settings.network_size import answer_cost, check_size, count_parameters

_SAMPLES = 30
"""So many trials are looked at."""


_SHORT = 10.0
"""Seconds of a trial; rounded ones of less would not add up to the whole."""


class Expected(NamedTuple):
    """What a search will take.

    seconds: until all trials are done, or the time is up; less where trials are ended early.
    trial_seconds: what one of its trials takes, on average.
    trials: how many there will be at most.
    """

    seconds: float
    trial_seconds: float
    trials: int

    @property
    def words(self) -> str:
        """All of it, as people say it."""
        number = "one trial" if self.trials == 1 else f"{self.trials:,} trials"
        whole = f"about {run_text.duration(self.seconds)}"
        if self.trial_seconds < _SHORT:
            return f"{number}: {whole} in all"
        return f"{number} of about {run_text.duration(self.trial_seconds)} each: {whole}"


def expected(settings: SearchSettings) -> Expected:
    """What a search will take here; ValueError, in words for the page, if it or one of its trials
    is more than this server allows."""
    for config in _largest_trials(settings):
        check_size(config)
        jobs().check(config)
    seconds = [_without_start(config) for config in _some_trials(settings)]
    trial = float(np.mean(seconds)) if seconds else 0.0
    whole = START_SECONDS + min(settings.most_trials * trial, settings.seconds)
    in_time = settings.seconds / trial if trial else settings.most_trials
    trials = max(1, min(settings.most_trials, round(min(in_time, settings.most_trials))))
    most = max_seconds()
    if most is not None and whole > most:
        raise ValueError(
            f"This search would take about {run_text.duration(whole)} here; at most "
            f"{run_text.duration(most)} are allowed. Give it at most {most / 60:g} minutes, or "
            "fewer trials."
        )
    return Expected(whole, trial, trials)


def _without_start(config: nn.TrainingConfig) -> float:
    """What a trial takes here once its process has started, which the server's pace holds for, too:
    on a fast one the whole trial may take less than a start is reckoned with."""
    return jobs().check(config).seconds * (1 - START_SECONDS / estimate(config).seconds)


@lru_cache(maxsize=100)
def _largest_trials(settings: SearchSettings) -> tuple[nn.TrainingConfig, ...]:
    """Of what may be tried those that take most, however seldom they come: of each setting the
    value that has the most parameters, the slowest answers, most memory, or most time."""
    return tuple(
        _largest(settings, takes)
        for takes in (
            count_parameters,
            answer_cost,
            lambda config: estimate(config).memory,
            lambda config: estimate(config).seconds,
        )
    )


def _largest(
    settings: SearchSettings, takes: Callable[[nn.TrainingConfig], float]
) -> nn.TrainingConfig:
    largest = settings.base
    for part in settings.space:
        found = []
        for value in part.values if isinstance(part, Choices) else (part.low, part.high):
            with suppress(ValueError):  # it doesn't go with the others
                found.append(with_values(largest, {part.name: value}))
        largest = max(found, key=takes, default=largest)
    return largest


def _some_trials(settings: SearchSettings) -> list[nn.TrainingConfig]:
    """Some of what may be tried, always the same ones; what doesn't go together is left out."""
    rng = np.random.default_rng(0)
    found = []
    for _ in range(_SAMPLES):
        try:
            found.append(with_values(settings.base, _sample(settings.space, rng)))
        except ValueError:
            continue
    return found


def _sample(space: Space, rng: np.random.Generator) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for part in space:
        if part.values is not None:
            values[part.name] = part.values[rng.integers(len(part.values))]
            continue
        assert isinstance(part, Range)
        if part.log:
            value = float(np.exp(rng.uniform(np.log(part.low), np.log(part.high))))
        else:
            value = float(rng.uniform(part.low, part.high))
        values[part.name] = round(value) if part.whole else value
    return values
