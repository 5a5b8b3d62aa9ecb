"""The work behind the landscape: coarse pictures first, and the last one exact."""

import numpy as np
import pytest

import nn
from nn.plain_state import plain_state
from tests.ui.long_work.steps import signs_and_result
from ui.inside.landscape_work import LINE, LINE_POINTS, RANDOM, Source, landscape

IMAGES = np.random.default_rng(0).integers(0, 255, (40, 3, 3)).astype(np.uint8)
LABELS = (np.arange(40) % 4).astype(np.int64)


def network(seed: int) -> nn.Network:
    return nn.Network.mlp([9, 5, 4], seed=seed, input_std=0.5)


def parts(source: Source, points: int = 25) -> tuple:
    """All signs of progress but the first, and the result."""
    signs, found = signs_and_result(landscape(source, IMAGES, LABELS, points, 1.0))
    return signs[1:], found


def test_coarse_pictures_come_first() -> None:
    signs, found = parts(Source(RANDOM, plain_state(network(1)), seed=2))
    assert [sign.partial.losses.shape for sign in signs] == [(7, 7), (13, 13), (25, 25)]
    shares = [sign.share for sign in signs]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    # Each has points of the last one alone.
    for sign, step in zip(signs, (4, 2, 1), strict=True):
        np.testing.assert_allclose(sign.partial.losses, found.losses[::step, ::step], rtol=1e-5)
        np.testing.assert_array_equal(sign.partial.xs, found.xs[::step])


def test_a_line_has_25_points_with_both_networks_among_them() -> None:
    one, other = network(1), network(2)
    _, found = parts(Source(LINE, plain_state(one), other=plain_state(other)))
    assert found.losses.shape == (1, 25)
    for end, at_end in ((0, one), (1, other)):
        expected = nn.loss_and_accuracy(
            at_end, nn.CrossEntropyLoss(), IMAGES, LABELS, averaging=nn.ALONE
        )
        (at,) = np.flatnonzero(end == LINE_POINTS)
        assert found.losses[0, at] == pytest.approx(expected[0], rel=1e-5)
        assert found.accuracies[0, at] == expected[1]
