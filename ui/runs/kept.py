"""What a run has kept of its way, read again only where a file has changed."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import data
from nn.history import History
from nn.history.about import ABOUT
from nn.history.reader import history_folder
from ui.runs.members import members
from ui.runs.moments import moment_words
from ui.shared.lately import Lately
from ui.shared.newest import Newest, Stamp, file_stamp

Array = np.ndarray

FILES = {
    "answers": ("answers.bin",),
    "weights": ("weights.bin",),  # of large networks the first layer's alone
    "whole": ("weights.bin", "whole.bin"),  # all of them, in one or the other
    "health": ("health.bin",),
}
"""Kinds of records and where they are."""


class Kept(NamedTuple):
    """Records of a network's history, as they were when they were read.

    history: the network's.
    dataset: that it learns from.
    kind: of records, one of `FILES`.
    begun: changes when the training begins anew, or goes on from where it was left.
    stamp: changes with the records, too.
    records: at least one, by their steps.
    """

    history: History
    dataset: str
    kind: str
    begun: Stamp
    stamp: tuple[Stamp, ...]
    records: Array

    @property
    def key(self) -> tuple[str, str, tuple[Stamp, ...]]:
        """For what is made of the records."""
        return str(self.history.folder), self.kind, self.stamp

    @property
    def name(self) -> str:
        """Of the run and its network, for the browser, which is told no folder."""
        folder = self.history.folder
        return f"{folder.parent.parent.name} {folder.name}"

    @property
    def steps(self) -> list[int]:
        """Of the moments."""
        steps: list[int] = self.records["step"].tolist()
        return steps

    @property
    def names(self) -> list[str]:
        """What the moments are called."""
        return list(map(moment_words, self.steps, self.records["epoch"].tolist()))

    def record(self, step: int) -> Any:
        """The one of this step, or of the moment next to it that is still there."""
        return self.records[np.abs(self.records["step"] - step).argmin()]


_kept: Lately[Newest[Kept]] = Lately(8)  # of up to 8 MB each


def kept(run_folder: Path, dataset: str, member: int, kind: str) -> Kept | None:
    """What a run's network has kept; None if that is nothing, as of runs of earlier versions."""
    folder = history_folder(run_folder, member)
    try:
        begun = file_stamp(folder / ABOUT)
        files = [folder / name for name in FILES[kind]]
        stamp = begun, *(file_stamp(file) for file in files if file.exists())

        def read_anew() -> Kept:
            history = History(run_folder, member)
            records = read(history, kind)
            if kind == "answers":
                _check_answers(history, records, dataset)
            return Kept(history, dataset, kind, begun, stamp, records)

        newest = _kept.get((folder, dataset, kind), Newest[Kept])
        found = newest.get(stamp, read_anew)
    except (OSError, ValueError, TypeError):  # a folder may hold anything
        return None
    return found if len(found.records) else None


def _check_answers(history: History, records: Array, dataset: str) -> None:
    """Raise ValueError if there are no such images, or no such classes, in the dataset."""
    info = data.DATASETS.get(dataset)
    if info is None:
        return  # which is said where they are shown
    if max(history.about.test_images, default=0) >= info.test_size:
        raise ValueError(f"test_images must be less than {info.test_size:,}")
    if records["classes"].size and records["classes"].max() >= info.num_classes:
        raise ValueError(f"classes must be less than {info.num_classes}")


def members_with_history(run_folder: Path, config: dict[str, Any]) -> list[int]:
    """Which networks of a run have begun: all but those of an ensemble that come later."""
    count = max(1, len(members(config)))
    return [k for k in range(count) if (history_folder(run_folder, k) / ABOUT).is_file()]


def read(history: History, kind: str) -> Array:
    """The records of this kind."""
    if kind == "answers":
        return history.answers()
    if kind == "health":
        return history.health()
    return history.whole() if kind == "whole" or history.is_small else history.first_layer()
