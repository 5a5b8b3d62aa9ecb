"""scikit-learn's bundled digits, the dataset that is always there.

1,797 digits of 8x8 pixels, written by 13 people. The file is read where the installed package
keeps it: importing scikit-learn for it would cost more than a second and 150 MB.
"""

import gzip
import importlib.util
from pathlib import Path

import numpy as np

from data.datasets.info import DIGIT_LABELS, DatasetInfo, Embedded
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
    with gzip.open(path, "rt", encoding="ascii") as file:
        rows = np.loadtxt(file, delimiter=",").astype(np.uint8)
    return rows[:, :-1].reshape(-1, 8, 8), rows[:, -1]


def _make() -> tuple[np.ndarray, ...]:
    """The bundled digits at 28x28, with every fifth image of each class as test part.

    The split is always the same. The people who wrote the test digits have written training
    digits too, so the test accuracy says little about unknown hands.
    """
    path = source_file()
    if path is None:
        raise FileNotFoundError(
            "not found in the installed scikit-learn; install it with: pip install scikit-learn"
        )
    small, labels = read_original(path)
    images = enlarge(small.astype(np.float32) / 16)
    test = np.zeros(len(labels), bool)
    for label in np.unique(labels):
        test[np.flatnonzero(labels == label)[_TEST_EVERY - 1 :: _TEST_EVERY]] = True
    return images[~test], labels[~test], images[test], labels[test]


SMALL_DIGITS = DatasetInfo(
    name="digits",
    title="Small digits (built in)",
    labels=DIGIT_LABELS,
    licence="CC BY 4.0",
    source="Alpaydin, Kaynak 1998, doi:10.24432/C50P49, as bundled with scikit-learn",
    train_size=1_442,
    test_size=355,
    origin=Embedded(is_here=lambda: source_file() is not None, make=_make),
)
