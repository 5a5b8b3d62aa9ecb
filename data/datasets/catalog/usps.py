"""USPS: digits from envelopes of the US mail, 16x16 pixels."""

import bz2
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from data.datasets.info import DIGIT_LABELS, Archive, DatasetInfo, Published
from data.datasets.small_images import enlarge
from data.datasets.torchvision_list import listed


def _archives() -> list[Archive]:
    with listed("usps", "USPS") as values:
        parts = [values["split_list"][part] for part in ("train", "test")]
        return [Archive(name, (url,), md5) for url, name, md5 in parts]


def _read(paths: list[Path]) -> Iterator[np.ndarray]:
    """Each archive holds a line of text for each image, in the format of libsvm: the label from 1
    to 10, then 256 times `index:value`, the values from -1 to 1."""
    for path in paths:
        pixels, labels = [], []
        with bz2.open(path, "rt", encoding="ascii") as file:
            for line in file:
                label, *values = line.split()
                labels.append(int(label) - 1)
                pixels.append(np.array([v.rpartition(":")[2] for v in values], np.float32))
        images = (np.array(pixels).reshape(-1, 16, 16) + 1) / 2
        # Rounded down to grey values, as torchvision does it.
        yield enlarge((images * 255).astype(np.uint8) / np.float32(255))
        yield np.array(labels, np.uint8)


USPS = DatasetInfo(
    name="usps",
    title="USPS",
    labels=DIGIT_LABELS,
    licence="none stated",
    source="Hull 1994, doi:10.1109/34.291440",
    train_size=7_291,
    test_size=2_007,
    megabytes=8.4,
    origin=Published(_archives, _read),
)
