"""What the browser asks of a player, checked: it may send anything."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nn.plane.training import LARGEST_VALUE
from ui.playground.setup import SPEEDS

MOST = 2**53
"""No whole number of a browser is larger."""
SHORTEST, LONGEST = 0.05, 1.0
"""Seconds that a browser plays one answer."""

TRAINING = ("more", "go", "step", "restart", "edit", "lock", "off")
"""What is asked of the training."""
SETUP = ("renew", "input", "layers", "neurons", "points", "show")
"""What changes the set-up, which stands in the address."""


@dataclass(frozen=True)
class Ask:
    """One act.

    id: no other ask of this browser has it.
    kind: of `TRAINING` or `SETUP`.
    at: for each network its run and the step that it is to be at before anything happens.
    details: what belongs to the kind, see `_DETAILS`.
    """

    id: int
    kind: str
    at: tuple[tuple[str, int], ...]
    details: dict[str, Any] = field(default_factory=dict)


def ask_of(sent: Any) -> Ask:
    """Read what a browser has sent; ValueError where it is something else."""
    if not isinstance(sent, dict):
        raise ValueError("an ask is an object")
    kind = sent.get("kind")
    if not isinstance(kind, str) or kind not in _DETAILS:
        raise ValueError(f"an ask's kind is one of {', '.join(_DETAILS)}")
    at = sent.get("at")
    if not isinstance(at, list) or len(at) > 2:
        raise ValueError("an ask's at is a list of up to two places")
    details = {name: read(sent.get(name)) for name, read in _DETAILS[kind].items()}
    return Ask(_whole(sent.get("id")), kind, tuple(_place(one) for one in at), details)


def id_of(sent: Any) -> int | None:
    """The id of what a browser has sent, also where nothing else of it can be used; None without
    one."""
    try:
        return _whole(sent.get("id")) if isinstance(sent, dict) else None
    except ValueError:
        return None


def _place(sent: Any) -> tuple[str, int]:
    match sent:
        case [str(run), step]:
            return run[:40], _whole(step)
    raise ValueError("a place is a run and a step")


def _whole(sent: Any) -> int:
    # JSON has no whole numbers: 3.0 is one.
    if isinstance(sent, bool) or not isinstance(sent, int | float):
        raise ValueError("a whole number is needed")
    if not 0 <= sent <= MOST or sent != int(sent):
        raise ValueError("a whole number from 0 on is needed")
    return int(sent)


def _number(least: float, most: float) -> Callable[[Any], float]:
    def read(sent: Any) -> float:
        if isinstance(sent, bool) or not isinstance(sent, int | float):
            raise ValueError("a number is needed")
        if not least <= sent <= most:  # true for NaN
            raise ValueError(f"a number from {least} to {most} is needed")
        return float(sent)

    return read


def _one_of(*allowed: Any) -> Callable[[Any], Any]:
    def read(sent: Any) -> Any:
        for one in allowed:
            if type(sent) is type(one) and sent == one:
                return one
        raise ValueError(f"one of {allowed} is needed")

    return read


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda sent: None if sent is None else read(sent)


def _text(sent: Any) -> str:
    if not isinstance(sent, str):
        raise ValueError("text is needed")
    return sent


def _anything(sent: Any) -> Any:
    return sent


_ARM = {"arm": _one_of(0, 1)}
_DETAILS: dict[str, dict[str, Callable[[Any], Any]]] = {
    "more": {
        "speed": _one_of(*SPEEDS),
        "seconds": _number(SHORTEST, LONGEST),
        "begins": _one_of(True, False),
    },
    "go": {},
    "step": {"unit": _one_of("point", "batch", "epoch")},
    "restart": {},
    "edit": _ARM | {"index": _whole, "value": _number(-LARGEST_VALUE, LARGEST_VALUE)},
    "lock": _ARM | {"index": _whole, "on": _one_of(True, False)},
    "off": _ARM | {"layer": _whole, "neuron": _whole, "on": _one_of(True, False)},
    "renew": {},
    "input": _ARM | {"name": _text},
    "layers": _ARM | {"change": _one_of(1, -1)},
    "neurons": _ARM | {"layer": _whole, "change": _one_of(1, -1)},
    "points": {"x": _anything, "targets": _anything, "classes": _anything},
    "show": {
        "test": _or_none(_one_of(True, False)),
        "discrete": _or_none(_one_of(True, False)),
        "speed": _or_none(_one_of(*SPEEDS)),
    },
}
