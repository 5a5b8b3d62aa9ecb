"""What travels between a search and the workers of its cluster."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from nn.cli.search.cluster_files import Piece
from nn.cli.train.control import Command

if TYPE_CHECKING:
    from data import Dataset

_PROJECT = Path(__file__).resolve().parents[3]


class DataMissing(Exception):
    """A worker was to train, and has not got the data."""


@dataclass(frozen=True)
class Images:
    """The arrays of a dataset, by the names that `data.Dataset` has for them.

    key: of these very arrays, the same for all searches.
    """

    name: str
    key: str
    arrays: dict[str, np.ndarray]

    @classmethod
    def of(cls, dataset: "Dataset") -> Self:
        """Those of a dataset."""
        from data.datasets.info import ARRAYS

        arrays = {name: np.ascontiguousarray(getattr(dataset, name)) for name in ARRAYS}
        digest = hashlib.sha256()
        for array in arrays.values():
            digest.update(array.data)
        name = dataset.info.name
        return cls(name, f"scratch-nn-{name}-{digest.hexdigest()[:12]}", arrays)

    def dataset(self) -> "Dataset":
        """The dataset, here."""
        import data

        return data.Dataset(data.DATASETS[self.name], **self.arrays)


@dataclass(frozen=True)
class Order:
    """A network to train: a task of the cluster.

    session: of the place that orders, and no other's.
    key: of the task.
    topic: under which its events are published.
    config: the run's settings, as JSON-able data.
    images: the key of its data.
    pace: seconds between two publications.
    lease: after so many seconds without a word from the search, nobody waits for the training.
    """

    session: str
    key: str
    topic: str
    run: str
    config: dict[str, Any]
    images: str
    pace: float
    lease: float


@dataclass(frozen=True)
class Beginning:
    """From what an execution of an order begins.

    pieces: the files of the run's folder, none of a run that is new.
    events: the lines of its events so far.
    resume: whether the run has begun before.
    commands: what to do at once.
    """

    pieces: list[Piece]
    events: bytes
    resume: bool
    commands: list[Command]


@dataclass(frozen=True)
class News:
    """What an execution has written since it was last asked.

    number: of these news.
    events: as JSON, those that follow the first `known` ones.
    """

    execution: str
    number: int
    known: int
    events: list[str]
    pieces: list[Piece]


@dataclass(frozen=True)
class Result:
    """How an execution ended, "finished", "stopped", "failed" or "closed", and its last news."""

    ending: str
    news: News


def _digest() -> str:
    digest = hashlib.sha256()
    for room in ("data", "nn"):
        for path in sorted((_PROJECT / room).rglob("*.py")):
            digest.update(path.relative_to(_PROJECT).as_posix().encode())
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


CODE = _digest()
"""Of the source of `nn` and `data`: processes with the same one understand each other. Made when
this is imported: what is on the disk later is not what runs."""
