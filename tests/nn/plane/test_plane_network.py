"""The network of a set-up: layers, starting weights, and switched-off neurons."""

import numpy as np
import pytest

import nn
from nn.plane import PlaneConfig, plane_network
from nn.plane.plane_network import switches


def test_starting_weights_of_the_playground():
    network = plane_network(PlaneConfig(hidden=(16,) * 6, activations=("tanh",) * 6))
    assert network.dtype == np.float64
    for name, values in network.named_parameters().items():
        if name.endswith("bias"):
            assert (values == 0.1).all()
        else:
            assert np.abs(values).max() <= 0.5
    weights = np.concatenate([w.ravel() for n, w in network.named_parameters().items() if "w" in n])
    assert abs(weights.mean()) < 4 * np.sqrt(1 / 12 / len(weights))
    assert weights.std() == pytest.approx(np.sqrt(1 / 12), rel=0.05)


def test_parameters_lie_as_input_by_input_weights_and_then_biases():
    network = plane_network(PlaneConfig(hidden=(3,), activations=("relu",)))
    network.parameters[...] = np.arange(13)
    first, bias = network.named_parameters()["0.weight"], network.named_parameters()["0.bias"]
    np.testing.assert_array_equal(first, [[0, 3], [1, 4], [2, 5]])  # (out, in)
    np.testing.assert_array_equal(bias, [6, 7, 8])


@pytest.mark.parametrize("initializer", nn.INITIALIZERS)
def test_other_initializers_are_those_of_the_library(initializer):
    network = plane_network(PlaneConfig(initializer=initializer, init_scale=10, seed=5))
    plain = nn.Network.mlp([2, 4, 2, 1], initializer=initializer, seed=5, dtype="float64")
    pairs = zip(network.named_parameters().values(), plain.named_parameters().values(), strict=True)
    for scaled, values in pairs:
        np.testing.assert_allclose(scaled, values * 10)


def test_the_seed_alone_decides():
    one, same, other = (plane_network(PlaneConfig(seed=seed)).parameters for seed in (3, 3, 4))
    np.testing.assert_array_equal(one, same)
    assert (one != other).any()


@pytest.mark.parametrize("activation", [*nn.ACTIVATIONS, "linear"])
def test_an_off_neuron_says_nought_and_nothing_flows_back(activation, numeric_gradient):
    network = plane_network(
        PlaneConfig(hidden=(4, 3), activations=(activation, activation), initializer="he_normal")
    )
    switches(network)[0].off = frozenset({1})
    rng = np.random.default_rng(0)
    network.parameters += rng.normal(size=network.num_parameters)  # no value at a kink
    x = rng.normal(size=(6, 2))
    network.forward(x)
    network.backward(np.ones((6, 1)) / 6)
    gradients = network.named_gradients()
    weights = network.named_parameters()
    second = next(name for name in list(weights)[2:] if name.endswith("weight"))
    assert not gradients["0.weight"][1].any()
    assert gradients["0.bias"][1] == 0
    assert not gradients[second][:, 1].any()
    # The others' gradients are those of the network without it.
    found = network.gradients.copy()
    numeric = numeric_gradient(lambda: float(network.forward(x).mean()), network.parameters)
    np.testing.assert_allclose(found, numeric, atol=1e-7)
    # What it says is multiplied by these weights: they make no difference.
    before = network.forward(x).copy()
    weights[second][:, 1] = 100
    np.testing.assert_array_equal(network.forward(x), before)
