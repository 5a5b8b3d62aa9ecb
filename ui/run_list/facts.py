"""What the list tells of each run: read again only where something in its folder has changed."""

import os
import threading
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

import data
import nn
from nn import runs
from nn.runs.archive import was_brought
from nn.runs.begun import when_begun
from nn.runs.config_file import CONFIG
from nn.runs.pinned import is_pinned
from nn.runs.reader import EVENTS
from nn.search.origin import Origin, read_origin
from ui.run_list.differences import differences
from ui.runs import owners
from ui.runs.badges import ENDED_EARLY, shown_status
from ui.runs.members import members
from ui.runs.run_names import shown_name
from ui.settings.network_size import network_layers

_IN_COLUMNS = ("dataset", "convolutions", "hidden", "epochs", "ensemble", "other_members")
"""Settings that have a column of their own."""
_LONGEST = 60
"""Characters of a dataset that is none of ours."""

_Stamp = tuple[int, ...]


@dataclass(frozen=True)
class Facts:
    """What is known of a run without reading all of it. None where it is not known (yet).

    id: its folder's name.
    name: what somebody called it, "" for nothing.
    owner: who may steer it.
    began: when somebody began it, in Unix seconds.
    status: as in `nn.runs.Run`, as far as the folder tells: that of a run with a process changes.
    ended_early: whether its search has ended it, as other trials were better.
    network, dataset: as lists call them.
    differs: in which other settings it is not the classic set-up.
    epochs: that it has had.
    accuracy, loss: of its test.
    seconds, speed: how long it trained, and how many images a second.
    parameters: numbers that it learned.
    pinned: whether it is to stay. brought: whether it came from a file.
    origin: of which search it is a trial.
    has_model: whether there is a network of it.
    """

    id: str
    name: str
    owner: owners.Owner
    began: float
    status: str
    ended_early: bool
    network: str
    dataset: str
    differs: str
    epochs: float | None
    accuracy: float | None
    loss: float | None
    seconds: float | None
    speed: float | None
    parameters: int | None
    pinned: bool
    brought: bool
    origin: Origin | None
    has_model: bool

    @property
    def title(self) -> str:
        """Its name, and what else tells it from others: the number of a trial, as people count, and
        that it came from a file."""
        trial = None if self.origin is None else f"trial {self.origin.trial + 1}"
        about = ", ".join(filter(None, (trial, "from a file" if self.brought else None)))
        if self.name:
            return f"{self.name} ({about})" if about else self.name
        return about[:1].upper() + about[1:]


class AllFacts:
    """The facts of the runs in a folder. For all visitors of a server, and their threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[_Stamp, Facts | None]] = {}

    def newest(self) -> list[Facts]:
        """Those of all runs as they are now, the one that began last first. A folder that is no
        run, or can't be read, is left out."""
        try:
            names = os.listdir(self._folder)
        except OSError:  # no run has ever been started
            names = []
        with self._lock:
            self._kept = {name: kept for name in names if (kept := self._fresh(name)) is not None}
            found = [facts for _, facts in self._kept.values() if facts is not None]
        return sorted(found, key=lambda facts: (facts.began, facts.id), reverse=True)

    def _fresh(self, name: str) -> tuple[_Stamp, Facts | None] | None:
        """What is known of a folder; None for what is no run."""
        folder = self._folder / name
        try:
            name.encode()  # or nothing could lead to it
            stamp = _stamp(folder)
        except (OSError, ValueError):
            return None
        kept = self._kept.get(name)
        if kept is not None and kept[0] == stamp and not _may_move(folder, kept[1]):
            return kept
        try:
            return stamp, facts_of(runs.Run(folder))
        except (OSError, ValueError):  # somebody else's, or spoilt: looked at again once it changes
            return stamp, None


def _may_move(folder: Path, facts: Facts | None) -> bool:
    """Whether something may be new that its files don't tell."""
    if facts is None or facts.status in runs.CLOSING:
        return False
    return facts.status in ("running", "paused") or runs.is_locked(folder)


def _stamp(folder: Path) -> _Stamp:
    """What changes with anything that the facts are made of; OSError for what is no run. A file
    that gets another in its place, as all but the events do, changes the folder."""
    config, about = os.stat(folder / CONFIG), os.stat(folder)
    try:
        events = os.stat(folder / EVENTS)
    except FileNotFoundError:
        return about.st_mtime_ns, config.st_mtime_ns
    return about.st_mtime_ns, config.st_mtime_ns, events.st_mtime_ns, events.st_size


def facts_of(run: runs.Run) -> Facts:
    """Those of one run as it is now; OSError if it has just been removed."""
    told = runs.summarise(run)
    first, last = told.first or {}, told.last or {}
    began = when_begun(run.folder / CONFIG, first.get("time"))
    if began is None:
        raise FileNotFoundError(run.folder)
    is_over = told.status in runs.CLOSING
    dataset = str(run.config.get("dataset", ""))
    info = data.DATASETS.get(dataset)
    layers = [network_layers(one) for one in members(run.config)]
    set_rate = last.get("set_learning_rate") if is_over else None
    differing = differences(run.config, but=_IN_COLUMNS, set_rate=set_rate)
    return Facts(
        id=run.id,
        name=shown_name(run),
        owner=owners.read_owner(run.folder),
        began=began,
        status=told.status,
        ended_early=shown_status(told.status, last) == ENDED_EARLY,
        network=nn.architecture_text(layers),
        dataset=info.title if info else dataset[:_LONGEST],
        differs=" · ".join(f"{label} {value}" for label, value in differing),
        epochs=last.get("epoch"),
        accuracy=last.get("test_accuracy") if is_over else None,
        loss=last.get("test_loss") if is_over else None,
        seconds=last.get("seconds") if is_over else None,
        speed=last.get("samples_per_second"),
        parameters=first.get("num_parameters"),
        pinned=is_pinned(run.folder),
        brought=was_brought(run.folder),
        origin=read_origin(run.folder),
        has_model=run.model_path.is_file(),
    )


@st.cache_resource(show_spinner=False)
def all_facts() -> AllFacts:
    """Those of this server."""
    return AllFacts(runs.runs_folder())
