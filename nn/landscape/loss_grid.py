"""The loss at many points of a sheet, for many images.

The first layer is linear in its weights, whether it is Linear or a convolution: for inputs a

    f(a; θ_0 + x u + y v) = f(a; θ_0) + x f(a; u) + y f(a; v)

so that three products serve all points. In the usual network the first layer is most of the work.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nn.explain.neurons import neuron_layers
from nn.images import check_samples
from nn.landscape.sheet import Sheet, load_state_vector
from nn.layers.row import count_parameters
from nn.losses import CrossEntropyLoss
from nn.losses.loss import Loss
from nn.network import Network

Array = np.ndarray

MOST_POINTS = 1000
"""In each direction."""
PRODUCT_VALUES = 500_000
"""So many values, at most, a product of the first layer holds: convolutions give many for an image,
and four are kept at a time."""


@dataclass(frozen=True)
class LossGrid:
    """The loss over a sheet.

    xs, ys: (columns,) and (rows,), the coordinates.
    losses: (rows, columns) the mean loss over the images so far.
    accuracies: (rows, columns) the share of them that is read right.
    images: how many that were.
    """

    xs: Array
    ys: Array
    losses: Array
    accuracies: Array
    images: int


def loss_grid(
    sheet: Sheet,
    images: Array,
    labels: Array,
    xs: ArrayLike,
    ys: ArrayLike,
    loss: Loss | None = None,
) -> Iterator[LossGrid]:
    """The loss at all points (x, y), after some of the images, after more, and at last after all.

    Args:
        sheet: of a single network.
        images: (n, in_features) or (n, height, width), as `Network.predict_logits` takes them, at
            least one; each is looked at alone.
        labels: (n,) classes.
        xs, ys: up to `MOST_POINTS` numbers each; of a straight line ys is [0].
        loss: the cross-entropy if none is given.

    Raises ValueError if one of them doesn't fit.
    """
    network = sheet.network.copy()
    neuron_layers(network)  # which refuses several networks
    images, labels = check_samples(
        "landscape", images, labels, network.in_features, network.num_classes
    )
    across, up = _coordinates("xs", xs), _coordinates("ys", ys)
    return _after_blocks(sheet, network, images, labels, across, up, loss or CrossEntropyLoss())


def _after_blocks(
    sheet: Sheet,
    network: Network,
    images: Array,
    labels: Array,
    xs: Array,
    ys: Array,
    loss: Loss,
) -> Iterator[LossGrid]:
    losses = np.zeros((len(ys), len(xs)))
    right = np.zeros_like(losses)
    width = network.layers[0].output_width(network.in_features)
    block = min(network.inference_batch, max(1, PRODUCT_VALUES // width))
    for start in range(0, len(images), block):
        some = slice(start, start + block)
        inputs, known = network.scale_input(images[some]), labels[some]
        # Far out a loss may be infinite: that is what it is.
        with np.errstate(over="ignore", invalid="ignore"):
            for row, column, logits in _logits(sheet, network, inputs, xs, ys):
                losses[row, column] += loss(logits, known)[0] * len(known)
                right[row, column] += np.count_nonzero(logits.argmax(axis=1) == known)
        seen = start + len(known)
        yield LossGrid(xs, ys, losses / seen, right / seen, seen)


def _logits(
    sheet: Sheet, network: Network, inputs: Array, xs: Array, ys: Array
) -> Iterator[tuple[int, int, Array]]:
    """Row, column and the logits there, a work buffer, for all points."""
    first, *others = network.layers
    own = count_parameters([first])
    products, rests = [], []
    for vector in (sheet.origin, sheet.first, sheet.second):
        network.parameters[...] = vector[: network.num_parameters]
        products.append(first.forward(inputs).copy())
        rests.append(vector[own:])
    origin, across, up = products
    rest, rest_across, rest_up = rests
    outputs = np.empty_like(origin)
    for row, y in enumerate(ys.tolist()):  # with NumPy's own numbers all would be float64
        base, rest_base = origin + y * up, rest + y * rest_up
        for column, x in enumerate(xs.tolist()):
            load_state_vector(network, rest_base + x * rest_across, own)
            np.multiply(across, x, out=outputs)
            outputs += base
            values = outputs
            for layer in others:
                values = layer.forward(values)
            yield row, column, values


def _coordinates(name: str, values: ArrayLike) -> Array:
    """ValueError if they are none."""
    found = np.asarray(values, np.float64)
    if found.ndim != 1 or not 1 <= len(found) <= MOST_POINTS or not np.isfinite(found).all():
        raise ValueError(f"{name} must be 1 to {MOST_POINTS} finite numbers, got {values!r:.200}")
    return found
