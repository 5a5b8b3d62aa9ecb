"""Datasets in a folder that the user names: the environment variable SCRATCH_NN_DATA.

MNIST and Fashion-MNIST use the same file names; the checksums of the unpacked bytes tell them
apart, and find damaged files.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from data.datasets.dataset import Dataset
from data.datasets.idx import parse_idx, read_unpacked
from data.datasets.info import ARRAYS, DatasetInfo

# In the order of ARRAYS.
_FILES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)
_MOST_HEADER = 16
# Files found damaged, by path and the checksum that they should have (MNIST's and Fashion-MNIST's
# have the same names), with what `_stamp` said of them then: so none is read again and again.
_damaged: dict[tuple[Path, str], list[int]] = {}


def hint(info: DatasetInfo) -> str:
    """The end of a message about a missing dataset, where having its files would help."""
    if info.local is None:
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
    for folder in _candidates(info):
        files = _files(info)
        present = all(_variants(folder, name, checksum) for name, checksum in files)
        if present and _checked(folder, *files[3], _most_bytes(info)[3]) is not None:
            yield folder


def read(info: DatasetInfo, folder: Path) -> Dataset:
    """The dataset in a folder that `find` gave.

    Raises:
        ValueError: if one of the files does not have the checksum of the original. `find` and
            `hint` of this process know of it from then on, until the file changes.
    """
    arrays = {}
    for array, (name, checksum), most in zip(ARRAYS, _files(info), _most_bytes(info), strict=True):
        content = _checked(folder, name, checksum, most)
        if content is None:
            for path in _variants(folder, name, checksum):
                _damaged[path, checksum] = _stamp(path)
            raise ValueError(f"{folder / name} is damaged")
        arrays[array] = parse_idx(content)
    return Dataset(info, **arrays)


def _candidates(info: DatasetInfo) -> list[Path]:
    root = os.environ.get("SCRATCH_NN_DATA")
    if not root or info.local is None:
        return []
    return [Path(root).absolute() / sub for sub in info.local.folders]


def _files(info: DatasetInfo) -> list[tuple[str, str]]:
    """Name and checksum of each file, in the order of `ARRAYS`."""
    assert info.local is not None
    return list(zip(_FILES, info.local.checksums, strict=True))


def _most_bytes(info: DatasetInfo) -> list[int]:
    """How many bytes each of these files may have, unpacked."""
    return [
        _MOST_HEADER + count * size
        for count in (info.train_size, info.test_size)
        for size in (28 * 28, 1)
    ]


def _paths(folder: Path, name: str) -> list[Path]:
    return [path for path in (folder / name, folder / f"{name}.gz") if path.is_file()]


def _variants(folder: Path, name: str, checksum: str) -> list[Path]:
    """The file, plain or gzipped or both, where it is not known to be damaged."""
    return [path for path in _paths(folder, name) if not _is_damaged(path, checksum)]


def _known_damage(info: DatasetInfo) -> tuple[Path, str] | None:
    """The first file known to be damaged, and the checksum that it should have."""
    for folder in _candidates(info):
        for name, checksum in _files(info):
            for path in _paths(folder, name):
                if _is_damaged(path, checksum):
                    return path, checksum
    return None


def _is_damaged(path: Path, checksum: str) -> bool:
    """Whether this file, as it is now, was found not to have this checksum."""
    return _damaged.get((path, checksum), []) == _stamp(path)


def _stamp(path: Path) -> list[int]:
    """Changes when the file's content or its rights do."""
    try:
        status = path.stat()
    except OSError:
        return [0]
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def _checked(folder: Path, name: str, checksum: str, most: int) -> bytearray | None:
    """The unpacked bytes, `most` of them, of the file, plain or gzipped, with this checksum."""
    for path in _variants(folder, name, checksum):
        try:
            content = read_unpacked(path, most)
        except (OSError, ValueError):
            continue
        if hashlib.md5(content, usedforsecurity=False).hexdigest() == checksum:
            return content
    return None
