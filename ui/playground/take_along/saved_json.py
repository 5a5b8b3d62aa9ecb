"""Set-up, weights and points as JSON, and back again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from data.plane.points import REACH, Points
from nn.plane.config import PlaneConfig
from nn.plane.training import LARGEST_VALUE
from ui.playground.own_points import FEWEST, MOST, OwnPoints
from ui.playground.setup import OWN, Setup
from ui.playground.setup_address import NAMES, read, written
from ui.playground.training_points import points_of

FORMAT = "scratch-nn playground"
VERSION = 1
MOST_BYTES = 2_000_000

Array = np.ndarray


@dataclass(frozen=True)
class SavedNetwork:
    """A network of a file.

    weights: (P,).
    locked: indexes of those that training doesn't change.
    off: the neurons that are switched off, each as (hidden layer, neuron), both from 0 on.
    epoch: how long it was trained; for readers.
    """

    weights: Array
    locked: frozenset[int] = frozenset()
    off: frozenset[tuple[int, int]] = frozenset()
    epoch: float = 0.0


@dataclass(frozen=True)
class Saved:
    """What a file holds: the set-up and each of its networks."""

    setup: Setup
    networks: list[SavedNetwork]


def saved_json(setup: Setup, networks: Sequence[SavedNetwork]) -> str:
    """The content of a file. Weights that have run away are written as the largest that can be set.

    Args:
        setup: with its networks' settings.
        networks: with their weights.
    """
    train, test = points_of(setup)
    texts = written(replace(setup, hide=frozenset(), lock=frozenset(), lesson="", step=0))
    return json.dumps(
        {
            "format": FORMAT,
            "version": VERSION,
            "setup": {name: text for name, text in texts.items() if text is not None},
            "networks": [
                {
                    "epoch": network.epoch,
                    "layers": _layers(arm, np.clip(network.weights, -LARGEST_VALUE, LARGEST_VALUE)),
                    "locked": sorted(network.locked),
                    "off": sorted(map(list, network.off)),
                }
                for arm, network in zip(setup.arms, networks, strict=True)
            ],
            "points": {
                "classes": train.classes,
                "training": _rows(train),
                "test": _rows(test),
            },
        },
        indent=1,
    )


def _layers(config: PlaneConfig, vector: Array) -> list[dict[str, Any]]:
    made, start = [], 0
    for rows, columns in pairwise(config.widths):
        middle = start + rows * columns
        end = middle + columns
        weights = vector[start:middle].reshape(rows, columns)
        made.append({"weights": weights.tolist(), "biases": vector[middle:end].tolist()})
        start = end
    return made


def _rows(points: Points) -> list[list[float]]:
    return np.column_stack((points.x, points.targets)).tolist()


def read_json(content: bytes) -> Saved:
    """What a file holds; ValueError that names what is wrong in it."""
    if len(content) > MOST_BYTES:
        raise ValueError(f"The file has more than {MOST_BYTES:,} bytes.")
    try:
        given = json.loads(content)
        json.dumps(given, ensure_ascii=False).encode()  # halves of signs cannot be shown
    except (ValueError, RecursionError):
        raise ValueError("The file is not JSON.") from None
    given = _object("the file", given)
    if given.get("format") != FORMAT or given.get("version") != VERSION:
        raise ValueError(
            f'"format" must be "{FORMAT}" and "version" {VERSION}, got '
            f"{_short(given.get('format'))} and {_short(given.get('version'))}."
        )
    setup = _with_points(_setup(given.get("setup")), given.get("points"))
    networks = given.get("networks")
    if not isinstance(networks, list) or len(networks) != len(setup.arms):
        raise ValueError(f'"networks" must be a list of {len(setup.arms)}, as many as in "setup".')
    return Saved(
        setup,
        [
            _network(f"networks[{place}]", arm, network)
            for place, (arm, network) in enumerate(zip(setup.arms, networks, strict=True))
        ],
    )


def _setup(given: Any) -> Setup:
    texts = _object('"setup"', given)
    for name, value in texts.items():
        if name not in NAMES or not isinstance(value, str):
            raise ValueError(f'"setup" has {_short(name)}, which is no text of a known name.')
    setup, notices = read(texts.get)
    if notices:
        raise ValueError('"setup": ' + notices[0].replace("The link's", "its"))
    return setup


def _with_points(setup: Setup, given: Any) -> Setup:
    """The set-up with the points of the file, where it would make others."""
    if given is None:
        return setup
    given = _object('"points"', given)
    classes = given.get("classes")
    if type(classes) is not int or classes != setup.classes:
        raise ValueError(f'"classes" of "points" must be {setup.classes}, got {_short(classes)}.')
    parts = [_points(name, given.get(name), classes) for name in ("training", "test")]
    if all(
        np.array_equal(here.x, there.x) and np.array_equal(here.targets, there.targets)
        for here, there in zip(parts, points_of(setup), strict=True)
    ):
        return setup
    _check_reach(dict(zip(("training", "test"), parts, strict=True)))
    x, targets = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("x", "targets")
    )
    if not FEWEST <= len(x) <= MOST:
        raise ValueError(f'"points" must be {FEWEST} to {MOST:,}, got {len(x):,}.')
    return replace(setup, data=OWN, own=OwnPoints.of(Points(x, targets, classes)))


def _check_reach(parts: Mapping[str, Points]) -> None:
    """ValueError for the first point that cannot be one of the visitor's own: noise alone moves
    points out of the plane, or values beyond 1."""
    for name, points in parts.items():
        heights = np.abs(points.targets) > 1 if not points.classes else np.False_
        beyond = np.flatnonzero((np.abs(points.x) > REACH).any(axis=1) | heights)
        if len(beyond):
            raise ValueError(
                f'"{name}"[{beyond[0]}] must lie within ±{REACH:g}'
                + (" and have a target from -1 to 1." if not points.classes else ".")
            )


def _points(name: str, given: Any, classes: int) -> Points:
    if not isinstance(given, list):
        raise ValueError(f'"{name}" of "points" must be a list of [x1, x2, target].')
    allowed = {2: (-1, 1)}.get(classes, tuple(range(classes)))
    for place, row in enumerate(given):
        if not isinstance(row, list) or len(row) != 3 or not all(map(_is_number, row)):
            raise ValueError(
                f'"{name}"[{place}] must be [x1, x2, target], three numbers, got {_short(row)}.'
            )
        if classes and row[2] not in allowed:
            of = " or ".join(map(str, allowed))
            raise ValueError(f'"{name}"[{place}] must have a target {of}, got {_short(row[2])}.')
    rows = np.array(given, float).reshape(-1, 3)
    return Points(rows[:, :2], rows[:, 2], classes)


def _network(name: str, config: PlaneConfig, given: Any) -> SavedNetwork:
    given = _object(f'"{name}"', given)
    layers = given.get("layers")
    sizes = list(pairwise(config.widths))
    if not isinstance(layers, list) or len(layers) != len(sizes):
        raise ValueError(f'"{name}" must have {len(sizes)} layers, as "setup" says.')
    parts = []
    for place, ((rows, columns), layer) in enumerate(zip(sizes, layers, strict=True)):
        layer = _object(f'"{name}.layers[{place}]"', layer)
        for key, shape in (("weights", (rows, columns)), ("biases", (columns,))):
            parts.append(_numbers(f"{name}.layers[{place}].{key}", layer.get(key), shape).ravel())
    weights = np.concatenate(parts)
    neurons = [(layer, n) for layer, width in enumerate(config.hidden) for n in range(width)]
    return SavedNetwork(
        weights,
        _some(f"{name}.locked", given.get("locked", []), range(len(weights))),
        _some(f"{name}.off", given.get("off", []), neurons),
    )


def _some(name: str, given: Any, allowed: Sequence[Any]) -> frozenset[Any]:
    """Some of what is allowed, from a list of them; tuples are lists in JSON."""
    by_text = {json.dumps(one): one for one in allowed}
    fits = isinstance(given, list) and len(given) <= len(by_text)
    found = [by_text.get(json.dumps(one)[:40]) for one in given] if fits else [None]
    if None in found:
        texts = list(by_text)
        shown = f", each from {texts[0]} to {texts[-1]}" if texts else ", empty here"
        raise ValueError(f'"{name}" must be a list{shown}.')
    return frozenset(found)


def _numbers(name: str, given: Any, shape: tuple[int, ...]) -> Array:
    def fits(value: Any, sizes: tuple[int, ...]) -> bool:
        if not sizes:
            return _is_number(value) and abs(value) <= LARGEST_VALUE
        return (
            isinstance(value, list)
            and len(value) == sizes[0]
            and all(fits(part, sizes[1:]) for part in value)
        )

    if not fits(given, shape):
        what, most = " lists of ".join(map(str, shape)), f"{LARGEST_VALUE:,.0f}"
        raise ValueError(f'"{name}" must be {what} numbers from -{most} to {most}.')
    return np.array(given, np.float64)


def _is_number(value: Any) -> bool:
    # NaN, infinity and whole numbers that no float holds are none.
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9


def _object(name: str, given: Any) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise ValueError(f"{name[0].upper()}{name[1:]} must be an object with names.")
    return given


def _short(value: Any) -> str:
    return f"{json.dumps(value, default=str)[:40]}"
