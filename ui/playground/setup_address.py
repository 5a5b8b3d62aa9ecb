"""A set-up as parameters of an address and back.

What is as it would be without a word is left out: as in a new `Setup`, or in a lesson's step as its
set-up says. A second network has the names of the first one with "b_" before them.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

import nn
from data.plane.catalog import SETS, make_points
from data.plane.formula import Formula
from data.plane.points import FEWEST_POINTS, MOST_NOISE, MOST_POINTS, REACH
from nn.losses import VALUE_LOSSES
from nn.plane.config import (
    MOST_LAYERS,
    MOST_NEURONS,
    PLANE_ACTIVATIONS,
    PLANE_INITIALIZERS,
    PlaneConfig,
)
from nn.plane.features import FEATURES
from ui.playground import address_fields as kinds
from ui.playground.address_fields import Kind
from ui.playground.own_points import OwnPoints
from ui.playground.setup import CONTROLS, MOST_ARMS, OWN, SPEEDS, Setup, with_layers
from ui.shared.url_text import quote

Get = Callable[[str], str | None]

MOST_NOISE_PERCENT = round(100 * MOST_NOISE)
LEAST_SHARE, MOST_SHARE = 10, 90
LEAST_RATE, MOST_RATE = 1e-5, 10.0
MOST_SEED = 2**31 - 1
CROSS_ENTROPY = "cross_entropy"
COMPARE, SEED = "compare", "seed"
SECOND = "b_"


class Field(NamedTuple):
    """One field: what it is called in the address, in words, and how it stands there."""

    name: str
    title: str
    kind: Kind


def check_formula(data: str, text: str) -> str:
    """The text, if these data can be made of it; ValueError that says what is wrong with it."""
    if data in SETS and SETS[data].formula and text:
        make_points(data, FEWEST_POINTS, 0.0, 0, text)
        line = np.linspace(-REACH, REACH, 25)
        if not Formula(text).has_value(*np.meshgrid(line, line)).any():
            raise ValueError("formula must have a value somewhere in the plane, and has none")
    return text


def _controls() -> Kind:
    some = kinds.words(lambda: CONTROLS)
    return Kind(lambda text: frozenset(some.read(text)), some.write)


SETUP: dict[str, Field] = {
    "own": Field("own", "own points", kinds.made_by(OwnPoints.from_text, lambda own: own.text)),
    "data": Field("data", "data", kinds.choice(lambda: (*SETS, OWN))),
    "formula": Field("formula", "formula", kinds.made_by(str, str)),
    "points": Field("points", "points", kinds.whole(FEWEST_POINTS, MOST_POINTS)),
    "noise": Field("noise", "percent", kinds.whole(0, MOST_NOISE_PERCENT)),
    "share": Field("share", "share for training in percent", kinds.whole(LEAST_SHARE, MOST_SHARE)),
    "points_seed": Field("draw", "draw of the points", kinds.whole(0, MOST_SEED)),
    "stop_loss": Field("stop", "loss to stop at", kinds.real(0, 10, optional=True)),
    "stop_still": Field("still", "stop when nothing moves", kinds.switch()),
    "show_test": Field("test", "show test points", kinds.switch()),
    "discrete": Field("discrete", "discrete picture", kinds.switch()),
    "speed": Field("speed", "speed", kinds.choice(lambda: SPEEDS)),
    "hide": Field("hide", "hidden controls", _controls()),
    "lock": Field("lock", "locked controls", _controls()),
}
"""The fields of a set-up but its networks and its lesson."""

ARM: dict[str, Field] = {
    "inputs": Field("inputs", "inputs", kinds.words(lambda: FEATURES, least=1)),
    "hidden": Field("layers", "hidden layers", kinds.widths(MOST_LAYERS, MOST_NEURONS)),
    "activations": Field("act", "activations", kinds.each(lambda: PLANE_ACTIVATIONS, MOST_LAYERS)),
    "initializer": Field("init", "initial weights", kinds.choice(lambda: PLANE_INITIALIZERS)),
    "init_scale": Field("scale", "scale of the initial weights", kinds.real(0, 100)),
    "loss": Field("loss", "loss", kinds.choice(lambda: VALUE_LOSSES)),
    "optimizer": Field("opt", "optimizer", kinds.choice(lambda: nn.OPTIMIZERS)),
    "momentum": Field("momentum", "momentum", kinds.real(0, 1, below=True)),
    "learning_rate": Field("rate", "learning rate", kinds.real(LEAST_RATE, MOST_RATE)),
    "l1": Field("l1", "L1 penalty", kinds.real(0, 10)),
    "l2": Field("l2", "L2 penalty", kinds.real(0, 10)),
    "batch_size": Field("batch", "batch size, 0 for all points", kinds.whole(0, MOST_POINTS)),
}
"""The fields of a network and its training but the seed, which two of them share."""

_OF_ALL = (
    Field(COMPARE, "compare", kinds.switch()),
    Field("arm", "chosen network", kinds.whole(1, MOST_ARMS)),
    Field(SEED, "seed of the weights", kinds.whole(0, MOST_SEED)),
)

NAMES: tuple[str, ...] = (
    *(field.name for field in SETUP.values()),
    *(field.name for field in ARM.values()),
    *(SECOND + field.name for field in ARM.values()),
    *(field.name for field in _OF_ALL),
)
"""All parameters of a set-up but those that say which lesson it belongs to."""


class _Refused(NamedTuple):
    """What an address says of a field, which is not possible, and what would be."""

    field: Field
    prefix: str
    text: str
    allowed: str


class _Reading:
    """What an address says, and what it says wrongly."""

    def __init__(self, get: Get) -> None:
        self._get = get
        self.refused: list[_Refused] = []
        self.impossible: list[str] = []

    def value(self, field: Field, default: Any, prefix: str = "") -> Any:
        """The value of a field; `default` where the address says nothing, or nothing possible."""
        text = self._get(prefix + field.name)
        if text is None:
            return default
        try:
            return field.kind.read(text)
        except ValueError as allowed:
            self.refuse(field, text, str(allowed), prefix)
            return default

    def refuse(self, field: Field, text: str, allowed: str, prefix: str = "") -> None:
        self.refused.append(_Refused(field, prefix, text, allowed))

    def notices(self, setup: Setup) -> list[str]:
        """What could not be used, and what this set-up, which was made of the rest, has instead."""
        return [*(_notice(setup, one) for one in self.refused), *self.impossible]


def _notice(setup: Setup, refused: _Refused) -> str:
    field, prefix, text, allowed = refused
    title = f" ({field.title})" if field.title != field.name else ""
    return (
        f"The link's `{prefix}{field.name}`{title} is {quote(text)}, which is not possible here. "
        f"It must be {allowed}. Used instead: `{_used(setup, field, prefix)}`."
    )


def _used(setup: Setup, field: Field, prefix: str) -> str:
    """The value of a field as it would stand in the address."""
    if field is SETUP["own"]:
        return f"data={setup.data}"
    if field is SETUP["formula"]:
        return setup.shown_formula
    for of, fields in ((setup, SETUP), (setup.arms[_PREFIXES.index(prefix)], ARM)):
        for name, one in fields.items():
            if one is field:
                return field.kind.write(getattr(of, name)) or kinds.NONE
    compare, chosen, _ = _OF_ALL
    values = {compare: len(setup.arms) > 1, chosen: setup.chosen + 1}
    return field.kind.write(values.get(field, setup.seed))


def read(get: Get, base: Setup | None = None) -> tuple[Setup, list[str]]:
    """The set-up of an address, and a notice for each parameter that could not be used.

    Args:
        get: gives the text of a parameter, None where the address has none.
        base: what holds where the address says nothing; a new set-up if it isn't given.
    """
    base = base or Setup()
    reading = _Reading(get)
    values = {name: reading.value(field, getattr(base, name)) for name, field in SETUP.items()}
    if values["data"] == OWN and values["own"] is None:
        if get("data") is not None and get("own") is None:
            reading.refuse(SETUP["data"], OWN, "followed by the points themselves, own=…")
        values["data"] = base.data
    try:
        check_formula(values["data"], values["formula"])
    except ValueError as error:
        reading.refuse(SETUP["formula"], values["formula"], f"possible: {error}")
        values["formula"] = base.formula if values["data"] == base.data else ""
    compare, chosen, seed = (
        reading.value(field, default)
        for field, default in zip(_OF_ALL, (len(base.arms) > 1, base.chosen + 1, None), strict=True)
    )
    setup = replace(base, **values)  # whose networks fit the data
    arms = [_arm(reading, setup, place) for place in range(1 + compare)]
    setup = replace(setup, arms=tuple(arms), chosen=chosen - 1)
    setup = setup if seed is None else setup.with_seed(seed)
    return setup, reading.notices(setup)


_PREFIXES = ("", SECOND)


def _base_arm(base: Setup, place: int) -> PlaneConfig:
    """What holds for a network of which an address says nothing."""
    return base.arms[min(place, len(base.arms) - 1)]


def _arm(reading: _Reading, base: Setup, place: int) -> PlaneConfig:
    arm, prefix = _base_arm(base, place), _PREFIXES[place]
    asked = {name: reading.value(field, None, prefix) for name, field in ARM.items()}
    values = {name: value for name, value in asked.items() if value is not None}
    if not base.classes and values.get("loss") == CROSS_ENTROPY:
        allowed = "squared where a function is to be learned"
        reading.refuse(ARM["loss"], values.pop("loss"), allowed, prefix)
    count = len(values.get("hidden", arm.hidden))
    acts = values.pop("activations", None)
    if acts is not None and len(acts) == 1:
        acts = acts * count
    if acts is not None and len(acts) != count:
        allowed = f"as many as there are hidden layers ({count}), or one for all"
        reading.refuse(ARM["activations"], ",".join(acts), allowed, prefix)
        acts = None
    if acts is not None:
        values["activations"] = acts
    try:
        return with_layers(arm, values)
    except ValueError as error:  # what is possible alone, but not together
        reading.impossible.append(
            f"The link's network is not possible: {error}. What the link says of it is left out."
        )
        return arm


def written(setup: Setup, base: Setup | None = None) -> dict[str, str | None]:
    """The parameters of a set-up, all of `NAMES`: None for what is left out."""
    base = base or Setup()
    texts: dict[str, str | None] = dict.fromkeys(NAMES)
    for name, field in SETUP.items():
        if (value := getattr(setup, name)) is not None or name != "own":
            _write(texts, field, value, getattr(base, name))
    for place, arm in enumerate(setup.arms):
        plain = _base_arm(base, place)
        # The activations that the widths alone would bring along.
        plain = plain if arm.hidden == plain.hidden else with_layers(plain, {"hidden": arm.hidden})
        for name, field in ARM.items():
            of = _base_arm(base, place) if name == "hidden" else plain
            value = getattr(arm, name)
            if value or name != "activations":  # without hidden layers there is none to write
                _write(texts, field, value, getattr(of, name), _PREFIXES[place])
    compare, chosen, seed = _OF_ALL
    _write(texts, compare, len(setup.arms) > 1, len(base.arms) > 1)
    _write(texts, chosen, setup.chosen + 1, base.chosen + 1)
    _write(texts, seed, setup.seed, base.seed)
    return texts


def _write(
    texts: dict[str, str | None], field: Field, value: Any, default: Any, prefix: str = ""
) -> None:
    if value != default:
        texts[prefix + field.name] = field.kind.write(value)
