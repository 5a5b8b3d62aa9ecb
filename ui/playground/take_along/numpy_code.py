"""The training of a set-up as a program of its own that needs NumPy alone."""

import numpy as np

from data.plane.points import Points
from nn.plane.config import PlaneConfig
from ui.playground.take_along.code_parts import (
    ACTIVATIONS,
    END,
    GELU,
    LOSSES,
    UPDATES,
    data_code,
    inputs_code,
    loss_kind,
    settings,
)

_CODE = '''"""A network on points in the plane: {title}.

As the page Playground of scratch-nn trains it, with the same weights to begin with and the same
points in the same order, and so with the same numbers. It needs NumPy alone.
"""

import base64

import numpy as np

{settings}


{inputs}

{activations}

ACTIVATIONS = [{activation_names}]


def loss(outputs, targets):
    """The mean loss, and its gradient for each output."""{loss}

def layers(vector):
    """The weights (in, out) and biases (out,) of each layer: views of one vector."""
    views, start = [], 0
    for rows, columns in zip(WIDTHS, WIDTHS[1:]):
        middle = start + rows * columns
        end = middle + columns
        views.append((vector[start:middle].reshape(rows, columns), vector[middle:end]))
        start = end
    return views


def forward(x, theta):
    """The outputs, and for the way back each layer's inputs and slopes."""
    kept = []
    for (weights, biases), activation in zip(layers(theta), ACTIVATIONS):
        values, slopes = activation(x @ weights + biases)
        kept.append((x, slopes))
        x = values
    return x, kept


def backward(gradient, kept, theta):
    """dL/dtheta from the loss's gradient for each output: the chain rule, layer by layer."""
    result = np.empty_like(theta)
    triples = list(zip(layers(theta), layers(result), kept))
    for (weights, _), (of_weights, of_biases), (x, slopes) in reversed(triples):
        gradient = gradient * slopes
        of_weights[...] = x.T @ gradient
        of_biases[...] = gradient.sum(axis=0)
        gradient = gradient @ weights.T
    return result


def update(theta, g, memory, step):
    """The parameters after one step against the gradient g."""{update}

def train(epochs=EPOCHS):
    """Train; returns the parameters and the losses of training and test."""
    theta, memory, step = START.copy(), {{}}, 0
    x = inputs(TRAIN)
    for epoch in range(epochs):
        order = np.random.default_rng([SEED, epoch]).permutation(len(x))
        for begin in range(0, len(x), BATCH_SIZE):
            batch = order[begin : begin + BATCH_SIZE]
            outputs, kept = forward(x[batch], theta)
            g = backward(loss(outputs, TRAIN_TARGETS[batch])[1], kept, theta)
            g = g + L1 * np.sign(theta){l2}
            step += 1
            theta = update(theta, g, memory, step)
    return theta, mean_loss(TRAIN, TRAIN_TARGETS, theta), mean_loss(TEST, TEST_TARGETS, theta)


def mean_loss(points, targets, theta):
    return loss(forward(inputs(points), theta)[0], targets)[0]

'''


def numpy_code(
    config: PlaneConfig,
    train: Points,
    test: Points,
    start: np.ndarray,
    *,
    epochs: int,
    title: str,
) -> str:
    """The program.

    Args:
        config: the network and its training.
        train, test: the points.
        start: (P,) the weights to begin with.
        epochs: how many it trains when it is run.
        title: in a few words what it is about.
    """
    names = config.layer_activations
    return (_CODE + END).format(
        title=title,
        settings=settings(config, epochs, len(train)),
        inputs=inputs_code(config),
        activations="\n\n".join(_activation(name) for name in dict.fromkeys(names)),
        activation_names=", ".join(names),
        loss=LOSSES[loss_kind(config)],
        update=UPDATES[config.optimizer],
        l2="" if config.optimizer == "adamw" else " + L2 * theta",
        data=data_code(config, train, test, start),
    )


def _activation(name: str) -> str:
    if name == "gelu":
        return GELU.rstrip()
    values, slopes = ACTIVATIONS[name]
    return f'''
def {name}(z):
    """The values, and their slopes."""
    values = {values}
    return values, {slopes}'''
