"""Dropout: what it drops, and when."""

import math

import numpy as np
import pytest

import nn
from tests.nn.layers.test_layers import batch


def test_dropout_drops_the_share_p_and_keeps_the_mean():
    layer, n = nn.Dropout(0.3), 200_000
    y = layer.forward(np.ones((400, n // 400), np.float32), training=True)
    assert y.dtype == np.float32
    np.testing.assert_allclose(np.unique(y), [0, 1 / 0.7], rtol=1e-6)
    deviation = math.sqrt(0.3 * 0.7 / n)
    assert abs((y == 0).mean() - 0.3) < 5 * deviation
    assert abs(y.mean(dtype=np.float64) - 1) < 5 * deviation / 0.7


def test_dropout_draws_anew_each_time_and_its_gradient_takes_the_same_way():
    layer, x = nn.Dropout(0.5), np.ones((50, 40))
    first = layer.forward(x, training=True).copy()
    second = layer.forward(x, training=True).copy()
    assert (first != second).any()
    np.testing.assert_array_equal(layer.backward(np.ones_like(x)), second)


@pytest.mark.parametrize(("p", "training"), [(0.5, False), (0.0, True)])
def test_dropout_changes_nothing_outside_training_or_with_p_0(p, training):
    layer, x = nn.Dropout(p), batch()
    layer.forward(x, training=True)
    np.testing.assert_array_equal(layer.forward(x, training), x)
    np.testing.assert_array_equal(layer.backward(x.copy()), x)
