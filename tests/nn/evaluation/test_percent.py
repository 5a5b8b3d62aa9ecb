"""Shares as text."""

import numpy as np
import pytest

from nn.evaluation.percent import percent, probability_percent


@pytest.mark.parametrize(
    ("right", "count", "text"),
    [
        (9955, 10_000, "99.55 %"),
        (9999, 10_000, "99.99 %"),
        (59_999, 60_000, "99.998 %"),
        (354, 355, "99.7 %"),
        (999, 1000, "99.9 %"),
        (9, 10, "90.0 %"),
        (10_000, 10_000, "100.00 %"),
        (0, 10_000, "0.00 %"),
        (1, 1, "100.0 %"),
    ],
)
def test_a_share_of_images_has_the_decimals_that_show_a_single_one(
    right: int, count: int, text: str
) -> None:
    assert percent(right / count, count) == text


@pytest.mark.parametrize("count", [355, 1000, 10_000, 12_345, 60_000])
def test_one_image_more_or_less_changes_the_text(count: int) -> None:
    near_all = [percent(right / count, count) for right in range(count - 50, count + 1)]
    assert len(set(near_all)) == len(near_all)


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0.123, "12.3 %"),
        (0.9996, ">99.9 %"),
        (1.0, "100.0 %"),
        (0.0004, "<0.1 %"),
        (0.0, "0.0 %"),
        (0.0006, "0.1 %"),
        (0.9994, "99.9 %"),
    ],
)
def test_a_probability_has_one_decimal_and_is_never_certain_by_rounding(
    probability: float, text: str
) -> None:
    assert percent(probability) == text


def test_a_tiny_share_that_was_not_counted_in_images_is_not_called_nothing() -> None:
    assert percent(1e-7, 10_000) == "<0.01 %"


@pytest.mark.parametrize(
    ("probability", "text"),
    [(1.0, ">99.9 %"), (np.float32(1), ">99.9 %"), (0.0, "<0.1 %"), (0.9994, "99.9 %")],
)
def test_a_softmax_is_never_certain(probability: float, text: str) -> None:
    assert probability_percent(probability) == text
