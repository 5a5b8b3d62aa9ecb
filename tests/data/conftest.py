"""Every test here gets an empty cache of its own and no data folder unless it asks for one."""

import gzip
import hashlib
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import data
from data.datasets import loading, local
from data.datasets.info import LocalFiles

IDX_FILES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of this test."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("SCRATCH_NN_CACHE", str(folder))
    monkeypatch.delenv("SCRATCH_NN_DATA", raising=False)
    monkeypatch.setattr(loading, "_in_memory", {})
    monkeypatch.setattr(local, "_damaged", {})
    return folder


@pytest.fixture(scope="session")
def mnist_bytes(mnist_folder: Path) -> dict[str, bytes]:
    """The unpacked contents of the four real MNIST files, by file name."""
    contents = {}
    for name in IDX_FILES:
        for sub in ("", "mnist", "MNIST/raw"):
            plain, packed = mnist_folder / sub / name, mnist_folder / sub / f"{name}.gz"
            if plain.exists():
                contents[name] = plain.read_bytes()
            elif packed.exists():
                contents[name] = gzip.decompress(packed.read_bytes())
    return contents


@pytest.fixture
def idx_bytes() -> Callable[[np.ndarray], bytes]:
    """Writes a uint8 array as an IDX file by the format's definition."""

    def build(array: np.ndarray) -> bytes:
        header = struct.pack(f">BBBB{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
        return header + array.tobytes()

    return build


@pytest.fixture
def fashion_bytes(
    monkeypatch: pytest.MonkeyPatch, idx_bytes: Callable[[np.ndarray], bytes]
) -> dict[str, bytes]:
    """The contents, by file name, of a Fashion-MNIST of a few images with checksums of its own;
    only those differ from the real thing."""
    shapes = [(4, 28, 28), (4,), (3, 28, 28), (3,)]
    arrays = [np.full(shape, i, np.uint8) for i, shape in enumerate(shapes)]
    contents = dict(zip(IDX_FILES, map(idx_bytes, arrays), strict=True))
    checksums = tuple(hashlib.md5(content).hexdigest() for content in contents.values())
    info = data.DATASETS["fashion_mnist"]
    files = LocalFiles(info.local.folders, checksums)
    info = replace(info, train_size=4, test_size=3, local=files)
    monkeypatch.setitem(data.DATASETS, "fashion_mnist", info)
    return contents
