"""Starting weights: their variances and limits from the formulas."""

import numpy as np
import pytest

import nn

FAN_IN, FAN_OUT = 400, 250

VARIANCES = {
    "he": 2 / FAN_IN,
    "glorot": 2 / (FAN_IN + FAN_OUT),
    "lecun": 1 / FAN_IN,
}


def draw(name: str, seed: int = 0) -> np.ndarray:
    return nn.INITIALIZERS[name](np.random.default_rng(seed), FAN_IN, FAN_OUT)


@pytest.mark.parametrize("shape", ["normal", "uniform"])
@pytest.mark.parametrize("rule", VARIANCES)
def test_mean_and_variance_are_those_of_the_formula(rule, shape):
    weights, variance = draw(f"{rule}_{shape}"), VARIANCES[rule]
    assert weights.shape == (FAN_IN, FAN_OUT)
    assert abs(weights.mean()) < 5 * np.sqrt(variance / weights.size)
    # Five standard errors of a variance: √(2/n) for a normal distribution, less for a uniform one.
    np.testing.assert_allclose(weights.var(), variance, rtol=5 * np.sqrt(2 / weights.size))


@pytest.mark.parametrize("rule", VARIANCES)
def test_the_shapes_are_normal_and_uniform(rule):
    standard = draw(f"{rule}_normal") / np.sqrt(VARIANCES[rule])
    assert abs((np.abs(standard) < 1).mean() - 0.6827) < 0.01
    assert abs((np.abs(standard) < 2).mean() - 0.9545) < 0.01
    limit = np.sqrt(3 * VARIANCES[rule])
    uniform = draw(f"{rule}_uniform")
    assert np.abs(uniform).max() <= limit
    counts, _ = np.histogram(uniform, bins=10, range=(-limit, limit))
    np.testing.assert_allclose(counts, uniform.size / 10, rtol=0.05)


def test_zeros_are_zeros():
    assert not draw("zeros").any()


@pytest.mark.parametrize("name", nn.INITIALIZERS)
def test_the_seed_decides(name):
    np.testing.assert_array_equal(draw(name, seed=3), draw(name, seed=3))
    if name != "zeros":
        assert (draw(name, seed=3) != draw(name, seed=4)).any()


def test_he_keeps_the_size_of_signals_through_many_relu_layers():
    network = nn.Network.mlp([200] * 21, initializer="he_normal", dtype=np.float64)
    x = np.random.default_rng(0).normal(size=(100, 200))
    assert 0.2 < network.forward(x).std() / x.std() < 5
