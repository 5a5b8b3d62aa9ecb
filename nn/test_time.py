"""Test-time averaging: asking a network about slightly moved copies of an image too.

What a network gets wrong it often gets right a pixel further on, and seldom the other way round, so
that the mean of its logits z is better than those for the image alone. With a shift of s pixels

    z̄(x) = 1 / (1 + 4 s) · (z(x) + Σ z(x moved by k pixels up, down, left and right)),  k = 1 ... s
"""

import math

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
    """How many copies of an image `moved` gives."""
    return 1 + 4 * shift


def moved(images: Array, shift: int) -> Array:
    """The images (n, ...) of side * side pixels, and copies of them moved by 1, 2, ... `shift`
    pixels up, down, left and right, (copies, n, side, side); what comes in at the edge is 0,
    background. Without a shift (1, n, ...).

    Raises ValueError for images that are not square.
    """
    if not shift:
        return images[np.newaxis]
    side = math.isqrt(int(np.prod(images.shape[1:])))
    if images.shape[1:] not in ((side * side,), (side, side)):
        raise ValueError(f"images must be square to be moved, got shape {images.shape}")
    square = images.reshape(-1, side, side)
    padded = np.pad(square, ((0, 0), (shift, shift), (shift, shift)))
    places = [square]
    for pixels in range(1, shift + 1):
        for down, right in ((pixels, 0), (-pixels, 0), (0, pixels), (0, -pixels)):
            rows = slice(shift - down, shift - down + side)
            places.append(padded[:, rows, shift - right : shift - right + side])
    return np.stack(places)
