"""What is done to images at random before a network learns from them, and how much of it."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from nn.augment.styles import STYLED, add_styles, fitted
from nn.augment.thickness import change_thickness
from nn.augment.warp import random_positions, resample
from nn.checks import real_number

Array = np.ndarray

GROUP = 64
"""At most so many images share one warp and one change of thickness, which makes them cheap; they
are far from each other in the order, so that hardly any two of a batch are distorted alike."""
LEAST_GROUPS = 64
"""Of few images fewer share a warp, for the same reason."""


@dataclass(frozen=True)
class Augmentation:
    """How much images are distorted; every number is drawn anew for each image (or `GROUP`).

    rotation: up to so many degrees to either side.
    scaling: width and height become larger or smaller by up to this share.
    shear: slanted by up to so many degrees to either side.
    shift: moved by up to so many pixels in x and in y.
    elastic: every pixel moves by this root mean square, in pixels, each way, in smooth waves;
        `elastic_sigma` is their width in pixels (Simard et al. 2003, whose α = 34 with σ = 4 is
        an `elastic` of 1.4).
    thickness: strokes become bolder or finer; 1 is about a pixel more or less at each side.
    writing_styles: share of the 0, 1, 7 and 9 that get a slash, a flag, a foot, a bar or a hook,
        which many people write and MNIST's hardly do, and are then fitted into the image anew.

    Raises ValueError if an argument is out of range.
    """

    rotation: float = 0.0
    scaling: float = 0.0
    shear: float = 0.0
    shift: float = 0.0
    elastic: float = 0.0
    elastic_sigma: float = 4.0
    thickness: float = 0.0
    writing_styles: float = 0.0

    def __post_init__(self) -> None:
        checked = {
            "rotation": real_number("rotation", self.rotation, 0, 180),
            "scaling": real_number("scaling", self.scaling, 0, 0.9),
            "shear": real_number("shear", self.shear, 0, 60),
            "shift": real_number("shift", self.shift, 0, 14),
            "elastic": real_number("elastic", self.elastic, 0, 10),
            "elastic_sigma": real_number("elastic_sigma", self.elastic_sigma, 0.5, 14),
            "thickness": real_number("thickness", self.thickness, 0, 1),
            "writing_styles": real_number("writing_styles", self.writing_styles, 0, 1),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    @property
    def warps(self) -> bool:
        """Whether anything moves pixels."""
        return any((self.rotation, self.scaling, self.shear, self.shift, self.elastic))

    @property
    def is_active(self) -> bool:
        """Whether images are changed at all."""
        return self.warps or bool(self.thickness or self.writing_styles)

    @classmethod
    def names(cls) -> list[str]:
        """The names of the settings."""
        return [field.name for field in fields(cls)]


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
