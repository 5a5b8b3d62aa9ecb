"""Where the images of the map lie: by principal components, or by t-SNE, which takes its time.

openTSNE and not scikit-learn's t-SNE: it can be stopped and looked at after any step, and it is
faster. It is not imported before it is needed, for it brings 60 MB.
"""

from collections.abc import Generator
from typing import Any

import numpy as np

import nn
from nn.explain.components import Components, principal_components
from nn.explain.neurons import layer_outputs
from nn.plain_state import network_from
from ui.long_work.piece import Progress

Array = np.ndarray

EXAGGERATED, STEPS = 250, 750
"""Steps of gradient descent: clusters form in the first, and all of them."""
_AT_A_TIME = 10
_COMPONENTS = 50
"""t-SNE works on so many principal components of wide layers, as its authors did."""
PIXELS = -1
"""Stands for the place of the layer that the images themselves are."""


def layer_values(network: nn.Network, place: int, images: Array) -> Array:
    """What a layer says of images (n, 28, 28) uint8: (n, width) float32. `place` is that of its
    last part in the network, or PIXELS."""
    if place == PIXELS:
        return images.reshape(len(images), -1).astype(np.float32) / 255
    return layer_outputs(network, images, place)


def by_components(values: Array) -> tuple[Array, Components]:
    """Places (n, 2) float32 of values (n, width), and the components that they are along."""
    found = principal_components(values, 2)
    return found.project(values).astype(np.float32), found


def by_tsne(
    state: dict[str, Any], place: int, images: Array, perplexity: int
) -> Generator[Progress, None, Array]:
    """Places (n, 2) float32 of images by t-SNE of what a layer says of them (van der Maaten, Hinton
    2008, "Visualizing data using t-SNE"); `partial` is that of the step. `state` is that of the
    network, see `nn.plain_state`.

    It begins from the first two principal components, as Kobak and Berens (2019) advise: then what
    lies far apart is far apart, and two layers look alike where they are.
    """
    yield Progress(0, "prepares")
    from openTSNE import TSNEEmbedding, affinity, initialization

    values = layer_values(network_from(state), place, images)
    count = min(_COMPONENTS, *values.shape)
    values = principal_components(values, count).project(values)
    yield Progress(0, "looks for neighbours")
    neighbours = affinity.PerplexityBasedNN(
        values, perplexity=perplexity, method="exact", n_jobs=-1, random_state=0
    )
    embedding: Any = TSNEEmbedding(
        initialization.rescale(values[:, :2]),
        neighbours,
        negative_gradient_method="bh",
        n_jobs=-1,
        random_state=0,
    )
    for step in range(0, STEPS, _AT_A_TIME):
        early = step < EXAGGERATED
        embedding.optimize(
            n_iter=_AT_A_TIME,
            exaggeration=12 if early else None,
            momentum=0.5 if early else 0.8,
            inplace=True,
        )
        done = step + _AT_A_TIME
        yield Progress(done / STEPS, f"step {done} of {STEPS}", np.array(embedding, np.float32))
    return np.array(embedding, np.float32)
