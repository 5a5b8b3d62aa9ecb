"""The places for trainings: who has one, who waits for one, and who gives way.

A search has one place, as a run has: what is said of runs here is true of searches too.
"""

import logging
import signal
import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

from nn import runs
from nn.search.folder import is_worked_on
from ui.runs import files as run_files
from ui.runs.asked import Asked
from ui.runs.line import Entry, TrainingLine
from ui.runs.line_file import LineFile
from ui.runs.line_limits import PAUSE_SECONDS
from ui.runs.process import start_process, with_rate
from ui.runs.readers import RunReaders, Work, is_search
from ui.runs.training_process import TrainingProcess
from ui.runs.turns import others_wait, who_gives_way
from ui.shared.operator_settings import RUNNING_EACH, TURN_SECONDS, operator_setting
from ui.shared.tally import Trouble, note

GRACE_SECONDS = 2.0
"""A training that is told to end from outside may be so together with its server: only if that is
still there then, it is no more one that was under way, and the next begins."""
_TERMINATED = (-signal.SIGTERM, 128 + signal.SIGTERM)
LOOK_SECONDS = 2.0
"""How often it is looked at who gives way while any wait."""

CommandLine = Callable[[Path, bool], list[str]]
"""(folder of the run, go on from its checkpoint?) -> command line of its process."""

_log = logging.getLogger(__name__)


class Places:
    """Starts the processes of those whose turn it is. All is called with the lock held; threads of
    its own take it.

    limit: how many places there are.
    line: who waits.
    processes: those of the runs that have a place.
    exit_codes: of those that had one.
    killed: the runs among these whose process somebody had ended at once.
    asked: what they were told.

    Args:
        folder: where the runs' folders are.
        limit: as above.
        command_line: makes that of a process.
        readers: of the runs.
        lock: held by whoever calls.
        on_end: called with a run whose process has ended, None if it was removed.
    """

    def __init__(
        self,
        folder: Path,
        limit: int,
        command_line: CommandLine,
        readers: RunReaders,
        lock: threading.RLock,
        on_end: Callable[[Work | None], None],
    ) -> None:
        self.line = TrainingLine()
        self.processes: dict[str, TrainingProcess] = {}
        self.exit_codes: dict[str, int] = {}
        self.killed: set[str] = set()
        self.asked = Asked()
        self._folder = folder
        self.limit = limit
        self._command_line = command_line
        self._readers = readers
        self._lock = lock
        self._on_end = on_end
        self._line_file = LineFile(folder)
        self._waiting_since: float | None = None
        self._next_look: threading.Timer | None = None

    def take_over(self) -> None:
        """Go on with what waited or trained on servers that are no more."""
        self._line_file.take_over(self.line)
        self._start_next()

    def queue(self, entry: Entry) -> None:
        """Let a run wait for a place, or begin at once."""
        self.line.join(entry)
        self._start_next()

    def withdraw(self, run_id: str) -> bool:
        """Take a run out of the line; False if it doesn't wait."""
        has_left = self.line.leave(run_id) is not None
        self._start_next()
        return has_left

    def move(self, run_id: str, place: int) -> None:
        """Give a run that waits another place in the line, 1 for the next to begin."""
        self.line.move(run_id, place)
        self._start_next()

    def may_have_another(self, visitor: str, but: Collection[str] = ()) -> bool:
        """Whether a visitor may have one more run under way; those of these names don't count."""
        return self.line.holds(visitor, but) < operator_setting(RUNNING_EACH)

    def send(self, run_id: str, command: dict[str, Any]) -> bool:
        """Send a command to the process of a run; False if there is none (any more)."""
        process = self.processes.get(run_id)
        if process is None or not process.send(command):
            return False
        self.asked.note(run_id, command["command"])
        return True

    def end_now(self, run_id: str) -> None:
        """End the process of a run at once: it doesn't do what it was told."""
        process = self.processes.get(run_id)
        if process is not None:
            process.ends_now = True
            process.kill()

    def gives_way(self, run_id: str, status: str, line: TrainingLine) -> float | None:
        """When a run of this status makes room for those who wait in `line`, in seconds of
        `time.monotonic`; None if nobody waits for that. They are told so as long before as its
        owner."""
        process = self.processes.get(run_id)
        if process is None:
            return None
        paused = process.paused_since(status)
        if paused is not None:
            since = self._waiting_since
            return None if since is None else max(paused, since) + PAUSE_SECONDS
        each = operator_setting(RUNNING_EACH)
        if status != "running" or not others_wait(line, line.visitor(run_id), each):
            return None
        return process.began + operator_setting(TURN_SECONDS)

    def forget(self, removed: Collection[str]) -> None:
        """These runs are no more."""
        for run_id in removed:
            self.exit_codes.pop(run_id, None)
            self.killed.discard(run_id)
            self.asked.forget(run_id)

    def _start_next(self) -> None:
        """Let runs begin for which there is a place, and keep the line as it is then."""
        try:
            while len(self.processes) < self.limit:
                entry = self.line.next(operator_setting(RUNNING_EACH), self._is_ready)
                if entry is None:
                    break
                self._begin(entry)
        finally:  # whatever fails, those who wait are looked at again
            self._look_later()
        if not self.line.waiting:
            self._waiting_since = None
        elif self._waiting_since is None:
            self._waiting_since = time.monotonic()
        self._line_file.write(self.line)

    def _look_later(self) -> None:
        """Look again in a while if any wait."""
        if self.line.waiting and self._next_look is None:
            timer = threading.Timer(LOOK_SECONDS, self._look)
            timer.daemon = True
            with suppress(RuntimeError):  # no room for a thread: the next to come or end tries it
                timer.start()
                self._next_look = timer

    def _is_ready(self, run_id: str) -> bool:
        """Whether no process has the run (any more), of this server or another."""
        is_locked = is_worked_on if is_search(run_id) else runs.is_locked
        return run_id not in self.processes and not is_locked(self._folder / run_id)

    def _begin(self, entry: Entry) -> None:
        """Start the process of a run that waits, or let it leave the line if there is no sense in
        that any more."""
        key, run = entry.run_id, self._readers.read(entry.run_id)
        if run is None or run.status == "finished" or (entry.goes_on and not _was_left(run)):
            self.line.leave(key)
            return
        self.forget([key])
        process = None
        try:
            command_line = self._command_line(run.folder, bool(run.events))
            if entry.learning_rate is not None:
                command_line = with_rate(command_line, entry.learning_rate)
            process = TrainingProcess(start_process(command_line, run.folder), run)
            threading.Thread(
                target=self._watch, args=(key, process), name=f"run {key}", daemon=True
            ).start()
        except (OSError, RuntimeError) as error:  # RuntimeError: there is no room for a thread
            if process is not None:
                process.kill()
                process.wait()
            with suppress(OSError):  # it is told from there
                run_files.errors_file(run.folder).write_text(str(error), encoding="utf-8")
            _log.exception("cannot start a process for run %s", key)
            note(Trouble.TRAINING, f"run {key}: no process could be started")
            self.exit_codes[key] = 1
            self.line.leave(key)
            return
        self.processes[key] = process
        self.line.begin(entry)

    def _look(self) -> None:
        """A timer's work, until nobody waits any more: let those give way whose time has come."""
        with self._lock:
            self._next_look = None
            try:
                self._let_give_way()
            finally:
                self._start_next()

    def _let_give_way(self) -> None:
        """End the pauses and turns that have gone on for long enough."""
        train = {}
        for run_id, process in self.processes.items():
            run = self._readers.read(run_id)
            if run is None or not process.has_written(run):
                continue
            status, now = run.status_with_process, time.monotonic()
            if self.asked.doing(run_id, status) == "stopping":
                continue
            way = self.gives_way(run_id, status, self.line)
            if status == "running":
                train[run_id] = process
            elif status == "paused" and way is not None and way < now:
                self.send(run_id, {"command": "stop"})
        before = time.monotonic() - operator_setting(TURN_SECONDS)
        each = operator_setting(RUNNING_EACH)
        for run_id in who_gives_way(self.line, train, self.limit, each, before):
            self.line.wait_again(run_id)
            self.processes[run_id].give_way()

    def _watch(self, run_id: str, process: TrainingProcess) -> None:
        """Wait for the end of a process, then let the next run begin: a thread's work."""
        code = process.wait()
        if code in _TERMINATED:
            time.sleep(GRACE_SECONDS)
        with self._lock:
            del self.processes[run_id]
            self.line.end(run_id)
            self.exit_codes[run_id] = code
            if process.ends_now:
                self.killed.add(run_id)
            elif code:
                errors = run_files.last_errors(self._folder / run_id)
                note(Trouble.TRAINING, f"run {run_id} ended with exit code {code}: {errors}")
            self._start_next()
            self._on_end(self._readers.read(run_id))


def _was_left(run: Work) -> bool:
    """Whether a run ended without anybody's doing; one that was paused waits for its owner."""
    if run.status not in ("interrupted", "waiting"):
        return False
    kinds = (event["type"] for event in reversed(run.events))
    return next((kind for kind in kinds if kind in _HELD_OR_NOT), "") != "paused"


_HELD_OR_NOT = ("paused", "resumed", "started")
