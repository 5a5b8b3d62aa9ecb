"""What is done to images at random before a network learns from them."""

from typing import Any

import numpy as np

from nn.augment.settings import Augmentation
from nn.augment.styles import STYLED, add_styles, fitted
from nn.augment.thickness import change_thickness
from nn.augment.warp import random_positions, resample

Array = np.ndarray

GROUP = 64
"""At most so many images share one warp and one change of thickness, which makes them cheap; they
are far from each other in the order, so that hardly any two of a batch are distorted alike."""
LEAST_GROUPS = 64
"""Of few images fewer share a warp, for the same reason."""


def augment(
    images: Array,
    labels: Array,
    augmentation: Augmentation,
    rng: np.random.Generator,
    out: Array | None = None,
) -> Array:
    """Distorted copies of the images.

    Args:
        images: (n, side * side) or (n, side, side) uint8, 0 = background, 255 = full ink.
        labels: (n,) integers; only `writing_styles` looks at them, and takes them for digits.
        augmentation: what is done, and how much of it.
        rng: whose numbers decide.
        out: where the result goes, (n, side * side) uint8.

    Returns (n, side * side) uint8. ValueError if the images are not square or of another type, or
    the labels not as many.
    """
    images, side = check_square(images)
    labels = np.asarray(labels)
    if labels.shape != (len(images),):
        raise ValueError(f"labels must have shape ({len(images)},), got {labels.shape}")
    result = np.empty_like(images) if out is None else out
    groups = min(len(images), max(LEAST_GROUPS, -(-len(images) // GROUP)))
    change = rng.uniform(-augmentation.thickness, augmentation.thickness, groups)
    if augmentation.warps:
        positions = random_positions(augmentation, side, groups, rng)
    if augmentation.writing_styles:
        images = _styled(images, labels, side, augmentation.writing_styles, rng)
    for group in range(groups):
        some = images[group::groups].copy()  # close together, for the cache
        # A row for each pixel, and in it that pixel of all images: NumPy is fast on whole rows.
        pixels = some.T.astype(np.uint16, order="C")
        if augmentation.thickness:
            pixels = change_thickness(pixels, side, change[group])
        if augmentation.warps:
            pixels = resample(pixels, side, positions[group])
        result[group::groups] = pixels.astype(np.uint8).T
    return result


def _styled(
    images: Array, labels: Array, side: int, share: float, rng: np.random.Generator
) -> Array:
    """The images, with marks on a share of those that can have some."""
    chosen = np.flatnonzero((rng.random(len(images)) < share) & np.isin(labels, STYLED))
    images = images.copy()
    plain = images[chosen]
    images[chosen] = fitted(add_styles(plain, labels[chosen], side, rng), plain, side)
    return images


def check_square(images: Any) -> tuple[Array, int]:
    """The images as (n, side * side), and their side; ValueError if they can't be augmented."""
    images = np.asarray(images)
    pixels = int(np.prod(images.shape[1:]))
    side = round(pixels**0.5)
    is_square = images.shape[1:] in ((side * side,), (side, side)) and side >= 2
    if images.dtype != np.uint8 or not is_square:
        raise ValueError(
            f"images to be augmented must be square and uint8, got {images.dtype} "
            f"of shape {images.shape}"
        )
    return images.reshape(len(images), pixels), side
