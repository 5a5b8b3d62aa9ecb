"""MNIST, the handwritten digits that everybody begins with."""

from data.datasets.idx_archives import idx_archives
from data.datasets.info import DIGIT_LABELS, DatasetInfo, LocalFiles

MNIST = DatasetInfo(
    name="mnist",
    title="MNIST",
    labels=DIGIT_LABELS,
    licence="CC BY-SA 3.0",
    source="LeCun, Cortes, Burges 1998, http://yann.lecun.com/exdb/mnist/",
    train_size=60_000,
    test_size=10_000,
    megabytes=11.6,
    origin=idx_archives("MNIST"),
    local=LocalFiles(
        folders=(".", "mnist", "MNIST/raw"),
        checksums=(
            "6bbc9ace898e44ae57da46a324031adb",
            "a25bea736e30d166cdddb491f175f624",
            "2646ac647ad5339dbf082846283269ea",
            "27ae3e4e09519cfbb04c329615203637",
        ),
    ),
)
