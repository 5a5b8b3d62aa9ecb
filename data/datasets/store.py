"""The cache: one folder a dataset, with four .npy files that all processes map into memory.

A dataset's folder appears in one rename when it is complete, so whoever finds it can trust it,
and a process killed while writing leaves nothing but a `.partial` folder, which the next one
removes.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

from data.array_files import mapped_array
from data.datasets.dataset import Dataset
from data.datasets.info import ARRAYS, DatasetInfo

_POLL_SECONDS = 0.1
# On Windows a file that somebody has open can't be removed or renamed; most let go of it soon.
_PATIENCE_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8)


def cache_folder() -> Path:
    """Where datasets are cached: SCRATCH_NN_CACHE, or `data/cache` in the project."""
    named = os.environ.get("SCRATCH_NN_CACHE")
    return Path(named).absolute() if named else Path(__file__).absolute().parents[1] / "cache"


def read(info: DatasetInfo) -> Dataset | None:
    """The cached dataset, mapped read-only; None if it isn't there or is damaged.

    Reads the headers and the labels, no image.
    """
    return read_folder(info, cache_folder() / info.name)


def read_folder(info: DatasetInfo, folder: Path) -> Dataset | None:
    """The same for a dataset in any folder that `write_arrays` filled."""
    try:
        arrays = {name: mapped_array(folder / f"{name}.npy") for name in ARRAYS}
        # A plain array over the mapped pages: np.memmap makes every slice slower.
        return Dataset(info, **{name: array.view(np.ndarray) for name, array in arrays.items()})
    except (OSError, ValueError, EOFError):
        return None


def write(dataset: Dataset) -> Dataset:
    """Puts a dataset into the cache and returns it as it is there.

    Raises:
        OSError: if it cannot be written, or (TimeoutError) another process has been writing
            the same dataset for half a minute.
    """
    info = dataset.info
    with lock(info, timeout=30):
        cached = read(info)
        if cached is None:
            with partial_folder(info) as folder:
                write_arrays(folder, (getattr(dataset, name) for name in ARRAYS))
                cached = publish(info, folder)
    return cached


@contextmanager
def lock(
    info: DatasetInfo, timeout: float, on_wait: Callable[[], None] = lambda: None
) -> Iterator[None]:
    """Holds the dataset's lock in the cache, which the end of the process frees too.

    `on_wait` is called again and again while another process holds it.

    Raises:
        TimeoutError: if another process still holds the lock after `timeout` seconds; there is no
            limit if that is negative.
        OSError: if the cache folder cannot be written.
    """
    # Importing it takes 60 ms, and most processes find all in the cache.
    from filelock import FileLock

    def go_on_waiting() -> bool:
        on_wait()
        return False

    cache_folder().mkdir(parents=True, exist_ok=True)
    with FileLock(cache_folder() / f".{info.name}.lock").acquire(
        timeout, _POLL_SECONDS, cancel_check=go_on_waiting
    ):
        yield


def partial_path(info: DatasetInfo) -> Path:
    """The folder in the cache where the dataset is prepared."""
    return cache_folder() / f".{info.name}.partial"


@contextmanager
def partial_folder(info: DatasetInfo) -> Iterator[Path]:
    """An empty folder in the cache to prepare a dataset in; removed at the end.

    Call it with the lock held: what a killed process left there is thrown away.
    """
    folder = partial_path(info)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove_leftovers(info: DatasetInfo) -> None:
    """Removes what a killed process left of a dataset, unless another one is at work on it now.

    Raises:
        OSError: if the cache folder cannot be written.
    """
    with suppress(TimeoutError), lock(info, timeout=0):
        shutil.rmtree(partial_path(info), ignore_errors=True)


def write_arrays(folder: Path, arrays: Iterable[np.ndarray]) -> None:
    """Writes the arrays of a dataset, in the order of `ARRAYS`, into `folder` and waits until they
    are on disk. Holds one of them at a time, if `arrays` does."""
    for name, array in zip(ARRAYS, arrays, strict=True):
        with open(folder / f"{name}.npy", "wb") as file:
            # np.save reports a full disk without the error number that tells it apart.
            array = np.ascontiguousarray(array)
            np.lib.format.write_array_header_1_0(
                file, np.lib.format.header_data_from_array_1_0(array)
            )
            file.write(array.data)
            file.flush()
            os.fsync(file.fileno())


def publish(info: DatasetInfo, folder: Path) -> Dataset:
    """Moves a folder filled by `write_arrays` to the dataset's place in the cache.

    Call it with the lock held.

    Raises:
        ValueError: if the arrays are not what `info` announces.
        OSError: if the dataset's place in the cache can't be had.
    """
    # Not kept: on Windows a folder whose files are mapped can't be renamed.
    if read_folder(info, folder) is None:
        raise ValueError(f"the files made for {info.title} are not complete")
    place = cache_folder() / info.name
    # Nothing valid is there, or it would have been used: what is there is damaged.
    if place.exists():
        _patiently(lambda: shutil.rmtree(place))
    _patiently(lambda: folder.rename(place))
    dataset = read(info)
    if dataset is None:
        raise OSError(f"{place} was changed by another program")
    return dataset


def _patiently(action: Callable[[], object]) -> None:
    for seconds in _PATIENCE_SECONDS:
        try:
            action()
            return
        except PermissionError:
            time.sleep(seconds)
    action()
