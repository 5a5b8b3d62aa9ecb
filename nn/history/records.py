"""A file of records of one size, each of a moment of the training."""

import errno
import os
from pathlib import Path
from typing import Any

import numpy as np

from nn.replacing import replacing

Array = np.ndarray

EARLY_EPOCHS = 2
"""Up to here moments are close together; beyond, there is at most one at the end of each epoch."""
MOMENT = [("step", "<i8"), ("epoch", "<f8")]
"""What every record begins with."""


def read_records(path: Path, dtype: np.dtype) -> Array:
    """All whole records of a file, (count,) of the structured type; none if there is no file."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        content = b""
    whole = len(content) // dtype.itemsize * dtype.itemsize
    return np.frombuffer(content[:whole], dtype)


class RecordFile:
    """Records in a file, at most `capacity` of them.

    When there are more, every second one is dropped, and of those that come later only every
    second one is kept, so that they stay evenly spread: first of the late ones, at the ends of
    epochs, and only if these are few, of all but the first.

    Args:
        path: of the file, which need not exist.
        dtype: of a record, a structured type that begins with `MOMENT`.
        capacity: at least 3.
    """

    def __init__(self, path: Path, dtype: np.dtype, capacity: int) -> None:
        self.path, self.dtype, self.capacity = path, dtype, capacity
        records = self.read()
        self._count = len(records)
        late = records["epoch"][records["epoch"] > EARLY_EPOCHS]
        late = late[late % 1 == 0]  # a training may end in between
        self._stride = int(np.diff(late).min()) if len(late) > 1 else 1

    def read(self) -> Array:
        """All records, (count,) of the structured type."""
        return read_records(self.path, self.dtype)

    def wants(self, epoch: float) -> bool:
        """Whether a record of this moment would be kept."""
        return epoch <= EARLY_EPOCHS or epoch % self._stride == 0

    def append(self, step: int, epoch: float, **fields: Any) -> None:
        """Write a record, if one of this moment is wanted. OSError as for `add`."""
        if self.wants(epoch):
            self.add(step, epoch, **fields)
            if self._count > self.capacity:
                self._thin()

    def add(self, step: int, epoch: float, **fields: Any) -> None:
        """Write a record, whenever it is and however many there are. After an OSError all is as it
        was."""
        record = np.zeros(1, self.dtype)
        for name, value in ({"step": step, "epoch": epoch} | fields).items():
            record[name] = value
        with open(self.path, "ab", buffering=0) as file:
            size = self._count * self.dtype.itemsize
            file.truncate(size)  # what a killed process left of a record
            if file.write(record.tobytes()) != self.dtype.itemsize:
                file.truncate(size)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))
        self._count += 1

    def keep(self, which: Array | list[bool]) -> None:
        """Drop all records but these, (count,) of bool."""
        self._replace(self.read()[np.asarray(which, bool)])

    def _thin(self) -> None:
        records = self.read()
        late = records["epoch"] > EARLY_EPOCHS
        if np.count_nonzero(late) > self.capacity // 2:
            self._stride *= 2
            self._replace(records[~late | (records["epoch"] % self._stride == 0)])
        else:
            kept = np.ones(len(records), bool)
            kept[1::2] = False
            kept[-1] = True
            self._replace(records[kept | late])

    def _replace(self, records: Array) -> None:
        if len(records) < self._count:
            with replacing(self.path) as file:
                file.write_bytes(records.tobytes())
        self._count = len(records)
