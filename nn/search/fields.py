"""Which settings of a training can be searched, and what a search may try for them."""

import re
from dataclasses import fields, replace
from typing import Any

from nn.architectures import parse_widths
from nn.checks import one_of
from nn.search.space import LARGEST, MOST_SETTINGS, Choices, Part, Range, Space, Value
from nn.training.config import OF_THE_WHOLE, TrainingConfig

WHOLE, NUMBER, WORD, SWITCH, WIDTHS = "whole", "number", "word", "switch", "widths"
"""Kinds of settings: whole numbers, numbers, one of some words, true or false, widths of layers."""
_KINDS: dict[Any, tuple[str, bool]] = {
    int: (WHOLE, False),
    int | None: (WHOLE, True),
    float: (NUMBER, False),
    float | None: (NUMBER, True),
    str: (WORD, False),
    bool: (SWITCH, False),
    tuple[int, ...]: (WIDTHS, False),
}
"""Of each type of a setting its kind, and whether "none" is a value too."""

_TYPES = {field.name: field.type for field in fields(TrainingConfig)}

_RANGE = re.compile(r"(?P<log>log:)?(?P<low>[^.:].*?|\.\d.*?)\.\.(?P<high>[^:]+)(:(?P<step>.+))?")
_SPELLINGS = {"lr": "learning_rate"}


def searchable() -> dict[str, str]:
    """Every setting that can be searched, with its kind.

    Those of `OF_THE_WHOLE` are not: with another dataset, loss or validation part the figures could
    not be compared; the seed is the same for all so that settings compare and not luck; and of the
    test-time averages validation knows nothing.
    """
    others = (*OF_THE_WHOLE, "other_members")
    return {name: _KINDS[type][0] for name, type in _TYPES.items() if name not in others}


def parse_parameter(text: str) -> Part:
    """The range or the choices in "learning_rate=log:0.001..0.5", "hidden=64|128,64",
    "dropout=0..0.5" or, with a step, "dropout=0..0.5:0.1"; ValueError says what is wrong."""
    name, equals, values = (part.strip() for part in text.partition("="))
    if not equals or not values:
        raise ValueError(
            f"a setting to search must be NAME=LOW..HIGH or NAME=VALUE|VALUE, got {text!r:.200}"
        )
    name = name.lstrip("-").replace("-", "_")
    name = _SPELLINGS.get(name, name)
    kind = _kind(name)
    found = _RANGE.fullmatch(values) if kind in (WHOLE, NUMBER) and "|" not in values else None
    if found is None and "|" not in values:
        raise ValueError(
            f"{name} must have several values, as in '{name}={values:.80}|...' (a shell wants the "
            f"quotes around |), or a range, got only {values!r:.80}"
        )
    if found is None:
        return Choices(name, tuple(_value(name, word.strip()) for word in values.split("|")))
    step = found["step"]
    return Range(
        name,
        _number(name, found["low"]),
        _number(name, found["high"]),
        log=found["log"] is not None,
        step=None if step is None else _number(name, step),
        whole=kind == WHOLE,
    )


def part_from_dict(value: Any) -> Part:
    """The range or the choices of `to_dict`; ValueError for anything else."""
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        raise ValueError(f"a setting to search must be an object with a name, got {value!r:.200}")
    name, kind = value["name"], _kind(value["name"])
    if set(value) == {"name", "choices"} and isinstance(value["choices"], list):
        return Choices(name, tuple(_choice(name, one) for one in value["choices"]))
    allowed = {"name", "low", "high", "log", "step"}
    if not {"name", "low", "high"} <= set(value) <= allowed or kind not in (WHOLE, NUMBER):
        raise ValueError(f"{name} must have either choices or, if a number, low and high")
    more = {field: value[field] for field in ("log", "step") if field in value}
    return Range(name, value["low"], value["high"], whole=kind == WHOLE, **more)


def check_space(parts: Any, base: TrainingConfig) -> Space:
    """The parts as a space beside these settings; ValueError if one is twice there, or has an end
    or a value that the setting itself can't have."""
    space = tuple(parts)
    names = [part.name for part in space]
    if not 1 <= len(space) <= MOST_SETTINGS:
        raise ValueError(f"a search must have from 1 to {MOST_SETTINGS} settings, got {len(space)}")
    for part in space:
        _kind(part.name)
        if names.count(part.name) > 1:
            raise ValueError(f"{part.name} must be there once, got it twice")
        ends = part.values if isinstance(part, Choices) else (part.low, part.high)
        for value in ends:
            _check_value(part.name, value, base)
    return space


def with_values(base: TrainingConfig, values: dict[str, Any]) -> TrainingConfig:
    """The settings with these values; ValueError if they don't go together."""
    return replace(base, **values)


def _check_value(name: str, value: Value, base: TrainingConfig) -> None:
    try:
        with_values(base, {name: value})
    except ValueError as error:
        # Others, as of nesterov without momentum, are about two settings: the other one may be
        # searched too. A trial where they don't go together fails.
        if str(error).startswith(f"{name} must"):
            raise


def _choice(name: str, value: Any) -> Value:
    """A value of `to_dict`; what the setting may be is checked with all the others."""
    if isinstance(value, list) and all(isinstance(one, int) for one in value):
        return tuple(value)
    is_number = isinstance(value, int | float) and abs(value) <= LARGEST
    if value is None or isinstance(value, str) or is_number:
        return value
    raise ValueError(f"{name} must have numbers, words or lists to choose from, got {value!r:.80}")


def _kind(name: str) -> str:
    kinds = searchable()
    if name in OF_THE_WHOLE:
        raise ValueError(
            f"{name} can't be searched: it must be the same for all trials, or they could not be "
            "compared"
        )
    return kinds[one_of("setting to search", name, kinds)]


def _value(name: str, text: str) -> Value:
    kind, has_none = _KINDS[_TYPES[name]]
    if has_none and text == "none":
        return None
    if kind == WORD:
        return text
    if kind == WIDTHS:
        try:
            return () if text == "none" else parse_widths(text)
        except ValueError:
            raise ValueError(
                f"{name} must have lists of whole numbers such as 64|128,64, got {text!r:.80}"
            ) from None
    if kind == SWITCH:
        return one_of(name, text, ("true", "false")) == "true"
    number = _number(name, text)
    if kind == NUMBER:
        return number
    if number != int(number):
        raise ValueError(f"{name} must have whole numbers, got {text!r:.80}")
    return int(number)


def _number(name: str, text: str) -> float:
    try:
        number = float(text)
        if number - number == 0:  # neither infinite nor NaN
            return number
    except ValueError:
        pass
    raise ValueError(
        f"{name} must have numbers, as in {name}=0.1..0.5 or {name}=0.1|0.5, got {text!r:.80}"
    )
