"""EMNIST letters: handwritten letters, capital and small ones in one class."""

from data.datasets.emnist import LICENCE, MEGABYTES, SOURCE, emnist_part
from data.datasets.info import DatasetInfo

EMNIST_LETTERS = DatasetInfo(
    name="emnist_letters",
    title="EMNIST letters",
    labels=tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    licence=LICENCE,
    source=SOURCE,
    train_size=124_800,
    test_size=20_800,
    megabytes=MEGABYTES,
    origin=emnist_part("letters", first_label=1),
)
