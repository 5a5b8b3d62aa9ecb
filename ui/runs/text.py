"""Words about a run."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import streamlit as st

import data
import nn
from nn.runs import Run, Summary
from nn.runs.begun import when_begun
from nn.runs.config_file import CONFIG
from nn.runs.durations import measured
from nn.runs.schema import OUT_OF_TIME, PRUNED
from ui.runs.badges import shown_status
from ui.runs.members import members, starts
from ui.runs.run_names import shown_name
from ui.runs.state import RunState
from ui.runs.told_apart import told_apart
from ui.settings.augmentation import AUGMENTATION
from ui.settings.network_size import network_layers
from ui.settings.settings import SETTINGS
from ui.shared.error_text import error_text
from ui.shared.percent import percent
from ui.shared.url_text import plain

MEASURING = "Stopped; measuring the test accuracy ..."


def name(run: Run) -> str:
    """What a run is called where there is room: the name somebody gave it, when it began, its
    network and its data."""
    parts = [_quoted(shown_name(run)), _date_name(began(run)), kind(run.config)]
    return " · ".join(part for part in parts if part)


def called(run: Run) -> str:
    """The name that somebody gave a run, or else one that tells when it began."""
    return _quoted(shown_name(run)) or _date_name(began(run))


def kind(config: dict[str, Any]) -> str:
    """The network and the data of a run."""
    dataset = str(config.get("dataset", ""))
    info = data.DATASETS.get(dataset)
    sizes = nn.architecture_text([network_layers(one) for one in members(config)])
    return " · ".join(part for part in (sizes, info.title if info else dataset) if part)


def one_line(run: Run, status: str) -> str:
    """A run in a list of many."""
    return line(run.config, began(run), outcome(run, status), shown_name(run))


def line(config: dict[str, Any], began: float | None, outcome: str, name: str = "") -> str:
    """The same, from what is known of it already. What must not be cut off where there is little
    room comes first: what it is called, and what came of it."""
    parts = [
        _quoted(name) or _date_name(began),
        outcome,
        kind(config),
        date(began) if name else "",
    ]
    return " · ".join(part for part in parts if part)


def short_line(run: Run, told: Summary) -> str:
    """The same of a run whose events need not all be read for it."""
    first = None if told.first is None else told.first["time"]
    said = _outcome(run.config, told.last or {}, told.status)
    return line(run.config, when_begun(run.folder / CONFIG, first), said, shown_name(run))


def began(run: Run) -> float | None:
    """When somebody began a run, in Unix seconds; None if it has just been removed."""
    return when_begun(run.folder / CONFIG, run.events[0]["time"] if run.events else None)


def outcome(run: Run, status: str) -> str:
    """What came of a run: its test accuracy once it has one, and what it is doing unless it is
    finished."""
    return _outcome(run.config, _newest(run), status)


def _outcome(config: dict[str, Any], newest: dict[str, Any], status: str) -> str:
    accuracy = _accuracy(config, newest)
    if accuracy is None:
        return {"running": "training"}.get(status, shown_status(status, newest))
    return accuracy if status == "finished" else f"{accuracy}, {shown_status(status, newest)}"


def result_accuracy(run: Run) -> str | None:
    """The test accuracy of a run that is finished or stopped, in percent; None for others."""
    return _accuracy(run.config, _newest(run))


def _accuracy(config: dict[str, Any], newest: dict[str, Any]) -> str | None:
    share = _result_share(newest)
    if share is None:
        return None
    info = data.DATASETS.get(str(config.get("dataset")))
    return percent(share, info.test_size if info else 10_000)


def _newest(run: Run) -> dict[str, Any]:
    return run.events[-1] if run.events else {}


def _result_share(newest: dict[str, Any]) -> float | None:
    """The test accuracy in the newest event of a run."""
    if newest.get("type") not in ("finished", "stopped"):
        return None
    share: float | None = newest.get("test_accuracy")
    return share


def one_line_each(states: Sequence[RunState]) -> dict[str, str]:
    """The lines of several runs by their ids, no two alike."""
    return told_apart({state.run.id: one_line(state.run, state.status) for state in states})


def details(run: Run) -> str:
    """What the name does not tell: activation, optimizer, and whether images were distorted."""
    parts = [_words(run, field) for field in ("activation", "optimizer")]
    if any(run.config.get(field) for field in AUGMENTATION if field != "elastic_sigma"):
        parts.append("augmented images")
    return " · ".join(filter(None, parts))


def result(run: Run) -> str:
    """How good the network of a finished or stopped run is, and on which images."""
    share = _result_share(_newest(run))
    if share is None:
        return "The training is finished, but its test accuracy is not known."
    info = data.DATASETS.get(str(run.config.get("dataset")))
    text = f"Test accuracy **{result_accuracy(run)}**: "
    if info is None:
        return text + "so many of the test images are read correctly."
    seconds = run.events[-1].get("seconds")
    after = "" if seconds is None else f", after {exact_duration(seconds)} of training"
    return text + (
        f"this network reads {round(share * info.test_size):,} of the {info.test_size:,} test "
        f"images of {info.title} correctly{after}."
    )


def ending(state: RunState, noticed: str = "") -> tuple[str, str]:
    """What became of a run that is not under way, and how to show it: the name of a Streamlit
    message ("success", "info", "warning", "error") and the text. `noticed` is said of a result in
    the place of what the training itself has to say about one that is worth nothing."""
    run = state.run
    if state.failure is not None:
        return "error", error_text(state.failure)
    if state.status == "finished":
        kind = "info" if run.events[-1].get("hint") else "success"
        return kind, result(run) + (noticed or _hint(run))
    if state.status == "failed":
        message = run.events[-1].get("message")
        why = "it left no message." if message is None else error_text(message)
        return "error", f"The training failed: {why}"
    if state.status == "stopped" and not run.progress:
        return "info", "Stopped before it began."
    epoch = run.events[-1]["epoch"] if run.events else None
    where = ""
    if epoch is not None:
        where = f" at epoch {round(epoch, 1):g}" if epoch >= 0.1 else " in the first epoch"
    if state.status == "stopped":
        reason = run.events[-1].get("reason")
        late = reason == OUT_OF_TIME
        why = ": it took far longer than a training may here" if late else ""
        if reason == PRUNED:
            why = ": other trials of its search were better"
        ended = shown_status(state.status, run.events[-1]).capitalize()
        kept = f"{ended}{where}{why}. What the network has learned so far is kept."
        told = kept if result_accuracy(run) is None else f"{kept} {result(run)}"
        return "info", told + (noticed or _hint(run))
    if state.status == "interrupted":
        told = f"Interrupted{where}, perhaps because the server was restarted."
        if not run.can_go_on:
            told += " What was saved to go on with is damaged."
            told += " The network that it had is kept." if run.model_path.is_file() else ""
        return "warning", told
    return "info", "This training has not begun."


def _hint(run: Run) -> str:
    """What the training itself has to say about a result that is worth nothing."""
    hint = run.events[-1].get("hint")
    return f" {plain(str(hint))}" if hint else ""


def epoch_text(state: RunState, epochs: int, done: float, seconds_left: float | None) -> str:
    """How far a run under way is, after `done` of all `epochs` of all its networks."""
    is_measuring = bool(state.run.events) and state.run.events[-1]["type"] == "measuring"
    if is_measuring and state.doing != "stopping":
        since = "" if state.silence is None else f", for {duration(state.silence)}"
        return f"Trained; now measuring the test accuracy{since}"
    silent = ""
    if state.silence is not None and not is_measuring:
        silent = f"no sign of life for {duration(state.silence)}"
    if state.doing == "stopping":
        return f"Told to stop · {silent}" if silent else MEASURING
    share = validated(state.run)
    now = min(int(done), epochs - 1) if share is None else max(0, round(done) - 1)
    text = f"Epoch {now + 1} of {epochs}"
    begun = starts(state.run.config)
    if len(begun) > 1:
        which = bisect_right(begun, now) - 1
        each = members(state.run.config)[which].epochs
        text = f"Network {which + 1} of {len(begun)}, epoch {now - begun[which] + 1} of {each}"
    if share is not None:
        text += f" · checking on the validation images, {percent(share)}"
    if silent:
        text += f" · {silent}"
    elif state.status == "running" and seconds_left is not None:
        text += f" · {duration(seconds_left)} left"
    return text


def validated(run: Run) -> float | None:
    """Which share of the validation images has been gone through after an epoch; None where that
    isn't what goes on."""
    share = run.events[-1].get("share") if run.events else None
    return None if share is None else float(share)


def exact_duration(seconds: float) -> str:
    """A span of time that was measured, in two units."""
    if seconds < 9.95:
        return measured(seconds)
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min"


def duration(seconds: float) -> str:
    """A span of time, rounded as people say it."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    return f"{minutes / 60:.1f} h" if minutes < 600 else f"{minutes / 60:.0f} h"


def _words(run: Run, field: str) -> str:
    """A setting as the page writes it; the folder of a run may hold anything."""
    value = run.config.get(field)
    try:
        text = SETTINGS[field].show(value)
    except (KeyError, TypeError):
        text = str(value)
    return text.replace(", ", "-")


def _quoted(name: str) -> str:
    """A name that somebody gave, so that it passes for nothing else: the names of models that come
    with the app and the words of the app have no quotes."""
    return f"“{name}”" if name else ""


def _date_name(seconds: float | None) -> str:
    return f"Training of {date(seconds)}"


def date(seconds: float | None) -> str:
    """A time as a date, in the visitor's time zone where the browser tells it."""
    if seconds is None:
        return "a moment ago"
    local = local_time(seconds)
    return f"{local.day} {local:%b}, {local:%H:%M}"


def clock_time(seconds: float | None) -> str:
    """The same to the second, without the day."""
    return "a moment ago" if seconds is None else f"{local_time(seconds):%H:%M:%S}"


def local_time(seconds: float) -> datetime:
    """A time by the visitor's clock, or by the server's where the browser doesn't tell."""
    possible = min(max(0.0, seconds), 3e10)  # that of a folder may be anything
    offset = st.context.timezone_offset
    zone = None if offset is None else timezone(-timedelta(minutes=offset))
    return datetime.fromtimestamp(possible, zone or datetime.now().astimezone().tzinfo)
