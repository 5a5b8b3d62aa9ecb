"""What a run has kept of its way, read again only where a file has grown."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from nn.history import History
from nn.history.about import ABOUT
from nn.history.reader import history_folder
from ui.runs.members import members
from ui.runs.moments import moment_words

Array = np.ndarray
Stamp = tuple[int, int]

FILES = {"answers": "answers.bin", "weights": "weights.bin", "health": "health.bin"}
"""Kinds of records and where they are."""


class Kept(NamedTuple):
    """A file of a network's history as it is at this moment.

    history: the network's.
    dataset: that it learns from.
    kind: of records, one of `FILES`.
    stamp: changes with the file.
    steps, names: of its moments.
    """

    history: History
    dataset: str
    kind: str
    stamp: Stamp
    steps: list[int]
    names: list[str]

    @property
    def key(self) -> tuple[str, str, Stamp]:
        """For what is made of the file."""
        return str(self.history.folder), self.kind, self.stamp

    def records(self) -> Array:
        """All of them. They may be some more by now."""
        return read(self.history, self.kind)

    def record(self, step: int) -> Any:
        """The one of this step, or of the moment next to it that is still there."""
        records = self.records()
        return records[np.abs(records["step"] - step).argmin()]


def kept(run_folder: Path, dataset: str, member: int, kind: str) -> Kept | None:
    """What a run's network has kept; None if that is nothing, as of runs of earlier versions."""
    folder = history_folder(run_folder, member)
    try:
        history = _history(run_folder, member, _stamp(folder / ABOUT))
    except (OSError, ValueError):
        return None
    stamp = _stamp(folder / FILES[kind])
    steps, names = _moments(str(folder), kind, stamp, history)
    return Kept(history, dataset, kind, stamp, steps, names) if steps else None


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
    return history.whole() if history.is_small else history.first_layer()


def _stamp(file: Path) -> Stamp:
    """What tells whether a file has changed."""
    try:
        about = file.stat()
    except OSError:
        return 0, 0
    return about.st_size, about.st_mtime_ns


@st.cache_resource(max_entries=50, show_spinner=False)
def _history(run_folder: Path, member: int, stamp: Stamp) -> History:
    return History(run_folder, member)


@st.cache_resource(max_entries=100, show_spinner=False)
def _moments(
    folder: str, kind: str, stamp: Stamp, _history: History
) -> tuple[list[int], list[str]]:
    records = read(_history, kind)
    names = map(moment_words, records["step"].tolist(), records["epoch"].tolist())
    return records["step"].tolist(), list(names)
