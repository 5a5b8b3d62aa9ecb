"""Reading a run."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from nn.runs.config_file import read_config
from nn.runs.json_text import read_json
from nn.runs.lock import is_locked
from nn.runs.run_name import read_name
from nn.runs.schema import RunEvent, checked_event

EVENTS = "events.jsonl"
MODEL = "model.safetensors"
CHECKPOINTS = (
    "checkpoint.safetensors",
    "checkpoint-before.safetensors",
    "checkpoint-former-rate.safetensors",
)
"""The newest, the one before it, and one from before the learning rate was set."""

DIVERGED = "diverged"
"""The `reason` of a `failed` event where going on from the last checkpoint would fail again."""

CLOSING = ("finished", "stopped", "failed")
"""Types of the events that end a training; each is a status too."""

_LONGEST_LINE = 1 << 20
"""Bytes; no event has so many."""


class Run:
    """A run as its folder tells it; never writes there.

    The events are read when they are first asked for, and again at each `refresh`, which reads
    only what is new. Raises ValueError if the folder has no config.json that can be read.
    """

    def __init__(self, folder: str | os.PathLike) -> None:
        self.folder = Path(folder)
        self.config = read_config(self.folder)
        self._offset: int | None = None  # None until the first reading
        self._is_in_long_line = False
        self._unannounced = False
        self._reading = threading.Lock()
        self._events: list[RunEvent] = []
        self._by_type: dict[str, list[RunEvent]] = {}
        self._stage = ""

    @property
    def id(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def name(self) -> str:
        """What people call it, as it is at this moment; "" where nobody has named it."""
        return read_name(self.folder)

    @property
    def events_path(self) -> Path:
        """Where the events are, once there are any."""
        return self.folder / EVENTS

    @property
    def model_path(self) -> Path:
        """Where the weights are, once there are any."""
        return self.folder / MODEL

    @property
    def checkpoint_path(self) -> Path:
        """Where the last checkpoint is, once there is one."""
        return self.folder / CHECKPOINTS[0]

    @property
    def checkpoint_paths(self) -> tuple[Path, Path, Path]:
        """Where the last checkpoint is, the one before it, and one from before the learning rate
        was set, as far as there are any."""
        newest, before, former_rate = CHECKPOINTS
        return self.folder / newest, self.folder / before, self.folder / former_rate

    @property
    def can_go_on(self) -> bool:
        """Whether a training that has ended can be resumed, and not only to fail again."""
        status = self.status
        newest, before, former_rate = self.checkpoint_paths
        if status == "failed" and self._events[-1].get("reason") == DIVERGED:
            return former_rate.is_file()
        if status in ("stopped", "failed"):  # a disk that was full may have room again
            return newest.is_file() or before.is_file()
        return status == "interrupted"  # before its first checkpoint it begins anew

    @property
    def is_active(self) -> bool:
        """Whether a process trains in the folder, or holds on to it, at this moment."""
        return is_locked(self.folder)

    @property
    def status(self) -> str:
        """One of: "waiting" (not started yet), "running", "paused", "finished", "stopped",
        "failed", "interrupted" (it ended without a word, and can be resumed)."""
        self._read_once()
        if self._stage in CLOSING:
            return self._stage
        if self.is_active:
            return "paused" if self._stage == "paused" else "running"
        # It may have ended between the last reading and the look at the lock.
        self._unannounced |= self._read()
        if self._stage in CLOSING:
            return self._stage
        return "interrupted" if self._events else "waiting"

    @property
    def events(self) -> list[RunEvent]:
        """All events that count, oldest first."""
        self._read_once()
        return self._events

    @property
    def progress(self) -> list[RunEvent]:
        """The `progress` events, oldest first."""
        return self._of_type("progress")

    @property
    def epochs(self) -> list[RunEvent]:
        """The `epoch` events, oldest first, one per epoch."""
        return self._of_type("epoch")

    def last(self, type: str) -> RunEvent | None:
        """The newest event of this type, None if there is none."""
        events = self._of_type(type)
        return events[-1] if events else None

    def refresh(self) -> bool:
        """Read what has been written since the last reading; whether there was anything."""
        news = self._read() or self._unannounced
        self._unannounced = False
        return news

    def _of_type(self, type: str) -> list[RunEvent]:
        self._read_once()
        return self._by_type.get(type, [])

    def _read_once(self) -> None:
        if self._offset is None:
            self._read()

    def _read(self) -> bool:
        with self._reading:  # several visitors' threads may share one Run
            start = self._offset = self._offset or 0
            try:
                with open(self.events_path, "rb") as file:
                    file.seek(start)
                    for line in self._new_lines(file):
                        event = _parse(line)
                        if event is not None:
                            self._add(event)
            except FileNotFoundError:
                return False
            return self._offset > start

    def _new_lines(self, file: IO[bytes]) -> Iterator[bytes]:
        """The lines from here on that are whole, but those that are far too long; the offset goes
        along."""
        while line := file.readline(_LONGEST_LINE):
            is_whole = line.endswith(b"\n")
            if not is_whole and len(line) < _LONGEST_LINE and not self._is_in_long_line:
                return  # it is being written
            self._offset = file.tell()
            if is_whole and not self._is_in_long_line:
                yield line
            self._is_in_long_line = not is_whole

    def _add(self, event: RunEvent) -> None:
        kind, epochs = event["type"], self._by_type.get("epoch")
        if kind == "resumed" and event.get("from_step") is not None:
            self._keep(lambda earlier: earlier["step"] <= event["from_step"])
        elif kind == "epoch" and epochs and epochs[-1]["epoch"] == event["epoch"]:
            # Resumed from a checkpoint at an epoch's last batch, a run ends that epoch twice.
            replaced = epochs[-1]
            self._keep(lambda earlier: earlier is not replaced)
        self._events.append(event)
        self._by_type.setdefault(kind, []).append(event)
        if kind not in ("set", "checkpoint"):
            self._stage = kind

    def _keep(self, counts: Callable[[RunEvent], bool]) -> None:
        """Forget all events but those that still count. In new lists: others may hold the old."""
        self._events = [event for event in self._events if counts(event)]
        self._by_type = {
            kind: [event for event in events if counts(event)]
            for kind, events in self._by_type.items()
        }


def _parse(line: bytes) -> RunEvent | None:
    """The event in a line; None for a line that is none, which a reader passes over."""
    try:
        return checked_event(read_json(line))
    except ValueError:
        return None
