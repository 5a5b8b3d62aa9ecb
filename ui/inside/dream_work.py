"""What the view "Dream" shows: an image made to say most to a neuron, and real ones like it."""

from collections.abc import Generator
from typing import Any, NamedTuple

import numpy as np

import data
from nn.cost import answer_cost
from nn.explain.dreams import Dream, Dreamer, DreamSettings
from nn.explain.neighbours import nearest
from nn.plain_state import network_from
from ui.long_work.piece import Progress

Array = np.ndarray

NEAR = 10_000
"""So many test images the nearest is looked for among."""
_COST = 2_000_000_000
"""What answers may cost, see `nn.cost.answer_cost`, to look for the one that says most among all of
them and not among the first thousand."""


class Real(NamedTuple):
    """Real images beside those of a dream: test images, by their places.

    places, distances: (frames,) of the one nearest to each frame.
    values: (frames,) what that one says to the neuron.
    asked, most_value: of so many of them the one that says most says so much.
    """

    places: Array
    distances: Array
    values: Array
    asked: int
    most_value: float


class Dreamt(NamedTuple):
    """A dream, and real images beside it, None where there are none on this computer."""

    dream: Dream
    real: Real | None


def dreamt(
    state: dict[str, Any],
    unit: int,
    layer: int,
    settings: DreamSettings,
    start: str | Array,
    dataset: str | None,
) -> Generator[Progress, None, Dreamt]:
    """Of the network with this `plain_state`; `dataset` is that of the test images, the others are
    as for `nn.explain.dreams.Dreamer`."""
    dreamer = Dreamer(network_from(state), unit, layer, settings)
    yield Progress(0, "uphill")
    dream = dreamer.dream(start)
    if dataset is None:
        return Dreamt(dream, None)
    yield Progress(0.7, "the nearest real images")
    images = data.load(dataset).test_images[:NEAR]
    points = images.reshape(len(images), -1)
    places, distances = (found[:, 0] for found in nearest(points, 255 * dream.frames, 1))
    each, which = np.unique(places, return_inverse=True)
    cost = answer_cost(dreamer.network.layers, dreamer.network.in_features)
    asked = min(len(points), max(1000, _COST // cost))
    most = float(dreamer.values(points[:asked]).max())
    values = dreamer.values(points[each])[which]
    return Dreamt(dream, Real(places, distances / 255, values, asked, most))
