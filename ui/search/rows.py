"""A row of the form: one setting that a search varies, as somebody has filled it in.

A row may hold anything that can be typed; `part_of` says what it means, or what is wrong with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nn.search.space import Choices, Part, Range, Value
from nn.training.config import OF_THE_WHOLE
from ui.settings.settings import LEARNING_RATES, SETTINGS
from ui.settings.widgets import Choice, Number, Setting, Switch, Widths, plain_number

EVENLY, LOG, VALUES = "evenly", "log", "values"
BETWEEN = "|"
"""Stands between values that are listed."""
NONE = "none"
"""The word for no layers at all."""

_NOT_SEARCHED = (*OF_THE_WHOLE, "ensemble", "keep_best", "patience", "writing_styles")
SEARCHED: tuple[str, ...] = tuple(field for field in SETTINGS if field not in _NOT_SEARCHED)
"""What can be searched. The rest are the same for all trials, or else these could not be compared;
or they would mean several trainings a trial."""


@dataclass(frozen=True)
class Row:
    """How a setting is varied.

    how: one of EVENLY and LOG, from `low` to `high`, or VALUES, those listed in `values`.
    """

    field: str
    how: str
    low: float | None = None
    high: float | None = None
    values: str = ""


DEFAULT_ROWS = (
    Row("learning_rate", LOG, 0.001, 0.5),
    Row("hidden", VALUES, values="64 | 128, 64 | 256, 128"),
    Row("dropout", EVENLY, 0.0, 0.5),
)
_USUAL = {
    row.field: row
    for row in (
        *DEFAULT_ROWS,
        Row("epochs", EVENLY, 3, 15),
        Row("batch_size", VALUES, values="32 | 64 | 128"),
        Row("momentum", EVENLY, 0.0, 0.95),
        Row("warmup_epochs", EVENLY, 0.0, 2.0),
        Row("convolutions", VALUES, values="none | 8 | 8, 16"),
        Row("weight_decay", LOG, 0.00001, 0.1),
        Row("l1", LOG, 0.000001, 0.001),
        Row("label_smoothing", EVENLY, 0.0, 0.2),
        Row("init_scale", LOG, 0.1, 10.0),
    )
}


def is_number(field: str) -> bool:
    """Whether a setting can be varied over a range."""
    return field == "learning_rate" or isinstance(SETTINGS[field], Number)


def is_whole(field: str) -> bool:
    """Whether it can be whole numbers only."""
    setting = SETTINGS[field]
    return isinstance(setting, Number) and isinstance(setting.low, int)


def limits(field: str) -> tuple[float, float]:
    """The lowest and the highest number that a setting may be."""
    setting = SETTINGS[field]
    if isinstance(setting, Number):
        return setting.low, setting.high
    return LEARNING_RATES[0], LEARNING_RATES[-1]


def usual_row(field: str) -> Row:
    """What is worth trying of a setting."""
    setting = SETTINGS[field]
    if field in _USUAL:
        return _USUAL[field]
    if isinstance(setting, Number):
        return Row(field, EVENLY, setting.low, setting.high)
    return Row(field, VALUES, values=f" {BETWEEN} ".join(options(field)))


def options(field: str) -> list[str]:
    """What can be listed of a setting that is one of a few; empty for others."""
    setting = SETTINGS[field]
    if isinstance(setting, Switch):
        return ["on", "off"]
    if isinstance(setting, Choice) and not is_number(field):
        return list(setting.options.values())
    return []


def part_of(row: Row) -> Part:
    """What a row says is to be tried; ValueError, in words for the page, if that can't be."""
    setting = SETTINGS[row.field]
    try:
        if row.how == VALUES:
            texts = [text.strip() for text in row.values.split(BETWEEN)]
            values = [value_of(row.field, text) for text in texts if text]
            return Choices(row.field, tuple(values))
        return _range(row)
    except ValueError as error:
        words = str(error).replace(row.field, "it")
        raise ValueError(f"{setting.label}: {words}.") from None


def _range(row: Row) -> Range:
    low, high = limits(row.field)
    for end in (row.low, row.high):
        if end is None or not low <= end <= high:
            raise ValueError(f"please enter numbers from {_shown(low)} to {_shown(high)}")
    return Range(row.field, row.low, row.high, log=row.how == LOG, whole=is_whole(row.field))  # type: ignore[arg-type]


def value_of(field: str, text: str) -> Value:
    """The value of a setting that a text says; ValueError, which says what is allowed."""
    setting = SETTINGS[field]
    if isinstance(setting, Widths):
        return setting.parse("" if text.lower() == NONE else text)
    if isinstance(setting, Switch):
        if text.lower() not in ("on", "off", "true", "false"):
            raise ValueError(f"please choose on or off, not {text:.40}")
        return text.lower() in ("on", "true")
    if is_number(field):
        return _number(field, text)
    return _option(setting, text)


def _number(field: str, text: str) -> float:
    low, high = limits(field)
    try:
        value = int(text) if is_whole(field) else float(text)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        kind = "whole numbers" if is_whole(field) else "numbers"
        raise ValueError(f"please list {kind} from {_shown(low)} to {_shown(high)}")
    return value


def _option(setting: Setting, text: str) -> Any:
    assert isinstance(setting, Choice)
    title = setting.url_text(text)
    return next(value for value, shown in setting.options.items() if shown == title)


def value_words(field: str, value: Any) -> str:
    """A value that was tried, as the Train page shows it; a network without layers is "none"."""
    setting = SETTINGS.get(field)
    if isinstance(value, float):
        return plain_number(float(f"{value:.3g}"))
    try:
        return str(value) if setting is None else (setting.show(value) or NONE)
    except (KeyError, TypeError, ValueError):  # another version's
        return f"{value!r:.60}"


def row_of(part: Part) -> Row:
    """The row that says to try this."""
    if isinstance(part, Range) and part.step is None:
        return Row(part.name, LOG if part.log else EVENLY, part.low, part.high)
    values = (value_words(part.name, value) for value in part.values or ())
    return Row(part.name, VALUES, values=f" {BETWEEN} ".join(values))


def _shown(number: float) -> str:
    return plain_number(number)


def space_of(rows: Sequence[Row]) -> tuple[Part, ...]:
    """What all rows say is to be tried; ValueError, in words for the page, for those that can't be,
    for none, and for a setting twice."""
    if not rows:
        raise ValueError("Add at least one setting to try.")
    problems, parts = [], []
    for row in rows:
        try:
            parts.append(part_of(row))
        except ValueError as error:
            problems.append(str(error))
    names = [row.field for row in rows]
    problems += [
        f"{SETTINGS[name].label} is there twice: one row is enough."
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    if problems:
        raise ValueError("  \n".join(problems))
    return tuple(parts)
