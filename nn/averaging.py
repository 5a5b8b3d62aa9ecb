"""Test-time averaging: asking a network about slightly moved and turned copies of an image too.

What a network gets wrong it often gets right a pixel further on, or a little turned, and seldom the
other way round, so that the mean of its logits z is better than those for the image alone:

    z̄(x) = 1/K · Σ z(x turned by θ, then moved by k pixels up, down, left or right)

over K = 3 (1 + 4 s) copies: θ = -r, 0 and r degrees, k = 0 (once) and 1 ... s pixels. Without
rotation θ = 0 alone, K = 1 + 4 s.
"""

import functools
import math
from dataclasses import dataclass

import numpy as np

from nn.checks import real_number, whole_number

Array = np.ndarray

MAX_SHIFT = 3
"""Pixels; farther away a digit is no longer where the network knows it."""
MAX_ROTATION = 45.0
"""Degrees."""


@dataclass(frozen=True)
class Averaging:
    """Over which copies of an image a network answers with the mean.

    shift: copies moved by up to so many pixels up, down, left and right, 0 to `MAX_SHIFT`.
    rotation: copies turned by so many degrees each way, 0 to `MAX_ROTATION`.

    Raises ValueError, with the names that settings and model files have, for other numbers.
    """

    shift: int = 0
    rotation: float = 0.0

    def __post_init__(self) -> None:
        shift = whole_number("test_time_shift", self.shift, 0, MAX_SHIFT)
        rotation = real_number("test_time_rotation", self.rotation, 0, MAX_ROTATION)
        object.__setattr__(self, "shift", shift)
        object.__setattr__(self, "rotation", rotation)

    def __bool__(self) -> bool:
        """Whether there are any copies besides the image itself."""
        return self != ALONE

    @property
    def copies(self) -> int:
        """How many copies of an image there are, itself among them."""
        return (1 + 4 * self.shift) * (3 if self.rotation else 1)

    def __str__(self) -> str:
        """How the copies differ: "moved by up to 2 px and turned by 8°", "" without any."""
        moves = [f"moved by up to {self.shift} px"] if self.shift else []
        return " and ".join(moves + ([f"turned by {self.rotation:g}°"] if self.rotation else []))

    def check_fits(self, in_features: int) -> None:
        """ValueError if images of so many pixels would have to be moved, but are not square."""
        if math.isqrt(in_features) ** 2 == in_features:
            return
        for name, value in (
            ("test_time_shift", self.shift),
            ("test_time_rotation", self.rotation),
        ):
            if value:
                raise ValueError(
                    f"{name} must be 0 for images that are not square, got {value:g} for images "
                    f"of {in_features} pixels"
                )

    def moved_and_turned(self, images: Array) -> Array:
        """The copies of images (n, ...) of side * side pixels, floats in [0, 1] or uint8: those
        turned each way, and all these moved, (copies, n, side, side), floats if they are turned.
        What comes in at the edge is 0, background. Without any copies (1, n, ...).

        Raises ValueError for images that are not square.
        """
        if not self:
            return images[np.newaxis]
        side = math.isqrt(int(np.prod(images.shape[1:])))
        if images.shape[1:] not in ((side * side,), (side, side)):
            raise ValueError(f"images must be square to be moved, got shape {images.shape}")
        square = images.reshape(-1, side, side)
        angles = [square]
        if self.rotation:
            if images.dtype == np.uint8:
                angles = [square.astype(np.float32) / 255]
            angles += [turned(angles[0], degrees) for degrees in (-self.rotation, self.rotation)]
        return np.concatenate([moved(angle, self.shift) for angle in angles])


ALONE = Averaging()
"""Each image alone, without copies."""


def moved(images: Array, shift: int) -> Array:
    """The images (n, side, side), and copies moved up, down, left and right by 1 to `shift` pixels,
    (1 + 4 * shift, n, side, side)."""
    side = images.shape[1]
    padded = np.pad(images, ((0, 0), (shift, shift), (shift, shift)))
    places = [images]
    for down, right in moves(shift):
        rows = slice(shift - down, shift - down + side)
        places.append(padded[:, rows, shift - right : shift - right + side])
    return np.stack(places)


def moves(shift: int) -> list[tuple[int, int]]:
    """How far down and to the right each moved copy is, in pixels, in the order of `moved`."""
    directions = ((1, 0), (-1, 0), (0, 1), (0, -1))
    return [(k * down, k * right) for k in range(1, shift + 1) for down, right in directions]


def turned(images: Array, degrees: float) -> Array:
    """The images (n, side, side), floats, turned clockwise about their middle, the same shape.

    Each pixel's value is found where the rotation takes it from, between the four pixels there
    (bilinear).
    """
    side = images.shape[1]
    flat = images.reshape(len(images), side * side)
    result = np.zeros_like(flat)
    for pixels, weights in zip(*turned_sources(side, degrees), strict=True):
        result += flat[:, pixels] * weights.astype(flat.dtype)
    return result.reshape(images.shape)


@functools.lru_cache(maxsize=8)
def turned_sources(side: int, degrees: float) -> tuple[Array, Array]:
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
