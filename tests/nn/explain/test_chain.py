"""The chain rule, factor by factor, gives the gradients of backpropagation."""

from math import prod

import numpy as np
import pytest

import nn
from nn.explain.chain import Chain
from nn.explain.loss_trace import LossTrace
from nn.explain.trace import trace_back

RNG = np.random.default_rng(5)
IMAGE = RNG.random((6, 6))


def trained_a_little(network):
    """With running means and weights that are neither 0 nor 1."""
    for _ in range(3):
        network.forward(RNG.normal(0, 1, (32, network.in_features)), training=True)
    network.parameters += RNG.normal(0, 0.1, network.num_parameters)
    return network


def mlp(activation="relu", **options):
    made = nn.Network.mlp([36, 12, 9, 4], activation, dtype=np.float64, input_std=0.5, **options)
    return trained_a_little(made)


def convolutional():
    return trained_a_little(
        nn.Network(
            [
                *(nn.Conv2d(1, 3, 3, 6), nn.ReLU(), nn.MaxPool2d(3, 4)),
                *(nn.Flatten(3, 2), nn.Linear(12, 5), nn.Tanh(), nn.Linear(5, 4)),
            ],
            dtype=np.float64,
        )
    )


def chain_of(network, target):
    return Chain(network, LossTrace.of_image(network, IMAGE, target))


def gradients(network, target):
    logits = network.predict_logits(IMAGE[np.newaxis])
    gradient = nn.CrossEntropyLoss()(logits, np.array([target]))[1]
    return trace_back(network, IMAGE[np.newaxis], gradient).gradients


def product(chain, layer, neuron, input):
    """dL/dw by its factors alone, each δ on the way too."""

    def delta(layer, neuron):
        step = chain.delta(layer, neuron)
        if step.next_layer is None:
            above = chain.probabilities[neuron] - (neuron == chain.target)
        else:
            later = [delta(step.next_layer, k) for k in range(len(step.weights))]
            np.testing.assert_allclose(step.deltas, later, rtol=1e-10, atol=1e-15)
            above = step.weights @ step.deltas
        return above * prod(slope.value for slope in step.slopes)

    return delta(layer, neuron) * chain.inputs(layer)[input]


@pytest.mark.parametrize("activation", nn.ACTIVATIONS)
@pytest.mark.parametrize("more", [{}, {"batch_norm": True, "dropout": 0.3}])
def test_the_product_of_the_factors_is_the_gradient(activation, more):
    network = mlp(activation, **more)
    chain, expected = chain_of(network, 2), gradients(network, 2)
    for layer in chain.layers:
        assert chain.reaches(layer)
        weights = expected[f"{layer}.weight"]
        for neuron in range(len(weights)):
            np.testing.assert_array_equal(chain.gradient(layer, neuron), weights[neuron])
            assert product(chain, layer, neuron, 3) == pytest.approx(weights[neuron, 3], rel=1e-10)


def test_pytorch_says_the_same():
    torch = pytest.importorskip("torch")
    network = mlp()
    twin = torch.nn.Sequential(
        *(torch.nn.Linear(36, 12), torch.nn.ReLU(), torch.nn.Linear(12, 9), torch.nn.ReLU()),
        torch.nn.Linear(9, 4),
    ).double()
    state = network.state_dict()
    twin.load_state_dict({name: torch.tensor(value.copy()) for name, value in state.items()})
    inputs = torch.tensor(network.scale_input(IMAGE[np.newaxis]))
    torch.nn.functional.cross_entropy(twin(inputs), torch.tensor([1])).backward()
    chain = chain_of(network, 1)
    for layer, neuron, input in [(0, 4, 30), (0, 7, 2), (2, 3, 5), (4, 1, 8)]:
        theirs = float(twin[layer].weight.grad[neuron, input])
        assert product(chain, layer, neuron, input) == pytest.approx(theirs, rel=1e-4, abs=1e-12)


def test_a_weight_of_a_convolution_is_the_sum_over_its_places():
    network = convolutional()
    chain, expected = chain_of(network, 0), gradients(network, 0)
    assert chain.layers == [0, 4, 6]
    assert [chain.reaches(layer) for layer in chain.layers] == [False, True, True]
    for filter in range(3):
        weights = expected["0.weight"][filter].ravel()
        np.testing.assert_array_equal(chain.gradient(0, filter), weights)
        for input in range(9):
            deltas, seen = chain.places(0, filter, input)
            assert len(deltas) == 16
            assert deltas @ seen == pytest.approx(weights[input], rel=1e-10, abs=1e-15)
    with pytest.raises(ValueError, match="Linear"):
        chain.delta(0, 0)


@pytest.mark.parametrize("make", [mlp, convolutional])
def test_the_largest_is_the_largest(make):
    network = make()
    chain, expected = chain_of(network, 3), gradients(network, 3)
    sizes = {layer: np.abs(expected[f"{layer}.weight"]) for layer in chain.layers}
    steepest = max(chain.layers, key=lambda layer: sizes[layer].max())
    layer, neuron, input = chain.largest()
    assert (layer, sizes[layer][neuron].ravel()[input]) == (steepest, sizes[steepest].max())
    for asked in chain.layers:
        layer, neuron, input = chain.largest(asked)
        assert (layer, sizes[layer][neuron].ravel()[input]) == (asked, sizes[asked].max())
        layer, neuron, input = chain.largest(asked, 1)
        assert (layer, neuron, input) == (asked, 1, sizes[asked][1].argmax())


def test_a_float32_network_is_looked_at_in_float64():
    network = mlp(batch_norm=True).copy(np.float32)
    chain, expected = chain_of(network, 2), gradients(network.copy(np.float64), 2)
    for layer, neuron, input in [(0, 4, 30), (3, 2, 5), (6, 1, 8)]:
        weight = expected[f"{layer}.weight"][neuron, input]
        assert product(chain, layer, neuron, input) == pytest.approx(weight, rel=1e-10, abs=1e-18)


def test_a_target_that_is_no_class_is_refused():
    with pytest.raises(ValueError, match="target"):
        chain_of(mlp(), 4)
