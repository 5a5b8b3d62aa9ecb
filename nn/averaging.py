"""Test-time averaging: asking a network about slightly moved and turned copies of an image too.

What a network gets wrong it often gets right a pixel further on, or a little turned, and seldom the
other way round, so that the mean of its logits z is better than those for the image alone:

    z̄(x) = 1/K · Σ z(x turned by θ, then moved by k pixels up, down, left or right)

over K = 3 (1 + 4 s) copies: θ = -r, 0 and r degrees, k = 0 (once) and 1 ... s pixels. Without
rotation θ = 0 alone, K = 1 + 4 s.
"""

import functools
import math
from typing import Any

import numpy as np

from nn.checks import real_number, whole_number

Array = np.ndarray

MAX_SHIFT = 3
"""Pixels; farther away a digit is no longer where the network knows it."""
MAX_ROTATION = 45.0
"""Degrees."""


def check_shift(shift: Any, in_features: int) -> int:
    """`shift` as an int; ValueError if it is not from 0 to `MAX_SHIFT`, or if images of so many
    pixels would have to be moved but are not square."""
    shift = whole_number("test_time_shift", shift, 0, MAX_SHIFT)
    return int(_only_of_squares("test_time_shift", shift, in_features))


def check_rotation(rotation: Any, in_features: int) -> float:
    """`rotation` as a float; ValueError if it is not from 0 to `MAX_ROTATION`, or if images of so
    many pixels would have to be turned but are not square."""
    rotation = real_number("test_time_rotation", rotation, 0, MAX_ROTATION)
    return _only_of_squares("test_time_rotation", rotation, in_features)


def _only_of_squares(name: str, value: float, in_features: int) -> float:
    if value and math.isqrt(in_features) ** 2 != in_features:
        raise ValueError(
            f"{name} must be 0 for images that are not square, got {value:g} for images of "
            f"{in_features} pixels"
        )
    return value


def copies(shift: int, rotation: float) -> int:
    """How many copies of an image `moved_and_turned` gives."""
    return (1 + 4 * shift) * (3 if rotation else 1)


def description(shift: int, rotation: float) -> str:
    """In words how the copies differ: "moved by up to 2 px and turned by 8°", "" without any."""
    moves = [f"moved by up to {shift} px"] if shift else []
    return " and ".join(moves + ([f"turned by {rotation:g}°"] if rotation else []))


def moved_and_turned(images: Array, shift: int, rotation: float) -> Array:
    """The images (n, ...) of side * side pixels, floats in [0, 1] or uint8, and copies of them
    turned by `rotation` degrees each way, and of all these copies moved by 1, 2, ... `shift` pixels
    up, down, left and right: (copies, n, side, side), floats if they are turned. What comes in at
    the edge is 0, background. With neither (1, n, ...).

    Raises ValueError for images that are not square.
    """
    if not (shift or rotation):
        return images[np.newaxis]
    side = math.isqrt(int(np.prod(images.shape[1:])))
    if images.shape[1:] not in ((side * side,), (side, side)):
        raise ValueError(f"images must be square to be moved, got shape {images.shape}")
    square = images.reshape(-1, side, side)
    angles = [square]
    if rotation:
        if images.dtype == np.uint8:
            angles = [square.astype(np.float32) / 255]
        angles += [turned(angles[0], degrees) for degrees in (-rotation, rotation)]
    return np.concatenate([moved(angle, shift) for angle in angles])


def moved(images: Array, shift: int) -> Array:
    """The images (n, side, side), and copies moved up, down, left and right by 1 to `shift` pixels,
    (1 + 4 * shift, n, side, side)."""
    side = images.shape[1]
    padded = np.pad(images, ((0, 0), (shift, shift), (shift, shift)))
    places = [images]
    for pixels in range(1, shift + 1):
        for down, right in ((pixels, 0), (-pixels, 0), (0, pixels), (0, -pixels)):
            rows = slice(shift - down, shift - down + side)
            places.append(padded[:, rows, shift - right : shift - right + side])
    return np.stack(places)


def turned(images: Array, degrees: float) -> Array:
    """The images (n, side, side), floats, turned clockwise about their middle, the same shape.

    Each pixel's value is found where the rotation takes it from, between the four pixels there
    (bilinear).
    """
    side = images.shape[1]
    flat = images.reshape(len(images), side * side)
    result = np.zeros_like(flat)
    for pixels, weights in zip(*_sources(side, degrees), strict=True):
        result += flat[:, pixels] * weights.astype(flat.dtype)
    return result.reshape(images.shape)


@functools.lru_cache(maxsize=8)
def _sources(side: int, degrees: float) -> tuple[Array, Array]:
    """From which pixels of an image each pixel of the turned one comes, and with which weights,
    (4, side * side) each."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    row, column = np.indices((side, side)).reshape(2, -1) - (side - 1) / 2
    source = np.stack((cos * row - sin * column, sin * row + cos * column)) + (side - 1) / 2
    corner = np.floor(source).astype(int)
    pixels, weights = [], []
    for step in ((0, 0), (0, 1), (1, 0), (1, 1)):
        neighbour = corner + np.reshape(step, (2, 1))
        weight = np.prod(1 - np.abs(source - neighbour), axis=0)
        weight[((neighbour < 0) | (neighbour >= side)).any(axis=0)] = 0  # background
        y, x = np.clip(neighbour, 0, side - 1)
        pixels.append(y * side + x)
        weights.append(weight)
    return np.array(pixels), np.array(weights, np.float32)
