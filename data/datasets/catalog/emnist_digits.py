"""EMNIST digits: four times as many handwritten digits as in MNIST, from the same source."""

from data.datasets.emnist import LICENCE, MEGABYTES, SOURCE, emnist_part
from data.datasets.info import DIGIT_LABELS, DatasetInfo

EMNIST_DIGITS = DatasetInfo(
    name="emnist_digits",
    title="EMNIST digits",
    labels=DIGIT_LABELS,
    licence=LICENCE,
    source=SOURCE,
    train_size=240_000,
    test_size=40_000,
    megabytes=MEGABYTES,
    origin=emnist_part("digits", first_label=0),
)
