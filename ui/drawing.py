"""One visitor's drawing."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

import data
from ui.fabric import pen_strokes

_SESSION_KEY = "drawing"

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""


@dataclass(frozen=True)
class Character:
    """A character as the network sees it, and where it was found.

    image: (28, 28) float32 in [0, 1].
    box: around its ink, in pixels of the drawing board or the picture.
    """

    image: np.ndarray
    box: Box


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

    def receive(self, strokes: list[dict[str, Any]]) -> None:
        """Take over what the board sends."""
        self.strokes = strokes

    def characters(self, *, several: bool) -> list[Character]:
        """What is written on the board, from left to right; nothing on an empty one.

        Args:
            several: whether it may be a number of several digits; else all is one character.
        """
        strokes, pen_width = pen_strokes(self.strokes)
        groups = data.split_digits(strokes, pen_width) if several else [strokes]
        return [
            Character(image, _box(group, pen_width))
            for group in groups
            if (image := data.from_strokes(group, pen_width)) is not None
        ]

    def undo(self) -> None:
        """Take the last stroke away."""
        self._replace(self.strokes[:-1])

    def clear(self) -> None:
        """Take all strokes away."""
        self._replace([])

    def show_again(self) -> None:
        """Let a new board begin with the strokes made so far."""
        self.shown = self.strokes

    def _replace(self, strokes: list[dict[str, Any]]) -> None:
        self.strokes = self.shown = strokes
        self.revision += 1


def session_drawing() -> Drawing:
    """The drawing of the current session, which outlives page switches."""
    drawing: Drawing = st.session_state.setdefault(_SESSION_KEY, Drawing())
    return drawing


def _box(strokes: list[np.ndarray], pen_width: float) -> Box:
    points = np.concatenate(strokes)
    left, top = points.min(axis=0) - pen_width / 2
    right, bottom = points.max(axis=0) + pen_width / 2
    return float(left), float(top), float(right), float(bottom)
