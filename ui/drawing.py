"""One visitor's drawing, and what a network reads in it or in a picture file."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

import data
import nn

IMAGE_PIXELS = 28 * 28
_SESSION_KEY = "drawing"


@dataclass
class Drawing:
    """The strokes on the board of one session and the image the network sees of them.

    The board in the browser is the master: it sends all its strokes after each new one, and they
    are taken over by `receive`. `shown` goes the other way: the strokes that the board is to load
    whenever `revision` changes, after an undo and when one comes back to the page. It must stay as
    it is in between, because loading would interrupt whoever is drawing.

    strokes: Fabric.js path objects, oldest first.
    image: (28, 28) float32 in [0, 1]; None while there is nothing to see.
    """

    strokes: list[dict[str, Any]] = field(default_factory=list)
    image: np.ndarray | None = None
    shown: list[dict[str, Any]] = field(default_factory=list)
    revision: int = 0

    def receive(self, strokes: list[dict[str, Any]], picture: bytes | None) -> None:
        """Take over what the board sends: its strokes and how they look, as a PNG."""
        self.strokes = strokes
        self.image = image_of_picture(picture) if strokes and picture else None

    def undo(self) -> None:
        """Take the last stroke away; the board then sends how the rest looks."""
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
        if not strokes:
            self.image = None


def session_drawing() -> Drawing:
    """The drawing of the current session, which outlives page switches."""
    drawing: Drawing = st.session_state.setdefault(_SESSION_KEY, Drawing())
    return drawing


def image_of_picture(picture: bytes) -> np.ndarray | None:
    """The (28, 28) float32 image in [0, 1] that a network sees of a PNG, JPEG, ... file; None if
    there is nothing on it. ValueError if it is no picture that can be read."""
    return data.to_mnist(data.read_image(picture))


def recognise(network: nn.Network, image: np.ndarray | None) -> np.ndarray | None:
    """Probabilities (classes,) of a (28, 28) image in [0, 1]; None without an image.

    ValueError for a network that takes images of another size, even without an image.
    """
    if network.in_features != IMAGE_PIXELS:
        raise ValueError(
            f"it takes {network.in_features} numbers and not the {IMAGE_PIXELS} of an image of "
            "28 × 28 pixels. Please choose another one."
        )
    if image is None:
        return None
    probabilities: np.ndarray = network.predict_proba(image[np.newaxis])[0]
    # A softmax is never quite certain; float32 rounds it to that.
    return np.minimum(probabilities, np.nextafter(np.float32(1), np.float32(0)))
