"""When overfitting begins."""

import random
from typing import Any

import pytest

from ui.train.overfitting import overfitting_since


def epochs(validation: list[float | None], training: list[float] | None = None) -> list[dict]:
    """Epoch events with these losses; without others the training loss falls by a tenth each."""
    training = training or [0.9**i for i in range(len(validation))]
    return [
        {"train_loss": one, "val_loss": other}
        for one, other in zip(training, validation, strict=True)
    ]


RISING = [1.0, 0.5, 0.3, 0.2, 0.22, 0.24, 0.26, 0.28, 0.3]


def test_it_begins_at_the_lowest_validation_loss() -> None:
    assert overfitting_since(epochs(RISING)) == 3


def test_a_few_worse_epochs_are_not_enough() -> None:
    assert overfitting_since(epochs(RISING[:7])) is None


def test_a_small_rise_is_none() -> None:
    assert overfitting_since(epochs([1.0, 0.5, 0.2, *[0.205] * 20])) is None


@pytest.mark.parametrize("seed", range(20))
def test_noise_around_a_level_is_none(seed: int) -> None:
    noise = random.Random(seed)
    losses: list[float | None] = [0.1 + 0.5 * 0.7**i + noise.gauss(0, 0.015) for i in range(60)]
    assert overfitting_since(epochs(losses)) is None


@pytest.mark.parametrize("seed", range(20))
def test_a_rise_is_seen_through_noise(seed: int) -> None:
    noise = random.Random(seed)
    losses: list[float | None] = [
        0.1 + 0.5 * 0.6**i + 0.004 * max(0, i - 8) + noise.gauss(0, 0.005) for i in range(40)
    ]
    since = overfitting_since(epochs(losses))
    assert since is not None
    assert 5 <= since <= 16


def test_a_single_lucky_epoch_is_not_the_beginning() -> None:
    assert overfitting_since(epochs([1.0, 0.5, 0.01, 0.4, 0.3, 0.3, 0.3, 0.3, 0.3])) is None


def test_where_the_training_loss_rises_too_something_else_is_wrong() -> None:
    assert overfitting_since(epochs(list(RISING), [0.1 * i for i in range(9)])) is None


@pytest.mark.parametrize("losses", [[], [None] * 9, [0.1], [*RISING[:-1], None]])
def test_without_validation_nothing_is_said(losses: list[Any]) -> None:
    assert overfitting_since(epochs(losses)) is None
