"""The chart of what a neuron says to a dream."""

import numpy as np
import pytest

from ui.figures.dream import begins_below, dream_figure

LATER = np.linspace(0, 25, 96)


def test_first_steps_from_far_below_leave_the_others_their_room() -> None:
    values = np.concatenate([[-800, -400, -180, -60, -10], LATER])
    low, high = dream_figure(values, (30.0, 1000))["layout"]["yaxis"]["range"]
    assert -5 < low < 0
    assert 30 < high < 35


def test_all_of_an_ordinary_climb_is_shown() -> None:
    values = np.concatenate([[-20, -15, -10, -5, -1], LATER])
    assert "range" not in dream_figure(values, None)["layout"]["yaxis"]


def test_the_line_of_the_real_images_is_shown_where_it_lies_below_the_dream() -> None:
    values = np.concatenate([[-800, -400, -180, -60, -10], LATER])
    most = (-20.0, 1000)
    low, high = dream_figure(values, most)["layout"]["yaxis"]["range"]
    assert -25 < low < -20
    assert 25 < high < 30
    assert begins_below(values, most)


@pytest.mark.parametrize(
    ("values", "most"),
    [
        # The real images lie so deep that the dream's climb is no flatter with its start.
        (np.concatenate([[-800, -400, -180, -60, -10], LATER]), (-500.0, 1000)),
        (np.array([-8.0] + [3.0] * 100), None),  # it stands still,
        (np.array([-8.0] + [3.0, 3.0 + 1e-6] * 50), None),  # but for how numbers are rounded
    ],
)
def test_a_start_that_flattens_nothing_is_shown(
    values: np.ndarray, most: tuple[float, int] | None
) -> None:
    assert "range" not in dream_figure(values, most)["layout"]["yaxis"]
    assert not begins_below(values, most)
