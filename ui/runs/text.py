"""Words about a run."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import streamlit as st

import data
import nn
from nn.runs import Run
from ui.runs.members import members, starts
from ui.runs.state import RunState
from ui.settings.augmentation import AUGMENTATION
from ui.settings.network_size import network_layers
from ui.settings.settings import SETTINGS
from ui.shared.percent import percent
from ui.shared.url_text import plain


def name(run: Run) -> str:
    """What a run is called on every page: when it began, its network and its data."""
    return _name(run.config, began(run))


def _name(config: dict[str, Any], began: float | None) -> str:
    dataset = str(config.get("dataset", ""))
    info = data.DATASETS.get(dataset)
    sizes = nn.architecture_text([network_layers(one) for one in members(config)])
    parts = [f"Run of {_date(began)}", sizes, info.title if info else dataset]
    return " · ".join(part for part in parts if part)


def one_line(run: Run, status: str) -> str:
    """A run in a list of many: its name and what came of it."""
    return line(run.config, began(run), outcome(run, status))


def line(config: dict[str, Any], began: float | None, outcome: str) -> str:
    """The same, from what `began` and `outcome` told before."""
    return f"{_name(config, began)} · {outcome}"


def began(run: Run) -> float | None:
    """When a run began, in Unix seconds; None if it has just been removed."""
    try:
        seconds: float = run.events[0]["time"] if run.events else run.folder.stat().st_mtime
    except OSError:
        return None
    return seconds


def outcome(run: Run, status: str) -> str:
    """What came of a run: its test accuracy once it has one, else what it is doing."""
    finished = run.last("finished")
    accuracy = finished.get("test_accuracy") if finished else None
    return {"running": "training"}.get(status, status) if accuracy is None else percent(accuracy)


def one_line_each(states: Sequence[RunState]) -> dict[str, str]:
    """The lines of several runs by their ids; the id is added to those that are alike, because a
    select box tells its options apart by what they are called."""
    lines = {state.run.id: one_line(state.run, state.status) for state in states}
    counts = Counter(lines.values())
    return {key: line if counts[line] == 1 else f"{line} · {key}" for key, line in lines.items()}


def details(run: Run) -> str:
    """What the name does not tell: activation, optimizer, and whether images were distorted."""
    parts = [_words(run, field) for field in ("activation", "optimizer")]
    if any(run.config.get(field) for field in AUGMENTATION if field != "elastic_sigma"):
        parts.append("augmented images")
    return " · ".join(filter(None, parts))


def result(run: Run) -> str:
    """How good the network of a finished run is, and on which images."""
    closing = run.events[-1]
    info = data.DATASETS.get(str(run.config.get("dataset")))
    text = f"Test accuracy **{100 * closing['test_accuracy']:.2f} %**: "
    if info is None:
        return text + "so many of the test images are read correctly."
    right = round(closing["test_accuracy"] * info.test_size)
    return text + (
        f"this network reads {right:,} of the {info.test_size:,} test images of {info.title} "
        f"correctly, after {duration(closing['seconds'])} of training."
    )


def ending(state: RunState) -> tuple[str, str]:
    """What became of a run that is not under way, and how to show it: the name of a Streamlit
    message ("success", "info", "warning", "error") and the text."""
    run = state.run
    if state.failure is not None:
        return "error", plain(state.failure)
    if state.status == "finished":
        return ("info" if run.events[-1].get("hint") else "success"), result(run) + _hint(run)
    if state.status == "failed":
        return "error", f"The training failed: {plain(str(run.events[-1].get('message')))}"
    if state.status == "stopped" and not run.progress:
        return "info", "Stopped before it began."
    epoch = run.events[-1]["epoch"] if run.events else None
    where = ""
    if epoch is not None:
        where = f" at epoch {round(epoch, 1):g}" if epoch >= 0.1 else " in the first epoch"
    if state.status == "stopped":
        return "info", f"Stopped{where}. What the network has learned so far is kept." + _hint(run)
    if state.status == "interrupted":
        return "warning", f"Interrupted{where}, perhaps because the server was restarted."
    return "info", "This training has not begun."


def _hint(run: Run) -> str:
    """What the training itself has to say about a result that is worth nothing."""
    hint = run.events[-1].get("hint")
    return f" {plain(str(hint))}" if hint else ""


def epoch_text(state: RunState, epochs: int, done: float, seconds_left: float | None) -> str:
    """How far a run under way is, after `done` of all `epochs` of all its networks."""
    now = min(int(done), epochs - 1)
    text = f"Epoch {now + 1} of {epochs}"
    begun = starts(state.run.config)
    if len(begun) > 1:
        which = bisect_right(begun, now) - 1
        each = members(state.run.config)[which].epochs
        text = f"Network {which + 1} of {len(begun)}, epoch {now - begun[which] + 1} of {each}"
    if state.status == "running" and seconds_left is not None:
        text += f" · {duration(seconds_left)} left"
    return text


def duration(seconds: float) -> str:
    """A span of time, rounded as people say it."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes / 60:.1f} h"


GFLOPS_NOTE = (
    "GFLOP/s: billions of additions and multiplications a second, counted in the matrix products."
)


def newest_numbers(run: Run) -> dict[str, tuple[str, str]]:
    """The newest numbers of a run: name -> (number, explanation)."""
    progress = run.progress[-1] if run.progress else {}
    epoch = run.epochs[-1] if run.epochs else {}

    speed = progress.get("samples_per_second") if run.status == "running" else None
    if run.status == "finished":
        speed = run.events[-1].get("samples_per_second")
    flops = _flops_per_image(run)

    def text(value: Any, write: Any) -> str:
        return "–" if value is None else write(value)

    return {
        "Training loss": (
            text(progress.get("train_loss"), "{:.4f}".format),
            "Mean over the training images of the last moments. Smaller is better.",
        ),
        "Training accuracy": (
            text(progress.get("train_accuracy"), percent),
            "Share of right answers on the training images of the last moments. Distorted "
            "images and dropout make them harder than those of the test.",
        ),
        "Validation accuracy": (
            "off" if run.config.get("val_size") == 0 else text(epoch.get("val_accuracy"), percent),
            "Share of right answers on training images that are kept aside to check it, after the "
            "last whole epoch. How many are kept aside is set under More settings, Validation "
            "images; with 0 it is off.",
        ),
        "Images/s": (
            text(speed, "{:,.0f}".format),
            "How many training images it works through each second; at the end, the mean of the "
            "whole training.",
        ),
        "GFLOP/s": (
            text(flops and speed and flops * speed / 1e9, "{:,.1f}".format),
            "How fast it calculates: additions and multiplications of the matrix products each "
            "second, in billions. "
            + ("" if flops is None else f"Learning from an image takes {flops:,} of them. ")
            + "A processor has a limit here; wide layers and large batches come closer to it.",
        ),
    }


def _flops_per_image(run: Run) -> int | None:
    """The mean over all epochs; None where the settings don't tell."""
    networks = members(run.config)
    flops = sum(one.epochs * nn.training_flops(network_layers(one)) for one in networks)
    return flops // sum(one.epochs for one in networks) if networks else None


def _words(run: Run, field: str) -> str:
    """A setting as the page writes it; the folder of a run may hold anything."""
    value = run.config.get(field)
    try:
        text = SETTINGS[field].show(value)
    except (KeyError, TypeError):
        text = str(value)
    return text.replace(", ", "-")


def _date(seconds: float | None) -> str:
    """A time as a date, in the visitor's time zone where the browser tells it."""
    if seconds is None:
        return "a moment ago"
    offset = st.context.timezone_offset
    zone = None if offset is None else timezone(-timedelta(minutes=offset))
    date = datetime.fromtimestamp(seconds, zone or datetime.now().astimezone().tzinfo)
    return f"{date.day} {date:%b}, {date:%H:%M}"
