"""A dataset that has been read."""

from dataclasses import dataclass

import numpy as np

from data.datasets.info import ARRAYS, DatasetInfo


@dataclass(frozen=True, eq=False)
class Dataset:
    """Images and labels, read-only; memory-mapped where they are cached.

    Attributes:
        info: the entry of `data.DATASETS`.
        train_images, test_images: (n, 28, 28) uint8, 0 = background, 255 = full ink.
        train_labels, test_labels: (n,) uint8, position in `info.labels`.

    Raises:
        ValueError: if an array has not the shape, type or labels that `info` announces.
    """

    info: DatasetInfo
    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray

    def __post_init__(self) -> None:
        sizes = {"train": self.info.train_size, "test": self.info.test_size}
        for name in ARRAYS:
            array = getattr(self, name)
            part, kind = name.split("_")
            shape = (sizes[part], 28, 28) if kind == "images" else (sizes[part],)
            if array.shape != shape or array.dtype != np.uint8:
                raise ValueError(
                    f"{name} of {self.info.name} must be uint8 of shape {shape}, "
                    f"got {array.dtype} of shape {array.shape}"
                )
            if kind == "labels" and array.max() >= self.info.num_classes:
                raise ValueError(
                    f"{name} of {self.info.name} must lie in 0..{self.info.num_classes - 1}, "
                    f"got {array.max()}"
                )
            array.setflags(write=False)
