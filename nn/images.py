"""The images a network takes: what is allowed, and how they become its inputs."""

from typing import Any

import numpy as np

Array = np.ndarray

BLOCK = 1024
"""Images at a time where going through all of them at once would take much memory."""


def check_images(images: Any, in_features: int) -> Array:
    """`images` as an array (n, in_features) of uint8 in 0..255 or floats in [0, 1].

    Takes (n, in_features) or (n, height, width). ValueError for other shapes, types or values.
    """
    images = np.asarray(images)
    if images.ndim not in (2, 3) or images.size != len(images) * in_features:
        side = int(in_features**0.5)
        square = f" or (n, {side}, {side})" if side * side == in_features else ""
        raise ValueError(f"images must have shape (n, {in_features}){square}, got {images.shape}")
    if images.dtype != np.uint8:
        if not np.issubdtype(images.dtype, np.floating):
            raise ValueError(f"images must be uint8 or floats in [0, 1], got {images.dtype}")
        low, high = (images.min(), images.max()) if images.size else (0, 0)
        if not (low >= 0 and high <= 1):  # false for NaN too
            raise ValueError(f"images must lie in [0, 1], got values from {low:g} to {high:g}")
    return images.reshape(len(images), in_features)


def check_samples(
    part: str, images: Any, labels: Any, in_features: int, num_classes: int
) -> tuple[Array, Array]:
    """Images (n, in_features), at least one, and their labels (n,), as `check_images` and
    `check_labels` want them. ValueError names the part, for instance "train"."""
    try:
        images = check_images(images, in_features)
        if not len(images):
            raise ValueError("images must be at least one, got none")
        return images, check_labels(labels, len(images), num_classes)
    except ValueError as error:
        raise ValueError(f"{part}_{error}") from None


def pixel_statistics(images: Array) -> tuple[float, float]:
    """Mean and standard deviation over all pixels of images (n, ...), uint8 counting in 1/255.

    Goes through the images in blocks: `images.std()` needs eight times the memory of uint8 images,
    and several times as long.
    """
    mean = images.mean(dtype=np.float64)
    squares = sum(
        np.square(images[start : start + BLOCK] - mean).sum()
        for start in range(0, len(images), BLOCK)
    )
    one = 255 if images.dtype == np.uint8 else 1
    return float(mean / one), float(np.sqrt(squares / images.size) / one)


def check_labels(labels: Any, count: int, num_classes: int) -> Array:
    """`labels` as an integer array (count,) of classes 0..num_classes - 1, else ValueError."""
    labels = np.asarray(labels)
    if labels.shape != (count,) or not np.issubdtype(labels.dtype, np.integer):
        raise ValueError(
            f"labels must be {count} whole numbers, got {labels.dtype} of shape {labels.shape}"
        )
    if count and not 0 <= labels.min() <= labels.max() < num_classes:
        raise ValueError(
            f"labels must lie in 0..{num_classes - 1}, got {labels.min()}..{labels.max()}"
        )
    return labels
