"""The first convolution and its pooling as one step, beside the two layers themselves."""

import numpy as np
import pytest

import nn
from nn.training.pooled_convolution import PooledConvolution, training_steps


def images(count: int, side: int, channels: int = 1) -> np.ndarray:
    """With large plain parts, where pooling finds equal values."""
    rng = np.random.default_rng(3)
    pixels = rng.random((count, side * side * channels), np.float32)
    pixels[:, : pixels.shape[1] // 2] = 0
    return pixels * (pixels > 0.4)


@pytest.mark.parametrize("direct_products", [0, 100_000, 1_000_000])
@pytest.mark.parametrize(
    ("channels", "kernel_size", "side"), [(1, 5, 28), (1, 5, 12), (1, 2, 5), (3, 5, 8)]
)
def test_it_does_what_the_two_layers_do(channels, kernel_size, side, direct_products):
    conv = nn.Conv2d(channels, 6, kernel_size, side)
    pool = nn.MaxPool2d(6, conv.out_side)
    network = nn.Network([conv, pool, nn.Flatten(6, conv.out_side // 2)], seed=1)
    conv.bias[...] = np.linspace(-1, 1, 6)
    conv.direct_products = direct_products
    step = training_steps(network.layers, 9)[0]
    assert isinstance(step, PooledConvolution)
    for count in (5, 2, 9):  # work arrays are used again
        x = images(count, side, channels)
        expected = pool.forward(conv.forward(x, True), True).copy()
        np.testing.assert_allclose(step.forward(x, True), expected, atol=1e-5)
        direction = np.random.default_rng(count).normal(size=expected.shape).astype(np.float32)
        conv.backward(pool.backward(direction.copy()), input_gradient=False)
        gradients = network.gradients.copy()
        network.gradients[...] = np.nan
        step.backward(direction)
        np.testing.assert_allclose(network.gradients, gradients, atol=1e-3)


@pytest.mark.parametrize(
    "layers",
    [
        [nn.Linear(784, 10)],
        [nn.Conv2d(1, 4, 5, 28), nn.ReLU(), nn.MaxPool2d(4, 24), nn.Flatten(4, 12)],
        [nn.Conv2d(1, 4, 4, 28), nn.MaxPool2d(4, 25), nn.Flatten(4, 12)],
        [nn.Conv2d(1, 4, 5, 28)],
    ],
)
def test_other_layers_stay_as_they_are(layers):
    assert training_steps(layers, 1) == layers


def test_more_patches_than_memory_should_hold_are_not_laid_out_at_once():
    # 24 rows of 6 patches of 5 x 8 values, 5,760 for an image.
    layers = [nn.Conv2d(1, 4, 5, 28), nn.MaxPool2d(4, 24), nn.Flatten(4, 12)]
    assert isinstance(training_steps(layers, 1_736)[0], PooledConvolution)
    assert training_steps(layers, 1_737) == layers
