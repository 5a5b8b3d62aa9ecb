"""The form of a search: what it begins from, what it tries, how and for how long.

The whole form is one text, which stands in a link: a teacher can hand it out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import data
import nn
from nn.search.fields import parse_parameter
from nn.search.settings import GRID, LOSS, METRICS, SAMPLERS, TPE, SearchSettings, validation_size
from ui.runs.jobs import jobs
from ui.search.rows import DEFAULT_ROWS, Row, row_of, space_of
from ui.settings.presets import PRESETS, preset_values
from ui.settings.settings import SETTINGS, default
from ui.shared.operator_settings import MAX_MINUTES, operator_setting

QUICK = "Quick"
QUICK_VALUES = {
    "hidden": (64,),
    "optimizer": "sgd",
    "momentum": 0.9,
    "learning_rate": 0.05,
    "schedule": "one_cycle",
    "batch_size": 128,
    "epochs": 4,
}
BASES = {
    QUICK: "A small network for few epochs: many trials in a few minutes.",
    **{name: about for name, (about, _) in PRESETS.items()},
}
"""What a search can begin from besides a training that is here, and what each is."""
OF_RUN = "run:"
"""Before the id of such a training."""
MOST_TRIALS, MOST_MINUTES, MOST_EPOCHS = 500, 24 * 60, 200
EPOCHS, TRIALS, MINUTES = "Epochs of a trial", "Trials at most", "Minutes at most"
"""What the fields of these are called."""
_BREAK = ";"
_LONGEST = 5000
"""Characters of a form in a link."""


@dataclass(frozen=True)
class Form:
    """What somebody has filled in.

    base: one of `BASES`, or OF_RUN and the id of a training.
    dataset: what the trials learn from.
    epochs: of each trial.
    """

    base: str = QUICK
    dataset: str = ""
    epochs: int = 4
    rows: Sequence[Row] = DEFAULT_ROWS
    sampler: str = TPE
    metric: str = LOSS
    prune: bool = True
    trials: int | None = 20
    minutes: float | None = 10


def new_form() -> Form:
    """The form as it is at first."""
    return Form(dataset=default("dataset"), epochs=QUICK_VALUES["epochs"])  # type: ignore[arg-type]


def begin_from(form: Form, base: str) -> Form:
    """The form with another base: the dataset and the epochs are those of it."""
    form = replace(form, base=base)
    config = _config_of(base, form.dataset)
    return replace(form, dataset=config.dataset, epochs=min(config.epochs, MOST_EPOCHS))


def base_config(form: Form) -> nn.TrainingConfig:
    """The settings that are the same for all trials, with a validation part in any case; ValueError
    if the training that they are of is gone."""
    config = replace(_config_of(form.base, form.dataset), dataset=form.dataset, epochs=form.epochs)
    images = data.DATASETS[form.dataset].train_size
    if not 0 < config.val_size <= images // 2:
        config = replace(config, val_size=validation_size(images))
    return config


def _config_of(base: str, dataset: str) -> nn.TrainingConfig:
    """The settings of a preset for this dataset, or those of a training, of its first network."""
    if base.startswith(OF_RUN):
        state = jobs().state(base.removeprefix(OF_RUN))
        if state is None:
            raise ValueError("The training that this search is to begin from is not here any more.")
        config = nn.TrainingConfig.from_dict(state.run.config).members[0]
        return replace(config, patience=None)
    values = preset_values("Classic" if base == QUICK else base, dataset)
    if base == QUICK:
        values |= QUICK_VALUES
    return nn.TrainingConfig(dataset=dataset, **values)


def search_settings(form: Form) -> SearchSettings:
    """What the form says; ValueError, in words for the page, if that can't be."""
    _check_numbers(form)
    space = space_of(form.rows)
    if form.sampler == GRID:
        ranges = [SETTINGS[part.name].label for part in space if part.values is None]
        if ranges:
            raise ValueError(
                f"{', '.join(ranges)}: a grid tries values that are listed. Choose “these "
                "values”, or another way to choose."
            )
    if form.trials is None and form.minutes is None:
        raise ValueError("Say how many trials or how many minutes there may be at most.")
    return SearchSettings(
        base_config(form),
        space,
        sampler=form.sampler,
        trials=form.trials,
        minutes=form.minutes,
        prune=form.prune,
        metric=form.metric,
    )


def _check_numbers(form: Form) -> None:
    most_minutes = operator_setting(MAX_MINUTES) or MOST_MINUTES
    for label, number, most in (
        (EPOCHS, form.epochs, MOST_EPOCHS),
        (TRIALS, form.trials, MOST_TRIALS),
        (MINUTES, form.minutes, most_minutes),
    ):
        if number is not None and number > most:
            raise ValueError(f"{label}: at most {most:,} are allowed, not {number:,}.")


def form_text(form: Form) -> str:
    """The form in one line, see `read_form`; rows that mean nothing are left out."""
    words = {
        "base": form.base,
        "data": form.dataset,
        "each": str(form.epochs),
        "how": form.sampler,
        "best": form.metric,
        "prune": "yes" if form.prune else "no",
        "trials": "" if form.trials is None else str(form.trials),
        "minutes": "" if form.minutes is None else f"{form.minutes:g}",
    }
    parts = []
    for row in form.rows:
        try:
            (part,) = space_of([row])
        except ValueError:
            continue
        parts.append(f"{part.name}={part.text}")
    return _BREAK.join([*(f"{name}={value}" for name, value in words.items()), *parts])


def read_form(text: str) -> tuple[Form, list[str]]:
    """The form of such a text, and what of it could not be used, in words for the page."""
    form, rows, problems = new_form(), [], []
    words = text[:_LONGEST].split(_BREAK)
    if len(text) > _LONGEST:
        words.pop()  # it may have been cut
        problems.append(f"it must have at most {_LONGEST:,} characters, the rest is left out")
    for word in words:
        try:
            changed = _with_word(form, word)
            if changed is None:
                part = parse_parameter(word)
                space_of([row_of(part)])
                rows.append(row_of(part))
            else:
                form = changed
        except (ValueError, KeyError, TypeError) as error:
            problems.append(str(error))
    return (replace(form, rows=tuple(rows)) if rows else form), problems


def _with_word(form: Form, word: str) -> Form | None:
    """The form with one word of a text; None for one that is about a setting to try."""
    name, _, value = word.partition("=")
    if name == "base":
        if value not in BASES and not value.startswith(OF_RUN):
            raise ValueError(f"Begin from must be one of {', '.join(BASES)}, got {value:.40}")
        return begin_from(form, value)
    if name == "data":
        return replace(form, dataset=_one_of("Dataset", value, data.DATASETS))
    if name == "how":
        return replace(form, sampler=_one_of("How to choose", value, SAMPLERS))
    if name == "best":
        return replace(form, metric=_one_of("What the best has", value, METRICS))
    if name == "prune":
        return replace(form, prune=_one_of("End bad trials early", value, ("yes", "no")) == "yes")
    if name == "each":
        return replace(form, epochs=int(_number(EPOCHS, value, MOST_EPOCHS)))
    if name == "trials":
        return replace(
            form, trials=int(_number("Number of trials", value, MOST_TRIALS)) if value else None
        )
    if name == "minutes":
        return replace(
            form, minutes=_number("Number of minutes", value, MOST_MINUTES) if value else None
        )
    return None


def _one_of(name: str, value: str, allowed: Sequence[str] | dict) -> str:
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, got {value:.40}")
    return value


def _number(name: str, value: str, most: float) -> float:
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not 1 <= number <= most:
        raise ValueError(f"{name} must be a number from 1 to {most}, got {value:.40}")
    return number
