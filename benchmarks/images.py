"""The images that every contender gets, in files that it maps into its memory."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.cases import CLASSES

Array = np.ndarray

BLOCK = 10_000
"""Synthetic images made at a time: a million of them must not stand in memory at once."""


@dataclass(frozen=True)
class Images:
    """train_images, test_images: (n, 28, 28) uint8; train_labels, test_labels: (n,) uint8."""

    train_images: Array
    train_labels: Array
    test_images: Array
    test_labels: Array

    @property
    def mean(self) -> float:
        """Mean of the training pixels, which count in 1/255."""
        return float(self.train_images.mean(dtype=np.float64)) / 255

    @property
    def std(self) -> float:
        """Standard deviation of the training pixels, which count in 1/255."""
        return float(np.std(self.train_images, dtype=np.float32)) / 255


def load(folder: Path) -> Images:
    """Map the files that `write_mnist` or `write_synthetic` made."""
    names = ("train_images", "train_labels", "test_images", "test_labels")
    return Images(*(np.load(folder / f"{name}.npy", mmap_mode="r") for name in names))


def write(folder: Path, train: int, test: int) -> str:
    """Write the first `train` and `test` images of MNIST if it is on this machine, otherwise
    synthetic ones; returns which."""
    import data  # only here: what the children load must be these files and nothing else

    try:
        mnist = data.load("mnist")
    except data.DatasetNotFound:
        write_synthetic(folder, train, test)
        return "synthetic images"
    for part, count in (("train", train), ("test", test)):
        for kind in ("images", "labels"):
            name = f"{part}_{kind}"
            np.save(folder / f"{name}.npy", getattr(mnist, name)[:count])
    return "MNIST"


def write_synthetic(folder: Path, train: int, test: int) -> None:
    """Write images of 10 classes: a random pattern for each class, under noise."""
    rng = np.random.default_rng(0)
    patterns = rng.integers(0, 2, (CLASSES, 28, 28), dtype=np.uint8) * 64
    for part, count in (("train", train), ("test", test)):
        labels = rng.integers(0, CLASSES, count, dtype=np.uint8)
        np.save(folder / f"{part}_labels.npy", labels)
        images = np.lib.format.open_memmap(
            folder / f"{part}_images.npy", mode="w+", dtype=np.uint8, shape=(count, 28, 28)
        )
        for start in range(0, count, BLOCK):
            block = labels[start : start + BLOCK]
            noise = rng.integers(0, 192, (len(block), 28, 28), dtype=np.uint8)
            images[start : start + BLOCK] = noise + patterns[block]
        images.flush()
