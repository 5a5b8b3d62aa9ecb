"""Whether a sign is one character or several: what a network reads better."""

import numpy as np
import pytest

import nn


def network(max_energy=None):
    """Sure of class 1 or 2 by the first or last pixel, and of nothing without them."""
    made = nn.Network.mlp([784, 3], initializer="zeros", max_energy=max_energy)
    weights = made.named_parameters()["0.weight"]
    weights[1, 0] = weights[2, -1] = 20
    return made


def image(pixel=None, wide=False):
    values = np.zeros((28, 28), np.float32)
    values[4:24, 10:18] = 1
    if wide:
        values = np.ascontiguousarray(values.T)
    if pixel is not None:
        values.flat[pixel] = 1
    return values


def test_parts_that_are_read_surely_beat_a_whole_that_is_not():
    assert nn.most_readable(network(), [[image()], [image(0), image(0)]]).place == 0
    assert nn.most_readable(network(-10.0), [[image()], [image(0), image(0)]]).place == 1


def test_a_whole_that_is_read_surely_stays_whole():
    assert nn.most_readable(network(-10.0), [[image(0)], [image(0), image(0)]]).place == 0


def test_what_is_wider_than_high_is_hardly_one_character():
    assert nn.most_readable(network(), [[image(wide=True)], [image(0), image(0)]]).place == 1


def test_a_part_that_is_strange_is_no_reason_to_part():
    assert nn.most_readable(network(-10.0), [[image()], [image(0), image(0)]]).place == 1
    assert nn.most_readable(network(-10.0), [[image()], [image(0), image()]]).place == 0


def test_what_is_much_wider_than_high_is_parted_even_so():
    wide = [image(wide=True)]
    assert nn.most_readable(network(-10.0), [wide, [image(0), image()]]).place == 1


def test_without_a_choice_there_is_none():
    assert nn.most_readable(network(), [[image()]]).place == 0


def test_alone_a_sign_is_certainly_cut_out_rightly():
    assert nn.most_readable(network(), [[image(0)]]).certainty == 1


def test_ways_that_say_the_same_are_worth_their_sum():
    whole, parted = image(), [image(0), image(-1)]
    whole.flat[0] = 0.42
    # Its logits are 8.4, 0 and 0, so it is class 1 with 0.99955 and its energy -8.40045, above -10:
    # worth 4 log(0.99955) - 2.2 · 1.59955 = -3.5208; each parted way -4, four of them -2.6137.
    few = nn.most_readable(network(-5.0), [[whole], parted])
    many = nn.most_readable(network(-5.0), [[whole], *[[image(0), image(-1)] for _ in range(4)]])
    assert (few.place, many.place) == (0, 1)
    # 1 / (1 + e^-0.4792), and for two characters the root of 1 / (1 + e^-0.9071).
    assert few.certainty == pytest.approx(0.61756, abs=1e-4)
    assert many.certainty == pytest.approx(0.84405, abs=1e-4)


def test_as_unsure_as_its_parting_is_a_text():
    sure = np.array([[0.9, 0.1], [0.2, 0.8]], np.float32)
    expected = [[0.7, 0.3], [0.2, 0.8]]
    np.testing.assert_allclose(nn.doubted(sure, [0.5, 1]), expected, atol=1e-6)
