"""Which of the answered test images are shown: some of each class, and hard ones."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

import data
from nn.averaging import ALONE
from ui.models.shipped_network import small_network

SHOWN = 24
_OF_EACH = 2
_SEED = 5


class ShownImages(NamedTuple):
    """places: of `SHOWN` images among the answered ones, or of all, in their order.
    words: which ones these are; "" where they are any.
    """

    places: np.ndarray
    words: str


@lru_cache(maxsize=20)
def shown_images(dataset: str, answered: tuple[int, ...]) -> ShownImages:
    """Always the same ones of the answered images, which are test images of these numbers: some of
    each class at random, and beside them those that the shipped small model is least sure of. Of
    data that it can't read all are at random.

    Raises data.DatasetNotFound if the images are not on this computer.
    """
    loaded = data.load(dataset)
    images, labels = (part[list(answered)] for part in (loaded.test_images, loaded.test_labels))
    order = np.random.default_rng(_SEED).permutation(len(labels))
    unsure = _least_sure_first(images, dataset)
    if unsure is None:
        return ShownImages(np.sort(order[:SHOWN]), "")
    each = [place for k in np.unique(labels) for place in order[labels[order] == k][:_OF_EACH]]
    hard = [place for place in unsure if place not in each][: SHOWN - len(each)]
    words = (
        f"Shown are {_OF_EACH} of each class, and {len(hard)} that the model “small” finds hard."
    )
    return ShownImages(np.sort([*each, *hard]), words)


def _least_sure_first(images: np.ndarray, dataset: str) -> np.ndarray | None:
    """The order of the images for the shipped model; None where their classes are not its own."""
    reader = small_network()
    if reader is None or reader.labels != list(data.DATASETS[dataset].labels):
        return None
    return np.argsort(reader.predict_proba(images, averaging=ALONE).max(axis=1), kind="stable")
