"""Changing what is right until it hardly is."""

import copy
import json
import math
from random import Random
from typing import Any

JUNK: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    1,
    2**31,
    2**64 - 1,
    10**400,
    0.5,
    1e300,
    -1e18,
    math.nan,
    math.inf,
    -math.inf,
    "",
    "x",
    "NaN",
    "\x00",
    "\ud800",
    "é" * 3000,
    "<b>" * 100,
    "=1+1",
    "../../etc/passwd",
    [],
    [[]],
    [1] * 300,
    {},
    {"a": {"a": {}}},
)
TEXTS = (
    "",
    "0",
    "-1",
    "1e999",
    "nan",
    "99999999999999999999",
    "9" * 5000,
    "true",
    "None",
    "%00",
    "\x00",
    "é\u202e",
    "\ud800",
    "'; DROP TABLE",
    "<script>",
    "$\\frac{1}{0}$",
    "a" * 3000,
    ",".join("9" * 400),
    "[" * 500,
    "../" * 40,
    "--",
    "=",
)


def changed_value(rng: Random, value: Any) -> Any:
    """A copy of some JSON in which one or a few values are others, gone, doubled or renamed."""
    value = copy.deepcopy(value)
    for _ in range(rng.choice((1, 1, 1, 2, 5))):
        holders = list(_holders(value))
        if not holders:
            return _junk(rng)
        holder = rng.choice(holders)
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        key = rng.choice(keys)
        what = rng.random()
        if what < 0.6:
            holder[key] = _junk(rng) if what < 0.5 else _near(rng, holder[key])
        elif what < 0.75:
            del holder[key]
        elif what < 0.85 and isinstance(holder, dict):
            holder[str(key) + rng.choice((" ", "x", "\x00", "_"))] = holder.pop(key)
        elif isinstance(holder, dict):
            holder[rng.choice(("x", "type", "", "é", str(key)))] = _junk(rng)
        else:
            holder.insert(key, rng.choice((copy.deepcopy(holder[key]), _junk(rng))))
    return value


def as_json(value: Any) -> str:
    """As a program with no care would write it."""
    return json.dumps(value)


def changed_bytes(rng: Random, content: bytes, most: int = 8) -> bytes:
    """The content with some bytes flipped, cut out, doubled, moved or put in."""
    changed = bytearray(content)
    for _ in range(rng.randint(1, most)):
        place = rng.randrange(len(changed) + 1)
        span = rng.choice((1, 1, 1, 2, 4, 8, 40, 400))
        what = rng.randrange(8)
        if what < 3 and place < len(changed):
            changed[place] ^= 1 << rng.randrange(8)
        elif what == 3:
            changed[place : place + span] = rng.choice(
                (b"", b"\xff" * span, bytes(span), rng.randbytes(span))
            )
        elif what == 4:
            changed[place:place] = changed[place : place + span]
        elif what == 5:
            del changed[place:]
        elif what == 6:
            changed[place:place] = rng.choice(_INSERTED)
        else:
            del changed[place : place + span]
    return bytes(changed)


def changed_text(rng: Random, text: str) -> str:
    """The text with some signs others, or another text."""
    if rng.random() < 0.3:
        return rng.choice(TEXTS)
    signs = list(text)
    for _ in range(rng.randint(1, 3)):
        place = rng.randrange(len(signs) + 1)
        signs[place : place + rng.randrange(3)] = rng.choice(
            ("", "9", "-", ".", "e", ",", " ", "\x00", "ä", "١", "(", "%", "&", "=", "/")
        )
    return "".join(signs)


_INSERTED = (b"\n", b"{", b"[" * 2000, b'"', b"\x00", b"\xff\xfe", b"1e999", b"\\ud800", b"9" * 400)


def _junk(rng: Random) -> Any:
    return copy.deepcopy(rng.choice(JUNK))


def _near(rng: Random, value: Any) -> Any:
    """A number not far from it, or of another size."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e300:
        return _junk(rng)
    return rng.choice((value + 1, value - 1, -value, value * 1000, value / 3, float(value), 0))


def _holders(value: Any) -> Any:
    """All lists and objects in it that hold something."""
    if isinstance(value, dict | list) and value:
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _holders(inner)
