"""A loss and its gradients, computed once: several look at them, none changes them."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import nn
from nn.explain.chain import Chain
from nn.explain.gradient_check import GradientChecker
from nn.explain.loss_trace import LossTrace
from nn.explain.one_step import one_step

RNG = np.random.default_rng(8)
IMAGES, LABELS = RNG.random((6, 4, 4)), np.array([0, 1, 2, 0, 1, 2])


def make(dtype="float64"):
    return nn.Network.mlp([16, 8, 3], "tanh", input_std=0.5, seed=4, dtype=dtype)


@pytest.mark.parametrize("loss", [nn.CrossEntropyLoss(0.1), nn.MSELoss()])
def test_it_is_what_the_network_says_forwards_and_backwards(loss):
    network = make()
    traced = LossTrace(network, IMAGES, LABELS, loss)
    value, gradient = loss(network.forward(network.scale_input(IMAGES)), LABELS)
    network.backward(gradient)
    assert traced.value == value
    for name, expected in network.named_gradients().items():
        np.testing.assert_array_equal(traced.gradients[name], expected)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_copy_of_the_network_is_moved_and_put_back(dtype):
    network = make(dtype)
    traced = LossTrace(network, IMAGES, LABELS)
    before = traced.network.parameters.copy()
    network.parameters[:] = 0  # as little as what happens to the copy concerns the network
    GradientChecker(traced).sample(10)
    one_step(traced, 0.1)
    np.testing.assert_array_equal(traced.network.parameters, before)
    assert not network.parameters.any()
    assert traced.network.dtype == np.float64


def test_all_look_at_one_at_once():
    traced = LossTrace(make(), IMAGES, LABELS)
    checker = GradientChecker(traced)
    acts = [lambda: checker.sample(20), lambda: one_step(traced, 0.1)]
    expected = [act() for act in acts]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda k: acts[k % 2](), range(24)))
    assert all(one == expected[k % 2] for k, one in enumerate(found))


def test_a_chain_keeps_no_network_in_float64():
    network = make("float32")
    chain = Chain(network, LossTrace.of_image(network, IMAGES[0], 1))
    kept = [one for one in vars(chain).values() if isinstance(one, nn.Network | LossTrace)]
    assert kept == [network]


@pytest.mark.parametrize(
    ("images", "labels", "said"),
    [(IMAGES[:, :3], LABELS, "images"), (IMAGES, LABELS + 1, "labels"), (IMAGES[:0], [], "images")],
)
def test_what_does_not_fit_is_refused(images, labels, said):
    with pytest.raises(ValueError, match=said):
        LossTrace(make(), images, labels)
