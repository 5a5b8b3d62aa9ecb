"""Telling a network that learned nothing from one that learned little."""

import numpy as np
import pytest

from nn.evaluation.accuracy import NOTHING_LEARNED, hint

LABELS = np.repeat(np.arange(4, dtype=np.uint8), [10, 40, 30, 20])


@pytest.mark.parametrize("accuracy", [0.0, 0.1, 0.3, 0.4])
def test_no_better_than_always_the_most_frequent_class_is_nothing(accuracy):
    assert hint(accuracy, LABELS) == NOTHING_LEARNED


@pytest.mark.parametrize("accuracy", [0.41, 0.9, 1.0])
def test_anything_better_is_something(accuracy):
    assert hint(accuracy, LABELS) is None
