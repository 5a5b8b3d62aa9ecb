"""The chart of what a neuron says to a dream."""

import numpy as np

from ui.figures.dream import dream_figure

LATER = np.linspace(0, 25, 96)


def test_first_steps_from_far_below_leave_the_others_their_room() -> None:
    values = np.concatenate([[-800, -400, -180, -60, -10], LATER])
    low, high = dream_figure(values, (30.0, 1000))["layout"]["yaxis"]["range"]
    assert -5 < low < 0
    assert 30 < high < 35


def test_all_of_an_ordinary_climb_is_shown() -> None:
    values = np.concatenate([[-20, -15, -10, -5, -1], LATER])
    assert "range" not in dream_figure(values, None)["layout"]["yaxis"]
