"""What a training looks like to somebody who has seen many: rules over its events, and what to try.

Nothing here knows of pages. Each rule gives a `Finding` or None; the first that gives one counts.
"""

from dataclasses import dataclass
from typing import Any

import data
import nn
from nn.history.standstill import standstill
from nn.runs import Run
from ui.runs.kept import kept
from ui.runs.measured import guessing_loss, training_points
from ui.runs.members import starts
from ui.runs.numbers import base_rate, loss_text, member_now, place_now
from ui.settings.settings import SETTINGS
from ui.settings.widgets import plain_number
from ui.shared.percent import percent
from ui.train.overfitting import overfitting_since

Event = dict[str, Any]

LOOK_SECONDS = 1.0
"""So much of a training is looked at, and must have been seen before anything is said."""
LEAST_IMAGES = 3000
"""Fewer say little: of ten classes, chance alone may seem like learning."""
LEAST_EPOCHS = 2
"""Or so many whole epochs, which a small dataset has sooner."""
EXPLODED = 20.0
"""Times the loss of guessing."""
USUAL_RATES = {"sgd": 0.1, "adagrad": 0.01, "adadelta": 1.0}
"""Learning rates that most often do well; those of all other optimizers are near 0.001."""
LOW = 0.05
"""Times the usual rate: a training with less learns slowly."""
LARGE_SCALE, SMALL_SCALE = 3.0, 0.1
"""Of the initial weights: with such ones most networks begin badly, whatever the learning rate."""
_USUAL_SCALE = "Start again with 1 as their scale."
_REMEMBERED_SECONDS = 10.0


@dataclass(frozen=True)
class Finding:
    """What is noticed about a training.

    kind: "exploded", "jumped", "nothing learned", "overfitting" or "validation above".
    text: what it is and what to try, in a sentence or two.
    """

    kind: str
    text: str

    @property
    def is_trouble(self) -> bool:
        """Whether the training is worth nothing as it goes."""
        return self.kind in ("exploded", "nothing learned")


def finding(run: Run) -> Finding | None:
    """The most important thing to say about a run as it is now; None if there is nothing."""
    network, guess = member_now(run), guessing_loss(run.config)
    if network is None or guess is None or run.last("started") is None:
        return None
    recent = _recent(run)
    if recent and _at_chance(run, recent, network, guess):
        return _nothing_learned(run, recent, network, guess)
    return (
        _exploding(run, network, guess)
        or _overfitting(run, network)
        or _validation_above(run, network)
    )


def _recent(run: Run) -> list[Event]:
    """The measurements on training images of the last moments; none before there are enough."""
    started, measured = run.last("started") or {}, [*run.progress[-50:], *run.epochs[-50:]]
    measured = [one for one in measured if one.get("train_loss") is not None]
    if not measured:
        return []
    measured.sort(key=lambda event: event["step"])
    end = measured[-1]
    images = end["epoch"] * (started.get("train_samples") or 0)
    looked = end["time"] - started["time"] >= LOOK_SECONDS and images >= LEAST_IMAGES
    if not looked and len(run.epochs) < LEAST_EPOCHS:
        return []
    return [event for event in measured if event["time"] >= end["time"] - LOOK_SECONDS][-20:]


def _at_chance(run: Run, recent: list[Event], network: nn.TrainingConfig, guess: float) -> bool:
    """Whether the answers are no better than guesses, or always the most frequent class."""
    chance = 1 / data.DATASETS[network.dataset].num_classes
    accuracy = _mean(recent, "train_accuracy")
    return accuracy <= 1.8 * chance and _mean(recent, "train_loss") >= 0.88 * guess


def _nothing_learned(
    run: Run, recent: list[Event], network: nn.TrainingConfig, guess: float
) -> Finding:
    """Why the network answers as if it guessed, as well as that can be told."""
    # Short: it must fit into the lines that the page keeps free for it.
    said = f"It answers as if it guessed ({percent(_mean(recent, 'train_accuracy'))} right lately)"
    rate = base_rate(run) or network.learning_rate
    highest = max(_losses(training_points(run)), default=0.0)
    smaller, larger = (plain_number(float(f"{one:.2g}")) for one in (rate / 10, rate * 10))
    if network.initializer == "zeros" and (network.hidden or network.convolutions):
        why = (
            ": all weights began at zero, so all neurons of a layer do the same and learn the "
            "same. Choose other initial weights, such as "
            f"{SETTINGS['initializer'].show('he_normal')}."
        )
        return Finding("nothing learned", said + why)
    known = _standstill(run, network)
    if highest > EXPLODED * guess:
        return Finding(
            "exploded",
            f"The loss exploded (up to {loss_text(highest)}). {said}: "
            + (_large_weights(network) or _high_rate(f"with {smaller}"))
            + (f" {known}" if known else _dead(network)),
        )
    if large := _large_weights(network):
        why = f": {large}" + (f" {known}" if known else _dead(network))
    elif known:
        why = f". {known}"
    elif network.init_scale <= SMALL_SCALE and rate <= _usual_rate(network):
        why = (
            f": the initial weights are only {plain_number(network.init_scale)} times as large as "
            f"usual, so that hardly anything gets through the layers. {_USUAL_SCALE}"
        )
    elif rate <= LOW * _usual_rate(network):
        why = f" so far. The learning rate may be too low: try {larger}."
    elif network.activation in ("sigmoid", "tanh") and len(network.hidden) >= 3:
        layers = (
            f"{len(network.hidden)} layers of {SETTINGS['activation'].show(network.activation)}"
        )
        why = f". Gradients get lost in {layers}: try ReLU, fewer layers or batch normalisation."
    else:
        why = f". Most often the learning rate is too high: try {smaller}.{_dead(network)}"
    return Finding("nothing learned", said + why)


def _standstill(run: Run, network: nn.TrainingConfig) -> str | None:
    """Why nothing more can be learned, as the newest moment of the run's history tells."""
    found = kept(run.folder, network.dataset, place_now(run), "health")
    return None if found is None else standstill(found.records["layers"][-1])


def _high_rate(again: str) -> str:
    return f"the learning rate is too high. Start again {again}."


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _usual_rate(network: nn.TrainingConfig) -> float:
    return USUAL_RATES.get(network.optimizer, 0.001)


def _large_weights(network: nn.TrainingConfig) -> str:
    """That the initial weights are what is too large, and no learning rate mends that."""
    if network.init_scale < LARGE_SCALE:
        return ""
    return (
        f"the initial weights are {plain_number(network.init_scale)} times as large as usual, so "
        f"that the first answers are sure and wrong. {_USUAL_SCALE}"
    )


def _dead(network: nn.TrainingConfig) -> str:
    if network.activation != "relu" or not network.hidden:
        return ""
    return " Its neurons may be dead, 0 for every image; with Leaky ReLU they recover."


def _exploding(run: Run, network: nn.TrainingConfig, guess: float) -> Finding | None:
    """A loss that is beyond all measure, or was a moment ago and came back."""
    if len(run.progress) < 2:
        return None
    since = run.progress[-1]["time"] - _REMEMBERED_SECONDS
    losses = _losses([one for one in run.progress[-100:] if one["time"] >= since])
    if max(losses, default=0.0) <= EXPLODED * guess:
        return None
    large = _large_weights(network)
    if max(losses[-5:]) > EXPLODED * guess:
        return Finding(
            "exploded",
            f"The loss explodes: it was {loss_text(max(losses))} a moment ago, guessing has "
            f"{loss_text(guess)}. {_sentence(large or _high_rate('with a tenth of it'))}",
        )
    if large and run.progress[0]["time"] >= since:
        return Finding("jumped", f"The loss began at {loss_text(max(losses))}: {large}")
    return Finding(
        "jumped",
        f"The loss jumped up to {loss_text(max(losses))} and came back. A smaller learning rate "
        "or a limit on the gradient's length makes the training steadier.",
    )


def _overfitting(run: Run, network: nn.TrainingConfig) -> Finding | None:
    done = run.epochs[-1]["epoch"] if run.epochs else 0
    begun = max((start for start in starts(run.config) if start < done), default=0)
    # By their numbers: of a long training not all are there any more.
    epochs = [epoch for epoch in run.epochs if epoch["epoch"] > begun]
    since = overfitting_since(epochs)
    if since is None:
        return None
    best, last = epochs[since], epochs[-1]
    kept = " The weights of the best epoch are kept." if network.keep_best else ""
    return Finding(
        "overfitting",
        f"Overfitting since epoch {best['epoch']}: the loss of the validation images was lowest "
        f"there ({loss_text(best['val_loss'])}) and is {loss_text(last['val_loss'])} now, while "
        f"that of the training images still falls.{kept} Augmentation, dropout or fewer epochs "
        "help.",
    )


def _validation_above(run: Run, network: nn.TrainingConfig) -> Finding | None:
    last = run.epochs[-1] if run.epochs else {}
    training, validation = last.get("train_accuracy"), last.get("val_accuracy")
    if training is None or validation is None or validation <= training:
        return None
    reasons = ["the training images are distorted"] if network.augmentation.is_active else []
    if network.dropout:
        reasons.append("neurons are left out at random (dropout)")
    if not reasons:
        return None
    return Finding(
        "validation above",
        "Validation is above training because "
        f"{' and '.join(reasons)} while the network learns, which makes it harder, and not when "
        "it is checked. That is as it should be.",
    )


def _losses(events: list[Event]) -> list[float]:
    losses = (event.get("train_loss") for event in events)
    return [loss for loss in losses if loss is not None]


def _mean(events: list[Event], field: str) -> float:
    values = [value for event in events if (value := event.get(field)) is not None]
    return sum(values) / len(values) if values else 0.0
