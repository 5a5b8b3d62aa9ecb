"""What a network may be told of a point."""

import numpy as np

from nn.plane import FEATURES
from nn.plane.features import inputs_of


def test_values_by_hand():
    x = np.array([[2.0, -3.0], [0.5, 1.0]])
    expected = {
        "x1": [2, 0.5],
        "x2": [-3, 1],
        "x1_squared": [4, 0.25],
        "x2_squared": [9, 1],
        "x1_x2": [-6, 0.5],
        "sin_x1": np.sin([2, 0.5]),
        "sin_x2": np.sin([-3, 1]),
        "cos_x1": np.cos([2, 0.5]),
        "cos_x2": np.cos([-3, 1]),
    }
    assert list(FEATURES) == list(expected)
    np.testing.assert_array_equal(
        inputs_of(x, list(expected)), np.stack(list(expected.values()), axis=1)
    )


def test_the_code_of_a_feature_says_what_it_is():
    x1, x2 = np.random.default_rng(0).normal(0, 3, (2, 20))
    for feature in FEATURES.values():
        coded = eval(feature.code, {"np": np, "x1": x1, "x2": x2})
        np.testing.assert_array_equal(coded, feature(x1, x2))
