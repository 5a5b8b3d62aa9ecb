"""Reading a run."""

import os
import threading
from functools import lru_cache
from pathlib import Path

from nn.checksum import is_whole
from nn.runs.config_file import read_config
from nn.runs.event_lines import EventLines
from nn.runs.event_log import EventLog
from nn.runs.json_text import read_json
from nn.runs.lock import is_locked
from nn.runs.run_name import read_name
from nn.runs.schema import RunEvent, checked_event

EVENTS = "events.jsonl"
START = "start.safetensors"
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


class Run:
    """A run as its folder tells it; never writes there.

    The events are read when they are first asked for, and again at each `refresh`, which reads
    only what is new, or all when the older ones have been thinned out. Raises ValueError if the
    folder has no config.json that can be read.
    """

    def __init__(self, folder: str | os.PathLike) -> None:
        self.folder = Path(folder)
        self.config = read_config(self.folder)
        self._lines, self._log = EventLines(), EventLog()
        self._was_read = self._unannounced = False
        self._reading = threading.Lock()

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
    def start_path(self) -> Path:
        """Where the weights are that it begins with; without them it begins with random ones."""
        return self.folder / START

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
        """Whether a training that has ended can be resumed, and not only to fail again.

        Reads its checkpoints, as long as they have not been looked at before.
        """
        status = self.status
        newest, before, former_rate = self.checkpoint_paths
        if self.has_diverged:
            return _is_whole(former_rate)
        if status in ("stopped", "failed"):  # a disk that was full may have room again
            return _is_whole(newest) or _is_whole(before)
        if status == "interrupted":  # before its first checkpoint it begins anew
            is_early = not newest.is_file() and not before.is_file()
            return is_early or _is_whole(newest) or _is_whole(before)
        return False

    @property
    def has_diverged(self) -> bool:
        """Whether it failed because its learning rate was too high."""
        return self.status == "failed" and self._log.events[-1].get("reason") == DIVERGED

    @property
    def can_change_rate(self) -> bool:
        """Whether it can be resumed with another learning rate, as one that diverged can too."""
        if self.has_diverged:
            return any(map(_is_whole, self.checkpoint_paths))
        return bool(self.events) and self.can_go_on

    @property
    def is_active(self) -> bool:
        """Whether a process trains in the folder, or holds on to it, at this moment."""
        return is_locked(self.folder)

    @property
    def status(self) -> str:
        """One of: "waiting" (not started yet), "running", "paused", "finished", "stopped",
        "failed", "interrupted" (it ended without a word, and can be resumed)."""
        self._read_once()
        if self._log.stage in CLOSING:
            return self._log.stage
        if self.is_active:
            return self.status_with_process
        # It may have ended between the last reading and the look at the lock.
        self._unannounced |= self._read()
        if self._log.stage in CLOSING:
            return self._log.stage
        return "interrupted" if self._log.events else "waiting"

    @property
    def status_with_process(self) -> str:
        """The same of a run whose process is known to live: its lock, which takes milliseconds to
        ask for while that is held, is not asked for."""
        self._read_once()
        stage = self._log.stage
        return stage if stage in (*CLOSING, "paused") else "running"

    @property
    def events(self) -> list[RunEvent]:
        """All events that count, oldest first."""
        self._read_once()
        return self._log.events

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
        return self._log.by_type.get(type, [])

    def _read_once(self) -> None:
        if not self._was_read:
            self._read()

    def _read(self) -> bool:
        with self._reading:  # several visitors' threads may share one Run
            self._was_read, is_news = True, False
            try:
                with open(self.events_path, "rb") as file:
                    lines, log = self._lines, self._log
                    if not lines.is_of(file):
                        lines, log = EventLines(), EventLog()
                    for line in lines.new(file):
                        is_news = True
                        event = parse_event(line)
                        if event is not None:
                            log.add(event)
            except FileNotFoundError:
                return False
            self._lines, self._log = lines, log
            return is_news


def _is_whole(path: Path) -> bool:
    try:
        found = path.stat()
    except OSError:
        return False
    return _is_whole_now(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=1000)
def _is_whole_now(path: Path, time_ns: int, size: int) -> bool:
    del time_ns, size  # with others it is another file
    return is_whole(path)


def parse_event(line: bytes) -> RunEvent | None:
    """The event in a line; None for a line that is none, which a reader passes over."""
    try:
        return checked_event(read_json(line))
    except ValueError:
        return None
