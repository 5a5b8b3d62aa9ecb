"""Where Optuna keeps what it knows of a search: a file that several processes append to."""

import math
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import optuna
from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)
from optuna.storages.journal import JournalFileBackend
from optuna.study import StudyDirection

from nn.runs.event_file import EventFile
from nn.runs.folder import is_folder_name
from nn.runs.lock import Mutex
from nn.search import Choices, SearchSettings
from nn.search.folder import JOURNAL
from nn.search.space import Part, Value, value_text

RUN = "run"
"""What Optuna keeps of a trial besides its values: the id of its run."""

_DAMAGE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    NotImplementedError,
    RecursionError,
)
"""What Optuna raises for files that are not as it has written them."""
_NAME = "search"
REDUCTION = 2
"""Of those that have come so far the better half goes on ..."""
_FIRST_RUNG, _LEAST_EPOCHS = REDUCTION**3, 2
"""... first after an eighth of the epochs, and not before the second: of what one epoch tells too
little holds at the end. With the best third, from the first of 12 epochs, the best of 20 settings
was trained to its end in 45 of 100 searches of the built-in digits, with 28 % of all epochs; so it
is in 73, with 43 %."""


class _Journal(JournalFileBackend):
    """Optuna's file, but its lock is one of which a killed process leaves nothing, and a line that
    such a process left unfinished doesn't spoil the next one.

    Nothing here waits for the disk, no more than a training does with its events: an entry took
    longer for that than all the rest, and there are a dozen of each trial.
    """

    def __init__(self, path: Path, alone: Mutex) -> None:
        super().__init__(str(path))
        self._path, self._alone = path, alone

    def append_logs(self, logs: list[dict[str, Any]]) -> None:
        with self._alone, closing(EventFile(self._path)) as file:
            for log in logs:
                file.append(log)


def open_study(folder: Path, settings: SearchSettings, alone: Mutex) -> optuna.Study:
    """Optuna's study of the search in `folder`, begun if it isn't yet.

    Raises ClickException if its file is damaged.
    """
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    path = folder / JOURNAL
    with alone:
        try:
            storage = optuna.storages.JournalStorage(_Journal(path, alone))
            study = optuna.create_study(
                study_name=_NAME,
                storage=storage,
                direction=_direction(settings),
                pruner=optuna.pruners.SuccessiveHalvingPruner(
                    min_resource=first_rung(settings), reduction_factor=REDUCTION
                ),
                load_if_exists=True,
            )
            _check(study, settings)
            return study
        except _DAMAGE as error:
            raise click.ClickException(
                f"{path} is damaged ({error!r:.200}), and the search can't go on. Its trials are "
                "kept, as runs; begin another search"
            ) from error


def _check(study: optuna.Study, settings: SearchSettings) -> None:
    """ValueError if the study is another one's, or a trial in it can't be of this search."""
    if study.directions != [_direction(settings)]:
        raise ValueError(f"its direction must be {_direction(settings).name}")
    for trial in study.get_trials(deepcopy=False):
        run_id = trial.user_attrs.get(RUN)
        if run_id is not None and not is_folder_name(run_id):
            raise ValueError(f"the run of trial {trial.number} must be a name, got {run_id!r:.80}")
        for part in settings.space:
            if part.name not in trial.params:
                continue
            if trial.distributions[part.name] != distribution(part):
                raise ValueError(f"trial {trial.number} must have {part.name} in {part.text}")
            from_optuna(part, trial.params[part.name])


def _direction(settings: SearchSettings) -> StudyDirection:
    return StudyDirection.MINIMIZE if settings.lower_is_better else StudyDirection.MAXIMIZE


def first_rung(settings: SearchSettings) -> int:
    """After how many epochs trials are compared for the first time."""
    most = settings.base.epochs
    for part in settings.space:
        if part.name == "epochs":
            ends = part.values if isinstance(part, Choices) else [part.high]
            most = max(end for end in ends if isinstance(end, int))
    return max(_LEAST_EPOCHS, math.ceil(most / _FIRST_RUNG))


def is_rung(settings: SearchSettings, epoch: int) -> bool:
    """Whether trials are compared after so many epochs."""
    ratio = epoch / first_rung(settings)
    return ratio >= 1 and ratio == REDUCTION ** round(math.log(ratio, REDUCTION))


def distribution(part: Part) -> BaseDistribution:
    """A part of the space as Optuna has it; values to choose from are their texts there."""
    if isinstance(part, Choices):
        return CategoricalDistribution([value_text(value) for value in part.values])
    if part.whole:
        step = 1 if part.step is None else int(part.step)
        return IntDistribution(int(part.low), int(part.high), log=part.log, step=step)
    return FloatDistribution(part.low, part.high, log=part.log, step=part.step)


def suggest(trial: optuna.Trial, part: Part) -> str | float | int:
    """The value that Optuna tries in this trial: a new one, or the one that it has already."""
    if isinstance(part, Choices):
        return trial.suggest_categorical(part.name, [value_text(value) for value in part.values])
    if part.whole:
        step = 1 if part.step is None else int(part.step)
        return trial.suggest_int(part.name, int(part.low), int(part.high), log=part.log, step=step)
    return trial.suggest_float(part.name, part.low, part.high, log=part.log, step=part.step)


def to_optuna(part: Part, value: Value) -> str | float | int:
    """A value as Optuna has it."""
    if isinstance(part, Choices):
        return value_text(value)
    assert isinstance(value, int | float)
    return value


def from_optuna(part: Part, value: object) -> Value:
    """A value as the setting has it."""
    if isinstance(part, Choices):
        values = {value_text(one): one for one in part.values}
        if value not in values:
            raise ValueError(f"{part.name} must be one of {part.text:.300}, got {value!r:.80}")
        return values[value]
    assert isinstance(value, int | float)
    return part.check(min(max(value, part.low), part.high))  # a step's sum may be a bit beyond
