"""One decision through a training: by hand, and beside the networks of a real one."""

import numpy as np
import pytest

import nn
from nn.history import History
from nn.history.decision import Turns, probabilities_through, turns
from tests.nn.history.small_trainings import IMAGES, TEST, make, train


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        ("", Turns(None, [], [], None)),
        ("000", Turns(None, [], [], None)),
        ("111", Turns(0, [], [], 0)),
        ("0011", Turns(2, [], [], 2)),
        ("0110", Turns(1, [3], [], None)),
        ("1011010", Turns(0, [1, 4, 6], [2, 5], None)),
        ("0101101", Turns(1, [2, 5], [3, 6], 6)),
    ],
)
def test_first_right_forgotten_and_learned_again(right, expected):
    assert turns(np.array([digit == "1" for digit in right])) == expected


def test_right_is_one_for_each_moment():
    with pytest.raises(
        ValueError, match=r"right must be \(m,\), one for each moment, got \(2, 3\)"
    ):
        turns(np.ones((2, 3)))


def test_at_each_moment_it_says_what_the_network_of_then_says(tmp_path):
    train(tmp_path, make(batch_norm=True))
    history = History(tmp_path)
    records, images = history.whole(), IMAGES[TEST][:3]
    found = probabilities_through(history, records, images)
    assert found.shape == (len(records), 3, 4)
    for record, probabilities in zip(records, found, strict=True):
        network = history.network_at(record)
        np.testing.assert_allclose(
            probabilities, network.predict_proba(images, averaging=nn.ALONE), rtol=1e-5
        )
