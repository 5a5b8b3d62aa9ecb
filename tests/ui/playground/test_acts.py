"""What a browser asks is checked: it may send anything."""

import pytest

from ui.playground.acts import SETUP, TRAINING, ask_of, id_of

GOOD = {
    "more": {"speed": "full", "seconds": 0.4, "begins": True},
    "go": {},
    "step": {"unit": "point"},
    "restart": {},
    "edit": {"arm": 1, "index": 3, "value": -0.25},
    "lock": {"arm": 0, "index": 3, "on": True},
    "off": {"arm": 0, "layer": 1, "neuron": 0, "on": False},
    "renew": {},
    "input": {"arm": 0, "name": "x1"},
    "layers": {"arm": 0, "change": -1},
    "neurons": {"arm": 0, "layer": 2, "change": 1},
    "points": {"x": "", "targets": "", "classes": 2},
    "show": {"test": True, "discrete": None, "speed": None},
}
NEEDED = r"\bis\b"  # "a number is needed", "an ask is an object"
PLACES = [["run", 3], ["other", 0]]
HOSTILE = [
    None,
    True,
    -1,
    1.5,
    float("nan"),
    float("inf"),
    2.0**60,
    10**400,
    "x" * 10_000,
    [],
    {},
    [[]],
]


def sent(kind, **changes):
    return {"id": 7, "kind": kind, "at": PLACES, **GOOD[kind], **changes}


def test_all_kinds_are_read():
    assert list(GOOD) == [*TRAINING, *SETUP]
    for kind, details in GOOD.items():
        ask = ask_of(sent(kind))
        assert (ask.id, ask.kind, ask.at) == (7, kind, (("run", 3), ("other", 0)))
        assert ask.details == details


def test_json_has_no_whole_numbers():
    ask = ask_of(sent("edit", id=7.0, arm=0, index=3.0, value=1, at=[["run", 4.0]]))
    assert ask.details["index"] == 3
    assert ask.at == (("run", 4),)


def test_what_a_kind_does_not_know_is_left_out():
    assert ask_of(sent("go", path="/etc/passwd")).details == {}


@pytest.mark.parametrize("kind", [kind for kind in GOOD if kind not in ("points", "show")])
def test_anything_else_is_refused(kind):
    for name in ("id", "kind", "at", *GOOD[kind]):
        for value in HOSTILE:
            allowed = (
                (name == "begins" and value is True)
                or (name == "on" and value is True)
                or (name == "at" and value == [])
                or (name == "name" and isinstance(value, str))
                or (name == "change" and value == -1)
                or (name == "value" and value in (-1, 1.5) and value is not True)
            )
            if not allowed:
                with pytest.raises(ValueError, match=NEEDED):
                    ask_of(sent(kind) | {name: value})
    for other in (None, 3, "ask", [], [sent(kind)]):
        with pytest.raises(ValueError, match=NEEDED):
            ask_of(other)


def test_what_is_refused_can_be_answered():
    assert id_of(sent("step", unit="year")) == 7
    for other in (None, 3, [], {}, {"id": -1}, {"id": "7"}):
        assert id_of(other) is None
