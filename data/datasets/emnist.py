"""EMNIST's parts: all are published in one archive."""

import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np

from data.datasets.idx import parse_idx, unpack
from data.datasets.info import Archive, Published
from data.datasets.torchvision_list import listed

LICENCE = "US government data (NIST SD 19), please cite"
SOURCE = "Cohen, Afshar, Tapson, van Schaik 2017, https://arxiv.org/abs/1702.05373"
MEGABYTES = 561.8
# Images that are turned at once.
_CHUNK = 1000


def emnist_part(part: str, first_label: int) -> Published:
    """The part of EMNIST called `part`, whose labels count from `first_label` in its files."""
    return Published(_archives, partial(_read, part, first_label))


def _archives() -> list[Archive]:
    with listed("mnist", "EMNIST") as values:
        return [Archive("gzip.zip", (values["url"],), values["md5"])]


def _read(part: str, first_label: int, paths: list[Path]) -> Iterator[np.ndarray]:
    (path,) = paths
    try:
        with zipfile.ZipFile(path) as archive:
            for half in ("train", "test"):
                name = f"gzip/emnist-{part}-{half}"
                yield _upright(_member(archive, f"{name}-images-idx3-ubyte.gz"))
                yield _member(archive, f"{name}-labels-idx1-ubyte.gz") - np.uint8(first_label)
    except (KeyError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path.name}: {error}") from error


def _member(archive: zipfile.ZipFile, name: str) -> np.ndarray:
    with archive.open(name) as file:
        return parse_idx(unpack(file))


def _upright(images: np.ndarray) -> np.ndarray:
    """The same images, in place: the files hold them column by column."""
    for start in range(0, len(images), _CHUNK):
        part = images[start : start + _CHUNK]
        part[:] = part.transpose(0, 2, 1).copy()
    return images
