"""What the files of a run may hold: everything that is read from one is checked here first.

A file can be damaged, cut off, or written by another version or program. So that whoever uses an
event or a setting need not doubt it, numbers are finite and of a plausible size, and what should
be text is.
"""

import math
from collections.abc import Callable
from typing import Any

RunEvent = dict[str, Any]
Read = Callable[[Any], Any]
"""Gives a value as it is to be used, None for one that can't be meant."""

OUT_OF_TIME = "time"
"""The `reason` of a `stopped` event where the training took longer than it was allowed."""

PRUNED = "pruned"
"""That of one that a search ended because others were better by then."""

_LONGEST_TEXT = 2000
"""Characters of a message; what is longer is cut."""
_MOST_SETTINGS = 200
_LARGEST_SETTING = 1e100
_DEEPEST_SETTING = 4
"""Lists and objects within each other: the settings hold a list of settings, which hold lists."""


def number(low: float, high: float) -> Read:
    """Reads a number from `low` to `high`."""

    def read(value: Any) -> float | None:
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        return value if fits and low <= value <= high else None  # NaN is nowhere between

    return read


def _whole(low: int, high: int) -> Read:
    within = number(low, high)

    def read(value: Any) -> int | None:
        found = within(value)
        return int(found) if found is not None and found == int(found) else None

    return read


def text(value: Any) -> str | None:
    """Reads a text, and of a long one the beginning."""
    return value[:_LONGEST_TEXT] if isinstance(value, str) else None


count = _whole(0, 10**15)
"""Reads a whole number from 0 on."""
_LOSS = number(-1.0, 1e100)  # a mean of rounded numbers may lie a little below 0
_SHARE = number(0.0, 1.0)
_SECONDS = number(0.0, 1e10)
_SPEED = number(0.0, 1e15)
_TEMPERATURE = number(1e-6, 1e6)
_EPOCHS = _whole(1, 10**9)
_THREADS = _whole(1, 100_000)

_OF_ALL: dict[str, Read] = {
    # A time after the year 2900 is no date that every system can write.
    "time": number(0.0, 3e10),
    "step": count,
    "epoch": number(0.0, 1e9),
}
"""What every event must have."""

_TRAINING: dict[str, Read] = {"train_loss": _LOSS, "train_accuracy": _SHARE}
_VALIDATION: dict[str, Read] = {"val_loss": _LOSS, "val_accuracy": _SHARE}
_CLOSING: dict[str, Read] = {
    "test_accuracy": _SHARE,
    "test_loss": _LOSS,
    "train_loss": _LOSS,
    **_VALIDATION,
    "temperature": _TEMPERATURE,
    "best_epoch": _EPOCHS,
    "seconds": _SECONDS,
    "samples_per_second": _SPEED,
    "set_learning_rate": number(0.0, 1e6),
    "hint": text,
}

EVENTS: dict[str, dict[str, Read]] = {
    "started": {
        "epochs": _EPOCHS,
        "batch_size": count,
        "steps_per_epoch": count,
        "train_samples": count,
        "val_samples": count,
        "test_samples": count,
        "num_parameters": count,
        "threads": _THREADS,
        "dataset": text,
    },
    "progress": {**_TRAINING, "samples_per_second": _SPEED, "learning_rate": number(0.0, 1e6)},
    "validating": {"share": _SHARE},
    "epoch": {**_TRAINING, **_VALIDATION, "test_accuracy": _SHARE},
    "checkpoint": {},
    "paused": {},
    "resumed": {"from_step": count, "threads": _THREADS, "note": text},
    "set": {"name": text, "value": number(0.0, 1e6)},
    "measuring": {},
    "finished": _CLOSING,
    "stopped": {**_CLOSING, "reason": text},
    "failed": {"message": text, "reason": text},
}
"""The types of events, and of each the fields that it may have besides those of all events."""


def checked_event(value: Any) -> RunEvent | None:
    """An event with those of its fields that are declared here, None where they can't be meant.

    None for what is no event of a known type, or lacks what all have.
    """
    kind = value.get("type") if isinstance(value, dict) else None
    fields = EVENTS.get(kind) if isinstance(kind, str) else None
    if fields is None:
        return None
    event: RunEvent = {"type": kind}
    for name, read in _OF_ALL.items():
        event[name] = read(value.get(name))
        if event[name] is None:
            return None
    for name, read in fields.items():
        if name in value:
            event[name] = read(value[name])
    return event


def checked_config(value: Any) -> dict[str, Any]:
    """The settings in a config.json. Which there are, and what each may be, `TrainingConfig` says;
    here they are numbers, texts, true, false or null, and lists and objects of them.

    Raises ValueError, which names the fault, for anything else.
    """
    if not isinstance(value, dict):
        raise ValueError(f"it must hold a JSON object, got {_shortened(value)}")
    if len(value) > _MOST_SETTINGS:
        raise ValueError(f"it must hold at most {_MOST_SETTINGS} settings, got {len(value)}")
    for name, setting in value.items():
        _check_setting(f"{name:.80}", setting, _DEEPEST_SETTING)
    return value


def _check_setting(name: str, value: Any, depth: int) -> None:
    if isinstance(value, int | float):
        if not abs(value) <= _LARGEST_SETTING:
            raise ValueError(f"{name} must be a plausible number, got {_shortened(value)}")
    elif isinstance(value, str):
        if len(value) > _LONGEST_TEXT:
            raise ValueError(f"{name} must be a short text, got {len(value)} characters")
    elif isinstance(value, list | dict):
        if depth == 0 or len(value) > _MOST_SETTINGS:
            raise ValueError(f"{name} must be short and not nested, got {_shortened(value)}")
        for inner in value.values() if isinstance(value, dict) else value:
            _check_setting(name, inner, depth - 1)


def _shortened(value: Any) -> str:
    """What came, short enough for a message."""
    if isinstance(value, list | dict):
        return f"a {'list' if isinstance(value, list) else 'object'} of {len(value)}"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return f"{value!r:.80}"
