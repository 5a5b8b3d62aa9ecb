"""Words about a run."""

from typing import Any

import data
from nn.runs import Run
from ui.jobs import RunState
from ui.percent import percent
from ui.settings import SETTINGS
from ui.url_text import plain


def title(run: Run) -> str:
    """What is trained, in a few words."""
    words = [_words(run, field) for field in ("dataset", "hidden", "activation", "optimizer")]
    return " · ".join(word for word in words if word)


def one_line(state: RunState) -> str:
    """A run in a list of many; no two have the same line."""
    run = state.run
    outcome = state.status
    if state.status == "finished":
        outcome = percent(run.events[-1]["test_accuracy"])
    return f"{title(run)} · {outcome} · {run.id}"


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
        return "success", result(run)
    if state.status == "failed":
        return "error", f"The training failed: {plain(str(run.events[-1].get('message')))}"
    where = f" at epoch {run.events[-1]['epoch']:.1f}" if run.events else ""
    if state.status == "stopped":
        return "info", f"Stopped{where}. What the network has learned so far is kept."
    if state.status == "interrupted":
        return "warning", f"Interrupted{where}, perhaps because the server was restarted."
    return "info", "This training has not begun."


def epoch_text(state: RunState, epochs: int, done: float, seconds_left: float | None) -> str:
    """How far a run under way is."""
    text = f"Epoch {min(int(done) + 1, epochs)} of {epochs}"
    if state.status == "running" and seconds_left is not None:
        text += f" · {duration(seconds_left)} left"
    return text


def duration(seconds: float) -> str:
    """A span of time, rounded as people say it."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes / 60:.1f} h"


def figures(run: Run) -> dict[str, tuple[str, str]]:
    """The newest numbers of a run: name -> (number, explanation)."""
    progress = run.progress[-1] if run.progress else {}
    epoch = run.epochs[-1] if run.epochs else {}

    def text(value: Any, write: Any) -> str:
        return "–" if value is None else write(value)

    return {
        "Training loss": (
            text(progress.get("train_loss"), "{:.4f}".format),
            "Mean over the training images of the last moments. Smaller is better.",
        ),
        "Training accuracy": (
            text(progress.get("train_accuracy"), percent),
            "Share of right answers on the training images of the last moments.",
        ),
        "Validation accuracy": (
            text(epoch.get("val_accuracy"), percent),
            "Share of right answers, after the last epoch, on images kept aside for this. "
            "How many is set under More settings.",
        ),
        "Images/s": (
            text(progress.get("samples_per_second"), "{:,.0f}".format),
            "How many training images it works through each second.",
        ),
    }


def _words(run: Run, field: str) -> str:
    """A setting as the page writes it; the folder of a run may hold anything."""
    value = run.config.get(field)
    try:
        text = SETTINGS[field].show(value)
    except (KeyError, TypeError):
        text = str(value)
    return text.replace(", ", "-")
