"""scikit-learn's bundled digits, the dataset that is always there.

1,797 digits of 8x8 pixels, written by 13 people. The file is read where the installed package
keeps it: importing scikit-learn for it would cost more than a second and 150 MB.
"""

import gzip
import importlib.util
from pathlib import Path

import numpy as np

from data.datasets.catalog import DatasetInfo
from data.datasets.dataset import Dataset
from data.datasets.small_images import enlarge

# Every fifth image of each class is held out for testing.
_TEST_EVERY = 5


def source_file() -> Path | None:
    """The file with the digits in the installed scikit-learn; None without it."""
    spec = importlib.util.find_spec("sklearn")
    for folder in (spec and spec.submodule_search_locations) or ():
        path = Path(folder) / "datasets" / "data" / "digits.csv.gz"
        if path.is_file():
            return path
    return None


def read_original(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Images (1797, 8, 8) uint8 from 0 to 16, and labels (1797,) uint8, in the file's order."""
    with gzip.open(path, "rt") as file:
        rows = np.loadtxt(file, delimiter=",").astype(np.uint8)
    return rows[:, :-1].reshape(-1, 8, 8), rows[:, -1]


def read(info: DatasetInfo) -> Dataset:
    """The bundled digits at 28x28, with every fifth image of each class as test part.

    The split is always the same. The people who wrote the test digits have written training
    digits too, so the test accuracy says little about unknown hands.
    """
    path = source_file()
    if path is None:
        raise FileNotFoundError("scikit-learn's digits.csv.gz")
    small, labels = read_original(path)
    images = enlarge(small.astype(np.float32) / 16)
    test = np.zeros(len(labels), bool)
    for label in range(info.num_classes):
        test[np.flatnonzero(labels == label)[_TEST_EVERY - 1 :: _TEST_EVERY]] = True
    return Dataset(info, images[~test], labels[~test], images[test], labels[test])
