"""Whether a sign is one character or several: what a network reads better."""

import numpy as np
import pytest

import nn

PART = 1
"""Ink in this pixel says that an image shows no whole character."""


def network(max_energy=None):
    """Sure of class 1 or 2 by the first or last pixel, and of nothing without them."""
    made = nn.Network.mlp([784, 3], initializer="zeros", max_energy=max_energy)
    weights = made.named_parameters()["0.weight"]
    weights[1, 0] = weights[2, -1] = 20
    return made


def judge():
    """Takes what has no ink in the pixel after the first for a whole character as likely as not,
    and what has some for none."""
    made = nn.Network.mlp([784, 4], initializer="zeros")
    parameters = made.named_parameters()
    parameters["0.weight"][3, PART] = 20
    parameters["0.bias"][3] = np.log(3)  # against three classes of characters
    return made


def image(*pixels):
    values = np.zeros((28, 28), np.float32)
    values[4:24, 10:18] = 1
    values.flat[list(pixels)] = 1
    return values


def best(ways, max_energy=-10.0):
    return nn.most_readable(network(max_energy), judge(), ways)


def test_parts_that_are_read_surely_beat_a_whole_that_is_not():
    assert best([[image()], [image(0), image(0)]]).place == 1


def test_a_whole_that_is_read_surely_stays_whole():
    assert best([[image(0)], [image(0), image(0)]]).place == 0


def test_what_is_no_whole_character_is_parted_even_if_it_is_read_surely():
    assert best([[image(0, PART)], [image(0), image(0)]]).place == 1
    assert best([[image(0)], [image(0, PART), image(0)]]).place == 0


def test_a_part_that_is_strange_is_no_reason_to_part():
    assert best([[image()], [image(0), image()]]).place == 0


def test_without_a_choice_there_is_none():
    assert best([[image()]]).place == 0


def test_alone_a_sign_is_certainly_cut_out_rightly():
    assert best([[image(0)]]).certainty == 1


def test_where_all_ways_are_poor_the_best_is_uncertain():
    assert best([[image(0)], [image(0, PART), image(0)]]).certainty > 0.99
    # Read surely, but the odds of a whole character are 3 e^-20 to 3: worth -20 or -42.
    poor = best([[image(0, PART)], [image(0, PART), image(0, PART)]])
    assert poor.place == 0
    assert poor.certainty < 0.01


def test_ways_that_say_the_same_are_worth_their_sum():
    whole, parted = image(), [image(0), image(-1)]
    whole.flat[0] = 0.43
    # Its logits are 8.6, 0 and 0, so it is class 1 with 0.99963 and its energy -8.60037, above -10:
    # worth 5 log(0.99963) - 1.3 · 1.39963 = -1.8214; each parted way -2, four of them -0.6137.
    few = best([[whole], parted], -5.0)
    many = best([[whole], *[[image(0), image(-1)] for _ in range(4)]], -5.0)
    assert (few.place, many.place) == (0, 1)
    # 1 / (1 + e^-0.1786), and for two characters the root of 1 / (1 + e^-1.2077).
    assert few.certainty == pytest.approx(0.54454, abs=1e-3)
    assert many.certainty == pytest.approx(0.87745, abs=1e-3)


def test_as_unsure_as_its_parting_is_a_text():
    sure = np.array([[0.9, 0.1], [0.2, 0.8]], np.float32)
    expected = [[0.7, 0.3], [0.2, 0.8]]
    np.testing.assert_allclose(nn.doubted(sure, [0.5, 1]), expected, atol=1e-6)
