"""The test images of the map, and what is known of each; the browser gets them once."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image

import data
from nn.history.learned import learned_for_good
from ui.components.network_views import browser_component, floats_text, pixels_text
from ui.figures.png import png
from ui.inside import parameters
from ui.inside.chosen_network import ChosenNetwork
from ui.shared.lately import Lately

_KEY = "inside_map_points"
_COLUMNS = 50
_SIDE = 28
MOMENTS = 8
"""At most so many groups the moments of a training are shown in."""
NEVER = 255

_points = browser_component("map_points")
_sent: Lately[dict[str, Any]] = Lately(4)  # what the browser gets, of some 3 MB each


@dataclass(frozen=True)
class MapPoints:
    """n test images.

    id: tells them, and what is read in them, from others.
    numbers: (n,) their places among the test images.
    images: (n, 28, 28) uint8.
    labels: (n,) uint8, the classes that they are.
    """

    id: str
    numbers: np.ndarray
    images: np.ndarray
    labels: np.ndarray


def images_there(chosen: ChosenNetwork, dataset: str) -> int:
    """How many images a map can be of."""
    history = chosen.kept("answers")
    if history is not None:
        return len(history.history.about.test_images)
    return len(data.load(dataset).test_labels)


def map_points(chosen: ChosenNetwork, dataset: str, count: int) -> MapPoints:
    """The first so many of the images that the training has answered all along, or else of all."""
    history = chosen.kept("answers")
    loaded = data.load(dataset)
    images, labels = loaded.test_images[:count], loaded.test_labels[:count]
    numbers = np.arange(len(labels))
    if history is not None:
        numbers = np.array(history.history.about.test_images[:count])
        images, labels = loaded.test_images[numbers], loaded.test_labels[numbers]
    key = f"{chosen.key}:{dataset}:{count}"
    name = hashlib.sha256(key.encode()).hexdigest()[:16]  # the key has a path in it
    return MapPoints(name, numbers, images, labels.astype(np.uint8))


def send_points(points: MapPoints, labels: Sequence[str], probabilities: np.ndarray | None) -> bool:
    """Give the browser the images; returns whether it is given any.

    Args:
        points: the images.
        labels: what the classes are called.
        probabilities: (n, classes) of the images; None where they are not known yet: what the
            browser has been given before stays.
    """
    sent = _sent.find(points.id)
    if sent is None and probabilities is not None:
        sent = _sent.get(points.id, lambda: _to_send(points, labels, probabilities))
    if sent is not None:
        _send(points.id, sent)
    return sent is not None


@st.fragment
def _send(name: str, sent: dict[str, Any]) -> None:
    """The browser says what it has, which runs this alone."""
    parameters.show_what_was_chosen()
    has = st.session_state.get(_KEY, {}).get("has")
    _points(key=_KEY, data={"known": name} if has == name else sent, on_has_change=lambda: None)


def _to_send(points: MapPoints, labels: Sequence[str], probabilities: np.ndarray) -> dict[str, Any]:
    return {
        "id": points.id,
        "count": len(points.numbers),
        "columns": _COLUMNS,
        "side": _SIDE,
        "labels": list(labels),
        "numbers": points.numbers.tolist(),
        "classes": pixels_text(points.labels),
        "read": pixels_text(probabilities.argmax(axis=1).astype(np.uint8)),
        "probabilities": floats_text(probabilities),
        "atlas": base64.b64encode(png(_atlas(points.images))).decode(),
    }


def _atlas(images: np.ndarray) -> Image.Image:
    """All images in one, `_COLUMNS` in a row."""
    rows = -(-len(images) // _COLUMNS)
    sheet = np.zeros((rows * _COLUMNS, _SIDE, _SIDE), np.uint8)
    sheet[: len(images)] = images
    tiles = sheet.reshape(rows, _COLUMNS, _SIDE, _SIDE).swapaxes(1, 2)
    return Image.fromarray(tiles.reshape(rows * _SIDE, _COLUMNS * _SIDE))


def learned(chosen: ChosenNetwork, points: MapPoints) -> dict[str, Any] | None:
    """From when on the training has read each image right, in some groups of moments: {"names",
    "at"}; None where it has kept no answers."""
    history = chosen.kept("answers")
    if history is None:
        return None
    count = len(points.numbers)
    first = learned_for_good(history.records["classes"][:, :count], points.labels)
    known = first[first < len(history.records)]
    if not len(known):
        return {"names": [], "at": [NEVER] * count}
    # Of much the same size: most are learned soon.
    ends = np.unique(np.quantile(known, np.linspace(0, 1, MOMENTS), method="higher").astype(int))
    at = np.searchsorted(ends, first).astype(np.uint8)
    at[first == len(history.records)] = NEVER
    names = [f"by {history.names[end]}" if end else "from the start" for end in ends]
    return {"names": names, "at": at.tolist()}
