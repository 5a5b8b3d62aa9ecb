"""What the values of a training's state may be: a file that holds one can be damaged."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from nn.checks import learning_rate, one_of, real_number, whole_number
from nn.evaluation.calibration import MAX_TEMPERATURE, MIN_TEMPERATURE

MOST_SECONDS = 1e9
"""Thirty years of training. Of a number far larger, the time of a batch is no part any more."""
MOST_STEPS = 2**53

_OF_TRAINING = (
    "settings",
    "step",
    "epochs_done",
    "epoch_tally",
    "seconds",
    "base_learning_rate",
    "optimizer",
    "best",
    "dropout_rng",
)
_OF_ENSEMBLE = (
    "size",
    "finished",
    "base_learning_rate",
    "temperatures",
    "steps",
    "epochs",
    "seconds",
)


def check_training(values: Any, settings: Mapping[str, Any], generators: Iterable[str]) -> None:
    """Raise ValueError, which names the fault, unless a training can have these.

    Args:
        values: of a `TrainingState` of one network.
        settings: those of the training, with which `values` hold the same.
        generators: names of its network's random generators.
    """
    _check_fields("the values", values, _OF_TRAINING)
    theirs = _check_fields("settings", values["settings"], ())
    for name, own in settings.items():
        if theirs.get(name) != own:
            raise ValueError(
                f"the state is of a training with {name} {theirs.get(name)!r:.200}, "
                f"this one has {own!r:.200}"
            )
    _check_place(values, settings)
    real_number("seconds", values["seconds"], 0, MOST_SECONDS)
    learning_rate(values["base_learning_rate"])
    _check_optimizer(values["optimizer"])
    if values["best"] is not None:
        best = _check_fields("best", values["best"], ("epoch", "val_loss"), alone=True)
        if not settings["val_samples"]:
            raise ValueError("best must be null without a validation part")
        whole_number("best: epoch", best["epoch"], 1, settings["epochs"])
        _finite("best: val_loss", best["val_loss"])
    expected = sorted(generators)
    given = _check_fields("dropout_rng", values["dropout_rng"], expected, alone=True)
    for name, state in given.items():
        _check_generator(f"dropout_rng: {name}", state)


def check_ensemble(values: Any, size: int) -> None:
    """The same for what the state of an ensemble of this size holds of the whole."""
    _check_fields("ensemble", values, ("size",))
    if values["size"] != size:
        raise ValueError(
            f"the state is of a training with ensemble {values['size']!r:.80}, this one has {size}"
        )
    _check_fields("ensemble", values, _OF_ENSEMBLE)
    finished = whole_number("finished", values["finished"], 0, size - 1)
    for name in ("steps", "epochs"):
        whole_number(name, values[name], 0, MOST_STEPS)
    real_number("seconds", values["seconds"], 0, MOST_SECONDS)
    if values["base_learning_rate"] is not None:
        learning_rate(values["base_learning_rate"])
    temperatures = values["temperatures"]
    if not isinstance(temperatures, list) or len(temperatures) != finished:
        raise ValueError(f"temperatures must be {finished} numbers, got {temperatures!r:.80}")
    for value in temperatures:
        real_number("temperature", value, MIN_TEMPERATURE, MAX_TEMPERATURE)


def _check_place(values: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
    """Where the training is, and what it has counted in this epoch."""
    samples, batch_size, epochs = (
        settings[name] for name in ("train_samples", "batch_size", "epochs")
    )
    steps = math.ceil(samples / batch_size)
    done = whole_number("epochs_done", values["epochs_done"], 0, epochs)
    step = whole_number("step", values["step"], done * steps, min(done + 1, epochs) * steps)
    tally = values["epoch_tally"]
    _check_fields("epoch_tally", tally, ("loss", "correct", "samples"), alone=True)
    seen = min((step - done * steps) * batch_size, samples)
    whole_number("epoch_tally: samples", tally["samples"], seen, seen)
    whole_number("epoch_tally: correct", tally["correct"], 0, seen)
    _finite("epoch_tally: loss", tally["loss"])


def _check_optimizer(values: Any) -> None:
    _check_fields("optimizer", values, ("learning_rate", "steps"), alone=True)
    real_number("optimizer: learning_rate", values["learning_rate"], 0, math.inf, high_open=True)
    whole_number("optimizer: steps", values["steps"], 0, MOST_STEPS)


def _check_generator(name: str, state: Any) -> None:
    """The state of NumPy's PCG64."""
    fields = ("bit_generator", "state", "has_uint32", "uinteger")
    _check_fields(name, state, fields, alone=True)
    one_of(f"{name}: bit_generator", state["bit_generator"], ("PCG64",))
    inner = _check_fields(f"{name}: state", state["state"], ("state", "inc"), alone=True)
    for field in ("state", "inc"):
        whole_number(f"{name}: {field}", inner[field], 0, 2**128 - 1)
    whole_number(f"{name}: has_uint32", state["has_uint32"], 0, 1)
    whole_number(f"{name}: uinteger", state["uinteger"], 0, 2**32 - 1)


def _check_fields(
    name: str, value: Any, fields: Iterable[str], *, alone: bool = False
) -> Mapping[str, Any]:
    """`value` if it is an object that has these fields, and no others if they stand `alone`."""
    if not isinstance(value, dict):
        raise ValueError(f"{name} must be an object with names, got {value!r:.80}")
    missing = [field for field in fields if field not in value]
    if missing:
        raise ValueError(f"{name} must hold {', '.join(missing)}")
    other = set(value) - set(fields) if alone else ()
    if other:
        raise ValueError(f"{name} must not hold {', '.join(sorted(other)):.80}")
    return value


def _finite(name: str, value: Any) -> None:
    real_number(name, value, -math.inf, math.inf, low_open=True, high_open=True)
