"""The test images of the map, and what is known of each; the browser gets them once."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image

import data
import nn
from nn.averaging import ALONE
from nn.history.learned import learned_for_good
from ui.components.network_views import browser_component, floats_text, pixels_text
from ui.figures.png import png
from ui.inside import parameters
from ui.inside.chosen_network import ChosenNetwork

_KEY = "inside_map_points"
_COLUMNS = 50
_SIDE = 28
MOMENTS = 8
"""At most so many groups the moments of a training are shown in."""
NEVER = 255

_points = browser_component("map_points")


@dataclass(frozen=True)
class MapPoints:
    """n test images.

    id: tells them, and what is read in them, from others.
    numbers: (n,) their places among the test images.
    images: (n, 28, 28) uint8.
    labels, read: (n,) uint8, the classes that they are and that the network reads.
    sent: all that the browser gets.
    """

    id: str
    numbers: np.ndarray
    images: np.ndarray
    labels: np.ndarray
    read: np.ndarray
    sent: dict[str, Any]


def map_points(chosen: ChosenNetwork, dataset: str, count: int) -> MapPoints:
    """The first so many of the images that the training has answered all along, or else of all."""
    history = chosen.kept("answers")
    known = None if history is None else tuple(history.history.about.test_images[:count])
    return _map_points(f"{chosen.key}:{dataset}:{count}", dataset, count, known, chosen.network)


@st.cache_resource(max_entries=4, show_spinner=False)  # of some 3 MB each
def _map_points(
    key: str, dataset: str, count: int, known: tuple[int, ...] | None, _network: nn.Network
) -> MapPoints:
    loaded = data.load(dataset)
    there = len(loaded.test_images)
    numbers = np.arange(min(count, there)) if known is None else np.array(known)
    images = loaded.test_images[numbers]
    labels = loaded.test_labels[numbers].astype(np.uint8)
    probabilities = _network.predict_proba(images, averaging=ALONE)
    read = probabilities.argmax(axis=1).astype(np.uint8)
    name = hashlib.sha256(key.encode()).hexdigest()[:16]  # the key has a path in it
    sent = {
        "id": name,
        "count": len(numbers),
        "columns": _COLUMNS,
        "side": _SIDE,
        "labels": list(_network.labels),
        "numbers": numbers.tolist(),
        "classes": pixels_text(labels),
        "read": pixels_text(read),
        "probabilities": floats_text(probabilities),
        "atlas": base64.b64encode(png(_atlas(images))).decode(),
    }
    return MapPoints(name, numbers, images, labels, read, sent)


def _atlas(images: np.ndarray) -> Image.Image:
    """All images in one, `_COLUMNS` in a row."""
    rows = -(-len(images) // _COLUMNS)
    sheet = np.zeros((rows * _COLUMNS, _SIDE, _SIDE), np.uint8)
    sheet[: len(images)] = images
    tiles = sheet.reshape(rows, _COLUMNS, _SIDE, _SIDE).swapaxes(1, 2)
    return Image.fromarray(tiles.reshape(rows * _SIDE, _COLUMNS * _SIDE))


@st.fragment
def send_points(points: MapPoints) -> None:
    """Give the browser the images. It says what it has, which runs this alone."""
    parameters.show_what_was_chosen()
    has = st.session_state.get(_KEY, {}).get("has")
    data = {"known": points.id} if has == points.id else points.sent
    _points(key=_KEY, data=data, on_has_change=lambda: None)


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
