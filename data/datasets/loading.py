"""Finding a dataset: in the cache, in SCRATCH_NN_DATA, among the installed libraries."""

import threading

from data.datasets import local, store
from data.datasets.catalog import dataset_info
from data.datasets.dataset import Dataset
from data.datasets.info import ARRAYS, DatasetInfo, Embedded


class DatasetNotFound(Exception):
    """The dataset is not on this computer; the message says how to get it."""


_in_memory: dict[str, Dataset] = {}
_loading = threading.Lock()


def load(name: str) -> Dataset:
    """The dataset called `name`, from the first place that has it; never downloads.

    What was found outside the cache is put there; where the cache cannot be written, it is
    kept in the memory of this process instead.

    Raises:
        DatasetNotFound: if it is nowhere on this computer, or its files are damaged.
        ValueError: if there is no dataset of that name.
    """
    info = dataset_info(name)
    with _loading:
        dataset = store.read(info) or _in_memory.get(name)
        if dataset is None:
            dataset = _find(info)
            try:
                dataset = store.write(dataset)
            except OSError:
                _in_memory[name] = dataset
    return dataset


def is_available(name: str) -> bool:
    """Whether `load(name)` will find the dataset. Cheap: reads no image.

    For files in SCRATCH_NN_DATA whose images are damaged that shows only when they are first
    loaded; from then on they count as missing in this process until they change.

    Raises:
        ValueError: if there is no dataset of that name.
    """
    info = dataset_info(name)
    if store.read(info) is not None or name in _in_memory:
        return True
    if isinstance(info.origin, Embedded):
        return info.origin.is_here()
    return next(local.find(info), None) is not None


def is_cached(name: str) -> bool:
    """Whether `load(name)` takes it from the cache, at once, and need not check or unpack it.

    Raises:
        ValueError: if there is no dataset of that name.
    """
    return store.read(dataset_info(name)) is not None


def _find(info: DatasetInfo) -> Dataset:
    if isinstance(info.origin, Embedded):
        try:
            arrays = dict(zip(ARRAYS, info.origin.make(), strict=True))
        except FileNotFoundError as error:
            raise DatasetNotFound(f"{info.title}: {error}") from error
        return Dataset(info, **arrays)
    for folder in local.find(info):
        try:
            return local.read(info, folder)
        except ValueError:  # from now on its damage is part of the hint
            continue
    raise DatasetNotFound(
        f"{info.title} is not on this computer. Download it ({info.megabytes:g} MB) on the "
        f"Train page or with: python -m nn data fetch {info.name}{local.hint(info)}."
    )
