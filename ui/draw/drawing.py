"""One visitor's drawing."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

import data
from ui.draw.fabric import pen_strokes

_SESSION_KEY = "drawing"

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""


@dataclass(frozen=True)
class Character:
    """A character as the network sees it, and where it was found.

    image: (28, 28) float32 in [0, 1].
    box: around its ink, in pixels of the drawing board or the picture.
    row: in which it stands, from 0 on, from top to bottom.
    """

    image: np.ndarray
    box: Box
    row: int = 0


@dataclass(frozen=True)
class Point:
    """A decimal point or comma of a number: how many of its digits stand before it, and its box
    as that of a `Character`."""

    place: int
    box: Box


@dataclass(frozen=True)
class Writing:
    """What is written on a board.

    characters: row by row, from left to right.
    points: the decimal points among them, in the same order.
    complete: whether all strokes are in them, and not too many to look at.
    is_number: whether the strokes were few enough to be parted into digits.
    """

    characters: list[Character]
    complete: bool
    is_number: bool
    points: list[Point] = field(default_factory=list)


@dataclass
class Drawing:
    """The strokes on the board of one session.

    The board in the browser is the master: it sends all its strokes after each new one, and they
    are taken over by `receive`. `shown` goes the other way: the strokes that the board is to load
    whenever `revision` changes, after an undo and when one comes back to the page. It must stay as
    it is in between, because loading would interrupt whoever is drawing.

    strokes: Fabric.js path objects, oldest first.
    """

    strokes: list[dict[str, Any]] = field(default_factory=list)
    shown: list[dict[str, Any]] = field(default_factory=list)
    revision: int = 0
    _written: tuple[list[dict[str, Any]], bool, Writing] | None = field(default=None, init=False)

    def receive(self, strokes: list[dict[str, Any]]) -> None:
        """Take over what the board sends."""
        self.strokes = strokes

    def writing(self, *, several: bool) -> Writing:
        """What is written on the board.

        It takes a while for many strokes, and is kept until there are others.

        Args:
            several: whether it may be a number of several digits; else all is one character.
        """
        kept = self._written
        if kept is None or kept[0] is not self.strokes or kept[1] != several:
            kept = self._written = self.strokes, several, _read(self.strokes, several)
        return kept[2]

    def undo(self) -> None:
        """Take the last stroke away."""
        self.replace(self.strokes[:-1])

    def clear(self) -> None:
        """Take all strokes away."""
        self.replace([])

    def show_again(self) -> None:
        """Let a new board begin with the strokes made so far."""
        self.shown = self.strokes

    def replace(self, strokes: list[dict[str, Any]]) -> None:
        """Let the board show these strokes instead."""
        self.strokes = self.shown = strokes
        self.revision += 1


def session_drawing() -> Drawing:
    """The drawing of the current session, which outlives page switches."""
    drawing: Drawing = st.session_state.setdefault(_SESSION_KEY, Drawing())
    return drawing


def _read(objects: list[dict[str, Any]], several: bool) -> Writing:
    strokes, pen_width, complete = pen_strokes(objects)
    is_number = several and len(strokes) <= data.MOST_STROKES
    rows = data.split_rows(strokes, pen_width) if is_number else [strokes]
    characters: list[Character] = []
    points: list[Point] = []
    for place, row in enumerate(rows):
        dots = data.decimal_points(row, pen_width) if is_number else []
        rest = [stroke for index, stroke in enumerate(row) if index not in dots]
        found = [
            Character(image, _box(group, pen_width), place)
            for group in (data.split_digits(rest, pen_width) if is_number else [rest])
            if (image := data.from_strokes(group, pen_width)) is not None
        ]
        for box in sorted(_box([row[index]], pen_width) for index in dots):
            before = sum(_middle(one.box) < _middle(box) for one in found)
            points.append(Point(len(characters) + before, box))
        characters += found
    return Writing(characters, complete, is_number, points)


def _box(strokes: list[np.ndarray], pen_width: float) -> Box:
    points = np.concatenate(strokes)
    left, top = points.min(axis=0) - pen_width / 2
    right, bottom = points.max(axis=0) + pen_width / 2
    return float(left), float(top), float(right), float(bottom)


def _middle(box: Box) -> float:
    return (box[0] + box[2]) / 2
