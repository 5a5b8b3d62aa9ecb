"""The settings and results of what is compared, row by row, for a table."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import data
import nn
from data.saved_predictions import has_predictions
from nn.layers.row import count_parameters
from nn.runs import Run
from ui.compare.compared import Compared
from ui.evaluate.evaluate_model import evaluate_model
from ui.models.load import load_outline
from ui.run_list.differences import rates_text, setting_label, setting_value
from ui.runs.measured import finite, planned_epochs
from ui.runs.members import members
from ui.runs.numbers import base_rate
from ui.runs.text import exact_duration
from ui.runs.training_clock import TrainingClock
from ui.settings.network_size import network_layers
from ui.settings.settings import SETTINGS
from ui.shared.percent import SIGN, percent

UNKNOWN = "–"
_CLASSIC = nn.TrainingConfig().to_dict()


class Row(NamedTuple):
    """A row of the table.

    name: what it tells.
    cells: of each that is compared.
    differs: whether they are not all the same, as far as they are known.
    """

    name: str
    cells: list[str]
    differs: bool


def setting_rows(compared: Sequence[Compared]) -> list[Row]:
    """All settings, in the words of the Train page and in its order. A model that comes with the
    app doesn't say with which it was trained, but for its data."""
    return [
        _row(setting_label(field), [_setting(one, field) for one in compared])
        for field in (*SETTINGS, "other_members")
    ]


def result_rows(compared: Sequence[Compared], statuses: Sequence[str]) -> list[Row]:
    """What they are and what came of them.

    Args:
        compared: runs and models.
        statuses: of each in a word, "" of a model that comes with the app.
    """
    ends = [_closing(one.run) for one in compared]
    told = [_right(one) for one in compared]
    rows = [
        _row("Test accuracy", [_accuracy(right) for right in told]),
        _row("95 % interval", [_interval(right) for right in told]),
        _row("Network", [_network(one) for one in compared]),
        _row("Parameters", [_parameters(one) for one in compared]),
        _row("Epochs", [UNKNOWN if one.run is None else _epochs(one.run) for one in compared]),
        _row("Training time", [UNKNOWN if one.run is None else _time(one.run) for one in compared]),
        _row("Images/s", [_number(end.get("samples_per_second")) for end in ends]),
        _row("State", [status or "comes with the app" for status in statuses]),
    ]
    return [row for row in rows if any(cell != UNKNOWN for cell in row.cells)]


def _row(name: str, cells: list[str]) -> Row:
    return Row(name, cells, len(set(cells) - {UNKNOWN}) > 1)


def _setting(one: Compared, field: str) -> str:
    if one.run is not None and field == "learning_rate":
        return rates_text(one.run.config, base_rate(one.run))
    if one.run is not None:
        return setting_value(field, one.run.config.get(field, _CLASSIC[field]))
    if field == "dataset" and one.choice.dataset:
        return setting_value(field, one.choice.dataset)
    return UNKNOWN


def _closing(run: Run | None) -> dict[str, Any]:
    """The event that ended a run, {} before it."""
    if run is None:
        return {}
    return run.last("finished") or run.last("stopped") or {}


def _right(one: Compared) -> tuple[int, int] | None:
    """How many of how many test images it reads correctly; None where that isn't known."""
    if one.run is None:
        try:
            if not has_predictions(one.choice.path):
                return None
            saved = evaluate_model(one.choice, one.choice.dataset, "test")
        except (OSError, ValueError):
            return None
        return len(saved.true) - saved.mistakes, len(saved.true)
    share = _closing(one.run).get("test_accuracy")
    info = data.DATASETS.get(str(one.run.config.get("dataset")))
    if share is None or info is None:
        return None
    return round(share * info.test_size), info.test_size


def _accuracy(told: tuple[int, int] | None) -> str:
    return UNKNOWN if told is None else percent(told[0] / told[1], told[1])


def _interval(told: tuple[int, int] | None) -> str:
    if told is None:
        return UNKNOWN
    low, high = nn.accuracy_interval(*told)
    return f"{percent(low, told[1]).removesuffix(SIGN)} to {percent(high, told[1])}"


def _network(one: Compared) -> str:
    if one.run is not None:
        networks = [network_layers(config) for config in members(one.run.config)]
        return nn.architecture_text(networks) or UNKNOWN
    try:
        return nn.architecture(load_outline(one.choice.path))
    except (OSError, ValueError):
        return UNKNOWN


def _parameters(one: Compared) -> str:
    if one.run is not None:
        started = (one.run.last("started") or {}).get("num_parameters")
        networks = members(one.run.config)
        counted = sum(count_parameters(network_layers(config)) for config in networks)
        return _number(started or counted or None)
    try:
        return _number(count_parameters(load_outline(one.choice.path).layers))
    except (OSError, ValueError):
        return UNKNOWN


def _epochs(run: Run) -> str:
    planned = planned_epochs(run)
    done = run.events[-1]["epoch"] if run.events else 0.0
    if planned is None or not run.events:
        return UNKNOWN
    return f"{planned:,}" if done >= planned else f"{round(done, 1):g} of {planned:,}"


def _time(run: Run) -> str:
    seconds = finite(_closing(run).get("seconds"))
    if seconds is None:
        clock = TrainingClock()
        for event in run.events:
            seconds = clock(event)
    return exact_duration(seconds) if seconds else UNKNOWN


def _number(value: Any) -> str:
    number = finite(value)
    return UNKNOWN if number is None else f"{number:,.0f}"
