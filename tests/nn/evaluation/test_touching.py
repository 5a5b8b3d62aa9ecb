"""Whether a sign is one character or several: what a network reads better."""

import numpy as np

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
    assert nn.most_readable(network(), [[image()], [image(0), image(0)]]) == 0
    assert nn.most_readable(network(-10.0), [[image()], [image(0), image(0)]]) == 1


def test_a_whole_that_is_read_surely_stays_whole():
    assert nn.most_readable(network(-10.0), [[image(0)], [image(0), image(0)]]) == 0


def test_what_is_wider_than_high_is_hardly_one_character():
    assert nn.most_readable(network(), [[image(wide=True)], [image(0), image(0)]]) == 1


def test_a_part_that_is_strange_is_no_reason_to_part():
    assert nn.most_readable(network(-10.0), [[image()], [image(0), image(0)]]) == 1
    assert nn.most_readable(network(-10.0), [[image()], [image(0), image()]]) == 0


def test_what_is_much_wider_than_high_is_parted_even_so():
    wide = [image(wide=True)]
    assert nn.most_readable(network(-10.0), [wide, [image(0), image()]]) == 1


def test_without_a_choice_there_is_none():
    assert nn.most_readable(network(), [[image()]]) == 0
