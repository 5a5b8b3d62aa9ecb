"""Datasets that are published as MNIST is: four gzipped IDX files."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np

from data.datasets.idx import parse_idx, read_unpacked
from data.datasets.info import Archive, Published
from data.datasets.torchvision_list import listed


def idx_archives(torchvision_class: str) -> Published:
    """The dataset for which torchvision has this class, with MNIST's `mirrors` and `resources`."""
    return Published(partial(_archives, torchvision_class), _read)


def _archives(torchvision_class: str) -> list[Archive]:
    with listed("mnist", torchvision_class) as values:
        # The files stand there in the order of ARRAYS.
        return [
            Archive(name, tuple(mirror + name for mirror in values["mirrors"]), md5)
            for name, md5 in values["resources"]
        ]


def _read(paths: list[Path]) -> Iterator[np.ndarray]:
    for path in paths:
        yield parse_idx(read_unpacked(path))
