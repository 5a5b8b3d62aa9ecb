"""Datasets in a folder that the user names: the environment variable SCRATCH_NN_DATA.

MNIST and Fashion-MNIST use the same file names; the checksums of the unpacked bytes tell them
apart, and find damaged files.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from data.datasets import damage
from data.datasets.catalog import DatasetInfo
from data.datasets.dataset import ARRAYS, Dataset
from data.datasets.idx import parse_idx, read_unpacked

# In the order of ARRAYS.
_FILES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)
_FOLDERS = {
    "mnist": (".", "mnist", "MNIST/raw"),
    "fashion_mnist": (".", "fashion_mnist", "FashionMNIST/raw"),
}
# MD5 of the unpacked bytes.
_CHECKSUMS = {
    "mnist": (
        "6bbc9ace898e44ae57da46a324031adb",
        "a25bea736e30d166cdddb491f175f624",
        "2646ac647ad5339dbf082846283269ea",
        "27ae3e4e09519cfbb04c329615203637",
    ),
    "fashion_mnist": (
        "f4a8712d7a061bf5bd6d2ca38dc4d50a",
        "9018921c3c673c538a1fc5bad174d6f9",
        "8181f5470baa50b63fa0f6fddb340f0a",
        "15d484375f8d13e6eb1aabb0c3f46965",
    ),
}


def hint(info: DatasetInfo) -> str:
    """The end of a message about a missing dataset, where having its files would help."""
    if info.name not in _CHECKSUMS:
        return ""
    root = os.environ.get("SCRATCH_NN_DATA")
    if not root:
        return ". Or set SCRATCH_NN_DATA to a folder that holds its four IDX files"
    damaged = _known_damage(info)
    if damaged:
        path, checksum = damaged
        return (
            f". In SCRATCH_NN_DATA, {path} is damaged: its unpacked bytes do not have the MD5 "
            f"checksum {checksum} of {info.title}"
        )
    return f". In SCRATCH_NN_DATA ({root}) its four IDX files were not found"


def find(info: DatasetInfo) -> Iterator[Path]:
    """The folders that seem to hold the dataset's four files.

    Cheap: of their contents only the 10,000 test labels are read and checked, enough to tell
    MNIST from Fashion-MNIST. Files that `read` found damaged count as missing.
    """
    checksums: tuple[str, ...] = _CHECKSUMS.get(info.name, ())
    for folder in _candidates(info):
        files = zip(_FILES, checksums, strict=True)
        present = all(_variants(folder, name, checksum) for name, checksum in files)
        if present and _checked(folder, _FILES[3], checksums[3]) is not None:
            yield folder


def read(info: DatasetInfo, folder: Path) -> Dataset:
    """The dataset in a folder that `find` gave.

    Raises:
        ValueError: if one of the files does not have the checksum of the original. `find` and
            `hint` know of it from then on.
    """
    arrays = {}
    for array, name, checksum in zip(ARRAYS, _FILES, _CHECKSUMS[info.name], strict=True):
        content = _checked(folder, name, checksum)
        if content is None:
            for path in _variants(folder, name, checksum):
                damage.remember(path, checksum)
            raise ValueError(f"{folder / name} is damaged")
        arrays[array] = parse_idx(content)
    return Dataset(info, **arrays)


def _candidates(info: DatasetInfo) -> list[Path]:
    root = os.environ.get("SCRATCH_NN_DATA")
    if not root:
        return []
    return [Path(root).absolute() / sub for sub in _FOLDERS.get(info.name, ())]


def _paths(folder: Path, name: str) -> list[Path]:
    return [path for path in (folder / name, folder / f"{name}.gz") if path.is_file()]


def _variants(folder: Path, name: str, checksum: str) -> list[Path]:
    """The file, plain or gzipped or both, where it is not known to be damaged."""
    return [path for path in _paths(folder, name) if not damage.is_known(path, checksum)]


def _known_damage(info: DatasetInfo) -> tuple[Path, str] | None:
    """The first file known to be damaged, and the checksum that it should have."""
    for folder in _candidates(info):
        for name, checksum in zip(_FILES, _CHECKSUMS[info.name], strict=True):
            for path in _paths(folder, name):
                if damage.is_known(path, checksum):
                    return path, checksum
    return None


def _checked(folder: Path, name: str, checksum: str) -> bytes | None:
    """The unpacked bytes of the file, plain or gzipped, that has this checksum."""
    for path in _variants(folder, name, checksum):
        try:
            content = read_unpacked(path)
        except (OSError, ValueError):
            continue
        if hashlib.md5(content, usedforsecurity=False).hexdigest() == checksum:
            return content
    return None
