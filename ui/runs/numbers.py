"""The newest numbers of a run, each with what it means."""

from bisect import bisect_right
from typing import Any

import nn
from nn.history.recorder import ANSWERS
from nn.runs import Run
from ui.runs.measured import finite, newest_training
from ui.runs.members import members, starts
from ui.settings.network_size import network_layers
from ui.settings.settings import SETTINGS
from ui.settings.widgets import plain_number
from ui.shared.percent import percent

NO_IMAGES = "none kept"
"""In the place of a validation accuracy where none are kept aside for it."""
_MOST_IMAGES = 10**9
_SMALLEST_LOSS = 0.0001
GFLOPS_NOTE = (
    "GFLOP/s: billions of additions and multiplications a second, counted in the matrix products."
)


def newest_numbers(run: Run) -> dict[str, tuple[str, str]]:
    """The newest numbers of a run: name -> (number, explanation)."""
    training = newest_training(run)
    progress = run.progress[-1] if run.progress else {}
    epoch = run.epochs[-1] if run.epochs else {}

    speed = progress.get("samples_per_second") if run.status == "running" else None
    if run.status in ("finished", "stopped"):
        speed = run.events[-1].get("samples_per_second")
    flops = _flops_per_image(run)

    def text(value: Any, write: Any) -> str:
        return "–" if value is None else write(value)

    return {
        "Training loss": (
            text(training.get("train_loss"), loss_text),
            "Mean over the training images of the last moments. Smaller is better.",
        ),
        "Training accuracy": (
            text(training.get("train_accuracy"), percent),
            "Share of right answers on the training images of the last moments. Distorted "
            "images and dropout make them harder than those of the test.",
        ),
        "Validation accuracy": (
            NO_IMAGES
            if run.config.get("val_size") == 0
            else text(epoch.get("val_accuracy"), lambda share: percent(share, val_count(run))),
            "Share of right answers on training images that are kept aside to check it, after the "
            "last whole epoch. How many are kept aside is set under More settings, Validation "
            "images; by default none.",
        ),
        "Learning rate": (
            text(progress.get("learning_rate"), rate_text),
            "The one in use now: how far each step goes. " + _schedule_words(run),
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


def loss_text(loss: float) -> str:
    """A loss with four decimals, where it has exploded with three digits that count; what would
    look like 0 then is "<0.0001"."""
    if 0 < loss < _SMALLEST_LOSS / 2:
        return f"<{_SMALLEST_LOSS:.4f}"
    if loss < 10:
        return f"{loss:.4f}"
    decimals = 1 if loss < 100 else 0
    return f"{float(f'{loss:.3g}'):,.{decimals}f}" if loss < 1e9 else f"{loss:.1e}"


def rate_text(rate: float) -> str:
    """A learning rate with two digits that count: 0.00012, never 1.2e-04."""
    return plain_number(float(f"{rate:.2g}"))


def val_count(run: Run) -> int | None:
    """How many images a run keeps aside for validation, None where that is not known."""
    count = (run.last("started") or {}).get("val_samples", run.config.get("val_size"))
    return count if isinstance(count, int) and 0 <= count <= _MOST_IMAGES else None


def test_count(run: Run) -> int | None:
    """How many test images a run answers while it trains, None where that is not known."""
    samples = (run.last("started") or {}).get("test_samples")
    return None if samples is None else min(ANSWERS, samples)


def test_sample(run: Run) -> str:
    """On how many images the accuracy of the test is measured while it trains, "" where that is
    all of them or is not known."""
    count = test_count(run)
    if count is None or count == (run.last("started") or {}).get("test_samples"):
        return ""
    return f"{count:,} images"


def base_rate(run: Run) -> float | None:
    """The learning rate that the schedule scales: as it was set last; None if it isn't known."""
    change = run.last("set")
    return finite(change.get("value") if change else run.config.get("learning_rate"))


def base_rates(run: Run) -> list[float]:
    """All that it has had, the first first."""
    changes = [event.get("value") for event in run.events if event["type"] == "set"]
    return [rate for one in (run.config.get("learning_rate"), *changes) if (rate := finite(one))]


def rate_set_by(run: Run, member: int, epoch: float) -> float | None:
    """The base rate that was set last up to an epoch of one of its networks, counted from where
    that began; None if none was, or that isn't known."""
    begun = starts(run.config)[member : member + 1] if member else [0]
    changes = [
        event.get("value")
        for event in run.events
        if event["type"] == "set" and begun and event["epoch"] <= begun[0] + epoch
    ]
    return finite(changes[-1]) if changes else None


def schedule_of(run: Run) -> str:
    """What changes the learning rate of a run by itself, in words; "" for nothing."""
    network = member_now(run)
    if network is None:
        return ""
    parts = ["the warm-up"] if network.warmup_epochs else []
    if network.schedule != "constant":
        parts.append(f"the schedule ({SETTINGS['schedule'].show(network.schedule)})")
    return " and ".join(parts)


def member_now(run: Run) -> nn.TrainingConfig | None:
    """The settings of the network whose turn it is; None where the settings don't tell."""
    networks = members(run.config)
    return networks[place_now(run)] if networks else None


def place_now(run: Run) -> int:
    """Which of the run's networks that is."""
    done = run.events[-1]["epoch"] if run.events else 0
    return max(0, bisect_right(starts(run.config), done) - 1)


def _schedule_words(run: Run) -> str:
    what, base = schedule_of(run), base_rate(run)
    if not what or base is None:
        return "It stays as it is set."
    return f"It is the base rate, {plain_number(base)}, times a factor that {what} gives."


def _flops_per_image(run: Run) -> int | None:
    """The mean over all epochs; None where the settings don't tell."""
    networks = members(run.config)
    flops = sum(one.epochs * nn.training_flops(network_layers(one)) for one in networks)
    return flops // sum(one.epochs for one in networks) if networks else None
