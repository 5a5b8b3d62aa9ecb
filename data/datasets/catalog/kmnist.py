"""Kuzushiji-MNIST: handwritten Japanese characters from old books."""

from data.datasets.idx_archives import idx_archives
from data.datasets.info import DatasetInfo

KMNIST = DatasetInfo(
    name="kmnist",
    title="Kuzushiji-MNIST",
    labels=(
        "o お",
        "ki き",
        "su す",
        "tsu つ",
        "na な",
        "ha は",
        "ma ま",
        "ya や",
        "re れ",
        "wo を",
    ),
    licence="CC BY-SA 4.0",
    source="Clanuwat et al. 2018 (KMNIST, CODH), https://github.com/rois-codh/kmnist",
    train_size=60_000,
    test_size=10_000,
    megabytes=21.2,
    origin=idx_archives("KMNIST"),
)
