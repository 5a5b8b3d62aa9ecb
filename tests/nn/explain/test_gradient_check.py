"""Backpropagation against central differences, and what the check says of both."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import nn
from nn.explain.gradient_check import GOOD_STEP, STEPS, GradientChecker
from nn.explain.loss_trace import LossTrace
from nn.explain.one_step import one_step

RNG = np.random.default_rng(8)
IMAGES, LABELS = RNG.random((6, 4, 4)), np.array([0, 1, 2, 0, 1, 2])


def make(activation="tanh"):
    return nn.Network.mlp([16, 8, 3], activation, input_std=0.5, seed=4)


@pytest.mark.parametrize("activation", ["tanh", "gelu", "relu"])
@pytest.mark.parametrize("loss", [nn.CrossEntropyLoss(0.1), nn.MSELoss()])
def test_a_right_gradient_is_confirmed(activation, loss):
    checker = GradientChecker(LossTrace(make(activation), IMAGES, LABELS, loss))
    for check in checker.sample(40):
        (difference,) = check.differences
        assert difference.crosses_kink or difference.relative_error < 1e-4


def convolutional(activation):
    layers = [
        *(nn.Conv2d(1, 3, 3, 6), activation(), nn.MaxPool2d(3, 4), nn.Flatten(3, 2)),
        *(nn.Linear(12, 6), nn.BatchNorm(6), activation(), nn.Dropout(0.3), nn.Linear(6, 3)),
    ]
    return nn.Network(layers, input_std=0.5, seed=4)


def with_batch_norm(activation):
    widths = [36, 8, 6, 3]
    return nn.Network.mlp(widths, activation.name, batch_norm=True, input_std=0.5, seed=4)


@pytest.mark.parametrize("activation", [nn.Tanh, nn.ReLU])
@pytest.mark.parametrize("kind", [convolutional, with_batch_norm])
def test_a_right_gradient_is_confirmed_behind_batch_norm_and_convolutions(kind, activation):
    network = kind(activation)
    for _ in range(3):  # for running statistics that are neither 0 nor 1
        network.forward(RNG.normal(0.5, 2, (40, 36)), training=True)
    network.parameters += RNG.normal(0, 0.1, network.num_parameters)
    traced = LossTrace(network, RNG.random((6, 6, 6)), LABELS)
    checks = GradientChecker(traced).sample(300)
    assert {check.name for check in checks} == set(network.named_parameters())
    smooth = [check for check in checks if not check.differences[0].crosses_kink]
    assert len(smooth) > 250
    largest = max(abs(check.gradient) for check in checks)
    for check in smooth:
        tried = check.differences[0].value
        assert tried == pytest.approx(check.gradient, rel=1e-5, abs=1e-8 * largest), check.name


def test_the_error_falls_with_the_square_of_the_step_and_then_rises():
    check = GradientChecker(LossTrace(make(), IMAGES, LABELS)).check("0.weight", (2, 5))
    errors = dict(zip(STEPS, (one.relative_error for one in check.differences), strict=True))
    assert errors[1e-2] / errors[1e-1] == pytest.approx(0.01, rel=0.1)
    assert errors[1e-3] / errors[1e-2] == pytest.approx(0.01, rel=0.1)
    assert errors[1e-12] > 1e-5
    assert check.best.relative_error < 1e-8
    assert 1e-7 < check.best.step < 1e-2


def test_a_wrong_gradient_is_found(monkeypatch):
    backward = nn.Tanh.backward
    monkeypatch.setattr(nn.Tanh, "backward", lambda *args, **kw: 1.1 * backward(*args, **kw))
    checker = GradientChecker(LossTrace(make(), IMAGES, LABELS))
    (difference,) = checker.check("0.weight", (2, 5), [GOOD_STEP]).differences
    assert difference.relative_error == pytest.approx(1 - 1 / 1.1, rel=1e-4)


def test_a_kink_within_the_step_is_named():
    network = nn.Network([nn.Linear(1, 1), nn.ReLU(), nn.Linear(1, 2)], initializer="zeros")
    for name, value in (("0.weight", 0.01), ("2.weight", [[1], [0]])):
        network.named_parameters()[name][...] = value
    # z = w x with x = 1: the ReLU turns at w = 0, a step of 0.1 goes beyond it, one of 0.001 not.
    checker = GradientChecker(LossTrace(network, np.ones((1, 1)), np.array([0])))
    wide, narrow = checker.check("0.weight", (0, 0), [0.1, 0.001]).differences
    assert (wide.crosses_kink, narrow.crosses_kink) == (True, False)
    assert wide.relative_error > 0.3
    assert narrow.relative_error < 1e-5


@pytest.mark.parametrize("layer", [nn.LeakyReLU(), nn.MaxPool2d(1, 2)])
def test_other_kinks_are_named_too(layer):
    first = nn.Linear(1, 4)
    network = nn.Network([first, layer, nn.Linear(4 if isinstance(layer, nn.LeakyReLU) else 1, 2)])
    network.named_parameters()["0.weight"][...] = [[0.01], [0.005], [-1], [-1]]
    checker = GradientChecker(LossTrace(network, np.ones((1, 1)), np.array([0])))
    wide, narrow = checker.check("0.weight", (0, 0), [0.1, 0.0001]).differences
    assert (wide.crosses_kink, narrow.crosses_kink) == (True, False)


def test_the_network_stays_as_it_is():
    network = make()
    before = network.parameters.copy()
    GradientChecker(LossTrace(network, IMAGES, LABELS)).sample(10)
    one_step(LossTrace(network, IMAGES, LABELS), 0.1)
    np.testing.assert_array_equal(network.parameters, before)


def test_half_of_a_sample_has_a_gradient_even_where_few_weights_have_one():
    network = make("relu")
    network.named_parameters()["0.bias"][1:] = -100  # one neuron is left that is not silent
    checks = GradientChecker(LossTrace(network, IMAGES, LABELS)).sample(60)
    assert len(checks) == 60
    assert sum(check.gradient != 0 for check in checks) >= 30
    assert {check.name for check in checks} == set(network.named_parameters())


def test_threads_do_not_disturb_each_other():
    checker = GradientChecker(LossTrace(make(), IMAGES, LABELS))
    with ThreadPoolExecutor(4) as threads:
        samples = list(threads.map(lambda _: checker.sample(60), range(8)))
    assert all(sample == samples[0] for sample in samples)


def test_there_is_no_such_weight():
    checker = GradientChecker(LossTrace(make(), IMAGES, LABELS))
    with pytest.raises(KeyError):
        checker.check("7.weight", (0, 0))
    with pytest.raises(IndexError):
        checker.check("0.weight", (8, 0))


def test_a_small_step_does_what_the_gradient_says():
    network = make()
    small, large = (one_step(LossTrace(network, IMAGES, LABELS), rate) for rate in (1e-4, 1e-2))
    assert small.before == large.before > small.after > large.after
    # What is left out grows with the square of the rate.
    missed = [abs(step.after - step.predicted) for step in (small, large)]
    assert missed[1] / missed[0] == pytest.approx(1e4, rel=0.2)
