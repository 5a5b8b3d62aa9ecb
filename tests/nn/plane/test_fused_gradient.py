"""The fast gradient against the one that the layers give."""

import numpy as np
import pytest

import nn
from nn.plane import PlaneConfig, plane_network
from nn.plane.fused_gradient import FusedGradient, with_ones
from nn.plane.plane_network import switches
from nn.plane.task import Task


@pytest.mark.parametrize(
    ("activation", "hidden"),
    [("tanh", ()), ("tanh", (5,)), *((name, (4, 16, 3)) for name in [*nn.ACTIVATIONS, "linear"])],
)
@pytest.mark.parametrize(
    ("classes", "loss"),
    [(0, "squared"), (2, "squared"), (2, "cross_entropy"), (3, "squared"), (3, "cross_entropy")],
)
def test_it_is_that_of_the_layers(activation, hidden, classes, loss):
    config = PlaneConfig(
        hidden=hidden, activations=(activation,) * len(hidden), classes=classes, loss=loss
    )
    network, task = plane_network(config), Task(config)
    for layer in switches(network)[1:]:
        layer.off = frozenset({0, 2})
    fused = FusedGradient(network, config, task.loss)
    for count in (10, 1, 600):
        for seed in (1, 2):
            rng = np.random.default_rng(seed)
            network.parameters[...] = rng.normal(size=network.num_parameters)
            x = rng.normal(0, 2, (count, 2))
            targets = rng.integers(0, max(2, classes), count).astype(float)
            aims = task.aims(2 * targets - 1 if classes == 2 else targets)
            network.backward(task.loss(network.forward(x, True), aims)[1])
            expected = network.gradients.copy()
            network.gradients[...] = np.nan
            fused(with_ones(x), aims)
            np.testing.assert_allclose(network.gradients, expected, rtol=1e-12, atol=1e-13)
