"""Moving pixels: affine maps (turn, scale, shear, shift) and elastic distortion.

A warped image is made backwards: for every pixel p of the result one asks at which position s(p)
of the image its value is found. With the middle m of the image and random numbers for the rest,

    s(p) = m + A (p - m) + t + u(p)

    A = [cos θ  -sin θ] [1  tan φ] [1 + a    0  ]⁻¹    θ rotation, φ shear, a and b scaling,
        [sin θ   cos θ] [0    1  ] [  0    1 + b]      t shift
    u = elastic · G n Gᵀ,   n white noise,  G = a Gaussian of width σ in every row

u is the elastic distortion of Simard, Steinkraus, Platt 2003: noise, smoothed until neighbours
move together, for x and for y. The rows of G have length 1, so that u has the root mean square
`elastic` everywhere.
"""

import numpy as np

from nn.augment.settings import Augmentation

Array = np.ndarray

STEPS = 16
"""Positions are rounded to this part of a pixel: the four weights of a pixel, each a product of two
numbers from 0 to 16, then sum to 256, and 255 times that still fits into 16 bits."""


def random_positions(
    augmentation: Augmentation, side: int, count: int, rng: np.random.Generator
) -> Array:
    """Positions s(p), rows and columns, for `count` random warps: (count, 2, side * side)."""
    line = np.arange(side, dtype=np.float32) - (side - 1) / 2
    rows, columns = np.repeat(line, side), np.tile(line, side)
    points = np.stack((rows, columns))  # p - m
    positions = _random_maps(augmentation, count, rng) @ points
    positions += rng.uniform(-1, 1, (count, 2, 1)).astype(np.float32) * augmentation.shift
    if augmentation.elastic:
        noise = rng.standard_normal((count, 2, side, side), np.float32)
        smooth = _gaussian_rows(side, augmentation.elastic_sigma)
        waves = smooth @ noise @ smooth.T
        positions += augmentation.elastic * waves.reshape(count, 2, side * side)
    return positions + np.float32((side - 1) / 2)


def _random_maps(augmentation: Augmentation, count: int, rng: np.random.Generator) -> Array:
    """The matrices A (count, 2, 2) float32, for (row, column)."""

    def up_to(most: float) -> Array:
        return rng.uniform(-most, most, count)

    angle = np.deg2rad(up_to(augmentation.rotation))
    tangent = np.tan(np.deg2rad(up_to(augmentation.shear)))
    height, width = 1 / (1 + up_to(augmentation.scaling)), 1 / (1 + up_to(augmentation.scaling))
    cos, sin = np.cos(angle), np.sin(angle)
    zero, one = np.zeros(count), np.ones(count)
    turn = np.array([[cos, sin], [-sin, cos]])
    shear = np.array([[one, zero], [tangent, one]])
    scale = np.array([[height, zero], [zero, width]])
    maps = np.einsum("ijn,jkn,kln->nil", turn, shear, scale)
    return maps.astype(np.float32)


def _gaussian_rows(side: int, sigma: float) -> Array:
    """(side, side) float32: row i is a Gaussian around i, of length 1."""
    distance = np.subtract.outer(np.arange(side), np.arange(side))
    rows = np.exp(-(distance**2) / (2 * sigma**2))
    return (rows / np.sqrt(np.sum(rows**2, axis=1, keepdims=True))).astype(np.float32)


def resample(images: Array, side: int, positions: Array) -> Array:
    """The images' values at these positions, between four pixels each (bilinear).

    Beyond the edge the nearest pixel counts. All images are read at the same positions, so that
    the weights are computed once, and each of the four pixels is fetched for all of them at once.

    Args:
        images: (side * side, n) uint16 from 0 to 255, a row for each pixel.
        positions: (2, side * side), row and column for every pixel of the result.

    Returns (side * side, n) uint16 from 0 to 255.
    """
    steps = np.rint(positions * STEPS).astype(np.intp)
    np.clip(steps, 0, STEPS * (side - 1), out=steps)
    (row, column), (down, right) = steps // STEPS, (steps % STEPS).astype(np.uint16)[..., None]
    corner = row * side + column
    up, left = STEPS - down, STEPS - right
    pixels = np.empty_like(images)
    total = np.full_like(images, STEPS * STEPS // 2)  # rounds instead of cutting off
    neighbours = ((0, up * left), (1, up * right), (side, down * left), (side + 1, down * right))
    for offset, weight in neighbours:
        # In the last row and column the neighbours beyond have weight 0: any pixel will do there.
        np.take(images, corner + offset, axis=0, out=pixels, mode="clip")
        pixels *= weight
        total += pixels
    total >>= 8
    return total
