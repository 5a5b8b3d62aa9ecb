"""The files of a search, as the pages read them and as a process that goes on with it does."""

import json
import logging
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import click

import nn
from nn.cli.search.trials import Trials
from nn.search import Search, SearchSettings, SearchWriter, best_config, write_search
from nn.search.command_line import search_command, train_command
from nn.search.fields import parse_parameter
from nn.search.folder import EVENTS, JOURNAL, SETTINGS, runs_of
from nn.search.origin import ORIGIN, Origin, read_origin, write_origin
from tests.stress.fuzz.campaign import Trial
from tests.stress.fuzz.mutations import as_json, changed_bytes, changed_value
from ui.runs.searches import _has_training
from ui.runs.state import SearchState
from ui.search import plotted, text
from ui.search.row import details
from ui.search.trials import _is_here, _line, _row

_SPACE = ("learning_rate=log:0.001..0.5", "hidden=32|64,32", "dropout=0..0.5:0.1", "epochs=2..9")
_SETTINGS = SearchSettings(
    nn.TrainingConfig(dataset="digits", hidden=(8,), epochs=4, val_size=200),
    tuple(map(parse_parameter, _SPACE)),
    trials=4,
    minutes=3,
)
_TRIED: dict[str, Any] = {"learning_rate": 0.1, "hidden": [64, 32], "dropout": 0.2, "epochs": 3}


def _events() -> list[dict[str, Any]]:
    """Those of a search of three trials, with all that can happen to one."""
    figures = {"value": 0.3, "val_loss": 0.3, "val_accuracy": 0.9, "epochs": 3, "best_epoch": 2}
    told: list[dict[str, Any]] = [{"type": "started", "trials": 4}]
    for number, state in enumerate(("finished", "pruned", "failed")):
        more = {"reason": "pruned", "message": None} if number else {}
        told += [
            {"type": "trial_started", "trial": number, "run": f"run-{number}", "params": _TRIED},
            {"type": "trial_ended", "trial": number, "state": state, "seconds": 2.5}
            | {**figures, "value": 0.3 + number, **more},
        ]
    shares = {"learning_rate": 0.7, "hidden": 0.2, "dropout": 0.1}
    told += [{"type": "importance", "trials": 3, "shares": shares}, {"type": "paused"}]
    told += [{"type": "resumed"}, {"type": "left"}, {"type": "resumed"}]
    told += [{"type": "trial_started", "trial": 3, "run": "run-3", "params": _TRIED}]
    told += [{"type": "failed", "message": "it broke"}, {"type": "stopped"}]
    told += [{"type": "finished", "reason": "time"}]
    return [{**event, "time": 1.7e9 + 3.5 * place} for place, event in enumerate(told)]


def searches(folder: Path) -> Trial:
    """`search.json` and `events.jsonl` of a search, and what a run says of which search it is."""
    logging.disable(logging.WARNING)  # Streamlit's, that there is no page
    place = folder / "searches" / "one"
    write_search(place, _SETTINGS)
    settings, whole = json.loads((place / SETTINGS).read_bytes()), _events()
    write_origin(folder, Origin("one", 3))
    origin = (folder / ORIGIN).read_bytes()

    def trial(rng: Random) -> None:
        told = rng.sample(whole, rng.randint(1, len(whole)))
        told.sort(key=lambda event: (event["time"], rng.random()))
        changed = settings
        if rng.random() < 0.4:
            changed = changed_value(rng, settings)
        else:
            for index in rng.sample(range(len(told)), rng.randint(1, min(3, len(told)))):
                told[index] = changed_value(rng, told[index])
        content = "".join(as_json(event) + "\n" for event in told).encode()
        described = as_json(changed).encode()
        if rng.random() < 0.3:
            content = changed_bytes(rng, content)
        if rng.random() < 0.1:
            described = changed_bytes(rng, described)
        if rng.random() < 0.1:
            (folder / ORIGIN).write_bytes(changed_bytes(rng, origin))
            read_origin(folder)
        first = rng.randrange(len(content) + 1) if rng.random() < 0.3 else len(content)
        (place / SETTINGS).write_bytes(described)
        (place / EVENTS).write_bytes(content[:first])
        search = Search(place)
        _say_all(search)
        if first < len(content):
            with (place / EVENTS).open("ab") as file:
                file.write(content[first:])
            search.refresh()
            _say_all(search)

    return trial


def _say_all(search: Search) -> None:
    """Pages refuse no search that can be read: a ValueError, too, would be a fault."""
    try:
        _every_word(search)
    except ValueError as error:
        raise AssertionError("a page raised a ValueError") from error


def _every_word(search: Search) -> None:
    """All that the pages say and draw of it, without a page."""
    for status in {search.status, "running"}:
        state = SearchState(search, status)
        words = [text.called(search), text.about(search), text.counts(search), details(state)]
        share, told = text.progress(state)
        assert 0 <= share <= 1
        words += [told, *text.ending(state)]
    figures = [plotted.best_figure(search), plotted.coordinates(search)]
    if search.importance:
        figures.append(plotted.importances(search))
    json.dumps(figures, allow_nan=False)
    for trial in search.trials:
        json.dumps(_row(search, trial), allow_nan=False)
        words.append(_line(search, trial))
        place = search.run_folder(trial.run_id)
        _has_training(trial, place)
        _is_here(search, trial)
        if trial.run_id and place.resolve().parent != runs_of(search.folder).resolve():
            raise AssertionError("a trial is elsewhere")
    words += search_command(search.settings)
    config = best_config(search)
    if config is not None:
        words += train_command(config)
    search.seconds_worked(time.time())
    assert all(isinstance(word, str) for word in words)


def journals(folder: Path) -> Trial:
    """`journal.log`, from which a search goes on."""
    place = folder / "searches" / "one"
    write_search(place, _SETTINGS)
    with SearchWriter(place) as writer:
        handed = [Trials(Search(place), writer).take() for _ in range(2)]
    for task in handed:
        assert task is not None
        task.writer.close()
    lines = (place / JOURNAL).read_bytes().splitlines()
    events = (place / EVENTS).read_bytes()

    def trial(rng: Random) -> None:
        content = _changed_lines(rng, lines) if rng.random() < 0.7 else b"\n".join(lines) + b"\n"
        if rng.random() < 0.5:
            content = changed_bytes(rng, content)
        (place / JOURNAL).write_bytes(content)
        (place / EVENTS).write_bytes(events)
        try:
            _go_on(place)
        except click.ClickException as refused:
            raise ValueError(refused.message) from refused
        finally:
            _remove_new(folder, {task.run.id for task in handed if task is not None})

    return trial


def _changed_lines(rng: Random, lines: list[bytes]) -> bytes:
    """A few lines gone, moved, doubled, or with other values."""
    changed = list(lines)
    changes: list[Callable[[int], Any]] = [
        lambda index: changed.pop(index),
        lambda index: changed.insert(rng.randrange(len(changed)), changed.pop(index)),
        lambda index: changed.insert(index, changed[index]),
        lambda index: changed.__setitem__(
            index, as_json(changed_value(rng, json.loads(changed[index]))).encode()
        ),
    ]
    for _ in range(rng.randint(1, 3)):
        if changed:
            rng.choice(changes)(rng.randrange(len(changed)))
    return b"\n".join(changed) + b"\n"


def _go_on(place: Path) -> None:
    """Take the next trial and tell how it ended, as a process does."""
    with SearchWriter(place) as writer:
        trials = Trials(Search(place), writer)
        task = trials.take()
        if task is not None:
            task.writer.write("stopped", 1, 1.0, val_loss=0.5, val_accuracy=0.5)
            trials.end(task, "stopped")


def _remove_new(folder: Path, known: set[str]) -> None:
    """Remove the runs of trials that were begun just now, and what was written into the others."""
    for path in folder.iterdir():
        if path.name == "searches":
            continue
        if path.name in known:
            (path / "events.jsonl").unlink(missing_ok=True)
        elif path.is_dir():
            shutil.rmtree(path)
