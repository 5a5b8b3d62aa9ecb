"""Test-time averaging: asking a network about slightly moved copies of an image too.

What a network gets wrong it often gets right a pixel further on, and seldom the other way round, so
that the mean of its logits is better than those for the image alone. It costs a forward pass for
each copy.
"""

import math
from collections.abc import Iterator

import numpy as np

from nn.checks import whole_number

Array = np.ndarray

MAX_SHIFT = 3
"""Pixels; farther away a digit is no longer where the network knows it."""


def check_shift(shift: int, in_features: int) -> int:
    """`shift` as an int; ValueError if it is not from 0 to `MAX_SHIFT`, or if images of so many
    pixels would have to be moved but are not square."""
    shift = whole_number("test_time_shift", shift, 0, MAX_SHIFT)
    if shift and math.isqrt(in_features) ** 2 != in_features:
        raise ValueError(
            f"test_time_shift must be 0 for images that are not square, got {shift} for images of "
            f"{in_features} pixels"
        )
    return shift


def copies(shift: int) -> int:
    """How many copies `moved` gives."""
    return 1 + 4 * shift


def moved(images: Array, shift: int) -> Iterator[Array]:
    """The images (n, side * side), and copies of them, (n, side, side), moved by 1, 2, ... `shift`
    pixels up, down, left and right. What comes in at the edge is 0, background."""
    yield images
    if shift:
        side = math.isqrt(images.shape[1])
        square = images.reshape(-1, side, side)
        padded = np.pad(square, ((0, 0), (shift, shift), (shift, shift)))
        for pixels in range(1, shift + 1):
            for down, right in ((pixels, 0), (-pixels, 0), (0, pixels), (0, -pixels)):
                rows = slice(shift - down, shift - down + side)
                yield padded[:, rows, shift - right : shift - right + side]
