"""What a layer says of the images of the map, and where they lie: by principal components, or by
t-SNE, which takes its time.

openTSNE and not scikit-learn's t-SNE: it can be stopped and looked at after any step, and it is
faster. It is not imported before it is needed, for it brings 25 MB.
"""

from collections.abc import Generator
from typing import Any, NamedTuple

import numpy as np

import nn
from nn.averaging import ALONE
from nn.cost import answer_cost
from nn.explain.components import principal_components
from nn.explain.neighbours import purity
from nn.explain.neurons import layer_outputs, layer_outputs_and_logits
from nn.plain_state import network_from
from ui.inside.light_open_tsne import without_scikit_learn
from ui.long_work.piece import Progress

Array = np.ndarray

EXAGGERATED, STEPS = 250, 750
"""Steps of gradient descent: clusters form in the first, and all of them."""
AT_A_TIME = 10
EXAGGERATION, MOMENTA = 12, (0.5, 0.8)
"""Of the first steps; in the first and in the others."""
_COMPONENTS = 50
"""t-SNE works on so many principal components of wide layers, as its authors did."""
PIXELS = -1
"""Stands for the place of the layer that the images themselves are."""
NEIGHBOURS = 10
_ROWS = 50
"""Of the distances between all images, at a time."""
_VALUE_COST, _PAIR_COST = 1500, 270
"""In multiplications: the components for each value, sorting out neighbours for each pair."""


class LaidOut(NamedTuple):
    """What a layer says of n images, and what comes of it.

    probabilities: (n, classes) that the network gives them.
    values: (n, width) float32, what the layer says.
    places: (n, 2) float32 by principal components of these.
    shares: (2,) of the whole variance that the two hold.
    purity: the mean over the images, see `nn.explain.neighbours`.
    """

    probabilities: Array
    values: Array
    places: Array
    shares: Array
    purity: float


class Embedding(NamedTuple):
    """Where t-SNE puts n images.

    places: (n, 2) float32.
    components: (n, k) float64, the principal components that it began with: it makes so much of
        each rounding that only the very same give the same places.
    """

    places: Array
    components: Array


def layer_values(network: nn.Network, place: int, images: Array) -> Array:
    """What a layer says of images (n, 28, 28) uint8: (n, width) float32. `place` is that of its
    last part in the network, or PIXELS."""
    if place == PIXELS:
        return images.reshape(len(images), -1).astype(np.float32) / 255
    return layer_outputs(network, images, place)


def by_components(
    state: dict[str, Any], place: int, images: Array, labels: Array
) -> Generator[Progress, None, LaidOut]:
    """Of images (n, 28, 28) uint8 with labels (n,) what the layer of the network with this
    `plain_state` says, and what comes of it."""
    yield Progress(0, "asks the network")
    values, probabilities = _said(network_from(state), place, images)
    del state  # what follows needs the room
    yield Progress(0.4, "looks for the components")
    found = principal_components(values, 2)
    places = found.project(values).astype(np.float32)
    yield Progress(0.7, "looks for neighbours")
    pure = float(purity(values, labels, NEIGHBOURS).mean())
    return LaidOut(probabilities, values, places, found.shares, pure)


def _said(network: nn.Network, place: int, images: Array) -> tuple[Array, Array]:
    """What the layer says, and the probabilities."""
    if place == PIXELS:
        values = layer_values(network, place, images)
        return values, network.predict_proba(images, averaging=ALONE)
    values, logits = layer_outputs_and_logits(network, images, place)
    return values, network.probabilities(logits)


def components_cost(network: nn.Network, width: int, count: int) -> int:
    """How long `by_components` takes for so many images of a layer of this width, in
    multiplications of a matrix product, see `nn.cost`."""
    answers = answer_cost(network.layers, network.in_features)
    return count * (answers + width * (_VALUE_COST + 2 * count) + _PAIR_COST * count)


def by_tsne(
    state: dict[str, Any], place: int, images: Array, perplexity: int
) -> Generator[Progress, None, Embedding]:
    """Images by t-SNE of what a layer says of them (van der Maaten, Hinton 2008, "Visualizing data
    using t-SNE"); `partial` are the places at that step, (n, 2) float32. `state` is that of the
    network, see `nn.plain_state`.

    It begins from the first two principal components, as Kobak and Berens (2019) advise: then what
    lies far apart is far apart, and two layers look alike where they are.
    """
    yield Progress(0, "prepares")
    values = _most_of(layer_values(network_from(state), place, images))
    del state  # what follows needs the room
    with without_scikit_learn():
        from openTSNE import TSNEEmbedding, affinity, initialization
        from openTSNE.nearest_neighbors import PrecomputedNeighbors
    yield Progress(0, "looks for neighbours")
    near, distances = _nearest_others(values, neighbours_of(perplexity, len(values)))
    neighbours = affinity.PerplexityBasedNN(
        knn_index=PrecomputedNeighbors(near, distances), perplexity=perplexity, n_jobs=-1
    )
    embedding: Any = TSNEEmbedding(
        initialization.rescale(values[:, :2]),
        neighbours,
        negative_gradient_method="bh",
        n_jobs=-1,
        random_state=0,
    )
    for step in range(0, STEPS, AT_A_TIME):
        early = step < EXAGGERATED
        embedding.optimize(
            n_iter=AT_A_TIME,
            exaggeration=EXAGGERATION if early else None,
            momentum=MOMENTA[0] if early else MOMENTA[1],
            inplace=True,
        )
        done = step + AT_A_TIME
        yield Progress(done / STEPS, f"step {done} of {STEPS}", np.array(embedding, np.float32))
    return Embedding(np.array(embedding, np.float32), values)


def neighbours_of(perplexity: int, count: int) -> int:
    """So many neighbours of each of `count` images matter: those beyond have no weight to speak
    of."""
    return min(3 * perplexity, count - 1)


def _most_of(values: Array) -> Array:
    """The first components of values (n, width): (n, up to `_COMPONENTS`) float64."""
    return principal_components(values, min(_COMPONENTS, *values.shape)).project(values)


def _nearest_others(values: Array, count: int) -> tuple[Array, Array]:
    """Places and distances (n, count). Without matrix products, which round otherwise on other
    computers, so that the lines to copy find the very same."""
    from scipy.spatial.distance import cdist

    found, distances = [], []
    for start in range(0, len(values), _ROWS):
        away = cdist(values[start : start + _ROWS], values)
        rows = np.arange(len(away))
        away[rows, start + rows] = np.inf
        places = away.argsort(axis=1, kind="stable")[:, :count].copy()  # not all that it is of
        found.append(places)
        distances.append(np.take_along_axis(away, places, axis=1))
    return np.concatenate(found), np.concatenate(distances)
