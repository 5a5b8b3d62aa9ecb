"""A short training's path: networks that get better, and what they learn."""

import numpy as np

import nn

RNG = np.random.default_rng(4)
IMAGES = RNG.random((50, 6, 6))
LABELS = (4 * IMAGES[:, 0, 0]).astype(int)


def make(kind):
    """A network in float64."""
    if kind == "convolutional":
        layers = [nn.Conv2d(1, 3, 3, 6), nn.ReLU(), nn.MaxPool2d(3, 4), nn.Flatten(3, 2)]
        return nn.Network([*layers, nn.Linear(12, 4)], seed=3, input_std=0.3, dtype="float64")
    return nn.Network.mlp(
        [36, 9, 4], seed=3, input_std=0.3, dtype="float64", batch_norm=kind == "batch_norm"
    )


def path(kind, moments=5):
    """The network at so many moments, two steps apart."""
    network, loss, found = make(kind), nn.CrossEntropyLoss(), []
    inputs = network.scale_input(IMAGES)
    for step in range(2 * moments):
        if step % 2 == 0:
            found.append(network.copy())
        _, grad = loss(network.forward(inputs, training=True), LABELS)
        network.backward(grad)
        network.parameters -= 0.3 * network.gradients
    return found
