"""Datasets in a folder that the user names: the environment variable SCRATCH_NN_DATA.

MNIST and Fashion-MNIST use the same file names; the checksums of the unpacked bytes tell them
apart, and find damaged files.
"""

import hashlib
import os
from pathlib import Path

from .catalog import DatasetInfo
from .dataset import ARRAYS, Dataset
from .idx import parse_idx, read_unpacked

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
    if root:
        return f". In SCRATCH_NN_DATA ({root}) its four IDX files were not found"
    return ". Or set SCRATCH_NN_DATA to a folder that holds its four IDX files"


def find(info: DatasetInfo) -> Path | None:
    """The folder that seems to hold the dataset's four files, None if there is none.

    Cheap: of their contents only the 10,000 test labels are read and checked, enough to tell
    MNIST from Fashion-MNIST.
    """
    for folder in _candidates(info):
        present = all(_variants(folder, name) for name in _FILES)
        if present and _checked(folder, _FILES[3], _CHECKSUMS[info.name][3]) is not None:
            return folder
    return None


def read(info: DatasetInfo, folder: Path) -> Dataset:
    """The dataset in a folder that `find` returned.

    Raises:
        ValueError: if one of the files does not have the checksum of the original.
    """
    arrays = {}
    for array, name, checksum in zip(ARRAYS, _FILES, _CHECKSUMS[info.name], strict=True):
        content = _checked(folder, name, checksum)
        if content is None:
            raise ValueError(
                f"{_variants(folder, name)[0]} is damaged: its unpacked bytes do not have the "
                f"MD5 checksum {checksum} of {info.title}; fetch the file again"
            )
        arrays[array] = parse_idx(content)
    return Dataset(info, **arrays)


def _candidates(info: DatasetInfo) -> list[Path]:
    root = os.environ.get("SCRATCH_NN_DATA")
    if not root:
        return []
    return [Path(root).absolute() / sub for sub in _FOLDERS.get(info.name, ())]


def _variants(folder: Path, name: str) -> list[Path]:
    return [path for path in (folder / name, folder / f"{name}.gz") if path.is_file()]


def _checked(folder: Path, name: str, checksum: str) -> bytes | None:
    """The unpacked bytes of the file, plain or gzipped, that has this checksum."""
    for path in _variants(folder, name):
        try:
            content = read_unpacked(path)
        except (OSError, ValueError):
            continue
        if hashlib.md5(content, usedforsecurity=False).hexdigest() == checksum:
            return content
    return None
