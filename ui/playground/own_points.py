"""Points of the visitor's own, painted or from a table, as text that stands in the address."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from data.plane.points import MOST_CLASSES, MOST_POINTS, REACH, Points
from ui.shared.whole_number import whole_number

FEWEST, MOST = 2, MOST_POINTS
_CLASSES = (0, *range(2, MOST_CLASSES + 1))
_PLACES = 4095
"""Steps from one edge of the plane to the other: two of them are 0.003 apart, less than one sees,
and two coordinates are three bytes."""
_HEIGHTS = 32767
"""Steps from 0 to 1 of a function's values."""


@dataclass(frozen=True)
class OwnPoints:
    """Points in the plane as text; two are equal that hold the same.

    text: "2.120.80." and so on: the number of classes and how many points of each, or 0 and their
        number for a function; then their places in the alphabet of base64 for addresses.
    """

    text: str

    @classmethod
    def of(cls, points: Points) -> "OwnPoints":
        """These points, moved to the nearest places that the text can say; ValueError if there are
        too few or too many."""
        count = len(points)
        if not FEWEST <= count <= MOST:
            raise ValueError(f"there must be {FEWEST} to {MOST:,} points, got {count:,}")
        heights = b""
        if points.classes:
            kinds = class_numbers(points)
            order = np.argsort(kinds, kind="stable")
            counts = np.bincount(kinds, minlength=points.classes)
        else:
            order, counts = np.arange(count), np.array([count])
            scaled = np.rint(np.clip(points.targets, -1, 1) * _HEIGHTS)
            heights = scaled.astype("<i2").tobytes()
        steps = np.rint((np.clip(points.x[order], -REACH, REACH) / REACH + 1) / 2 * _PLACES)
        across, up = steps.astype(np.int64).T
        both = across << 12 | up
        places = np.stack((both >> 16, both >> 8 & 255, both & 255), axis=1).astype(np.uint8)
        packed = base64.urlsafe_b64encode(places.tobytes() + heights).decode().rstrip("=")
        return cls(".".join(map(str, (points.classes, *counts, packed))))

    @classmethod
    def from_text(cls, text: str) -> "OwnPoints":
        """Those of an address; ValueError if that holds no points, or not all."""
        _unpack(text)
        return cls(text)

    @property
    def points(self) -> Points:
        """The points; nobody changes their arrays."""
        return _unpack(self.text)


def class_numbers(points: Points) -> np.ndarray:
    """The class of each point, 0, 1, ...; of two classes the first is the one with targets -1."""
    kinds = points.targets > 0 if points.classes == 2 else points.targets
    return kinds.astype(np.int64)


def from_browser(sent: Any) -> OwnPoints:
    """What the browser has painted: `x` (n, 2) and `targets` (n,) as base64 of float32, and
    `classes`. ValueError if it is anything else."""
    if not isinstance(sent, Mapping):
        raise ValueError("points must be an object")
    classes = sent.get("classes")
    if not isinstance(classes, int) or isinstance(classes, bool) or classes not in _CLASSES:
        raise ValueError(f"classes must be 0 or 2 to {MOST_CLASSES}")
    x, targets = (_floats(sent.get(name)) for name in ("x", "targets"))
    if len(x) != 2 * len(targets):
        raise ValueError("x must hold two numbers for each target")
    # Heights may be any: noise makes some beyond 1.
    allowed = [-1, 1] if classes == 2 else list(range(classes))
    if classes and not np.isin(targets, allowed).all():
        raise ValueError(f"targets must be one of {allowed}")
    return OwnPoints.of(Points(x.reshape(-1, 2), targets, classes))


def _floats(text: Any) -> np.ndarray:
    try:
        values = np.frombuffer(base64.b64decode(text, validate=True), "<f4").astype(np.float64)
    except (TypeError, ValueError):
        raise ValueError("points must be float32 numbers in base64") from None
    if not np.isfinite(values).all():
        raise ValueError("points must be finite")
    return values


@lru_cache(maxsize=32)
def _unpack(text: str) -> Points:
    parts = text.split(".")
    numbers = [whole_number(part) for part in parts[:-1]]
    packed = parts[-1]
    try:
        content = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    except (binascii.Error, ValueError):
        content = b""
    whole = [number for number in numbers if number is not None]
    classes, counts = (whole[0], whole[1:]) if whole else (-1, [])
    if len(whole) < len(numbers) or classes not in _CLASSES or len(counts) != max(1, classes):
        raise ValueError("whole points, as the Playground writes them")
    count = sum(counts)
    if not FEWEST <= count <= MOST or len(content) != count * (3 if classes else 5):
        raise ValueError("whole points, as the Playground writes them")
    places = np.frombuffer(content, np.uint8, 3 * count).reshape(-1, 3).astype(np.int64)
    both = places @ np.array([1 << 16, 1 << 8, 1])
    x = (np.stack((both >> 12, both & 4095), axis=1) / _PLACES * 2 - 1) * REACH
    if classes:
        kinds = np.repeat(np.arange(classes), np.array(counts)).astype(np.float64)
        targets = 2 * kinds - 1 if classes == 2 else kinds
    else:
        targets = np.frombuffer(content, "<i2", count, 3 * count) / _HEIGHTS
    x.flags.writeable = targets.flags.writeable = False
    return Points(x, targets, classes)
