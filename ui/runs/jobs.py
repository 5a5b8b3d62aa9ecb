"""The trainings this server runs: each in a process of its own, steered through its input.

A run is a folder (see `nn/runs/`), and what a page shows it reads there. This module starts the
processes, a few at a time, and passes commands on. It works without any page open: a thread waits
for each process, and when that ends the next run in line begins.
"""

import logging
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import joblib
import streamlit as st

import nn
from nn import runs
from ui.runs import files as run_files
from ui.runs import owners
from ui.runs.asked import Asked
from ui.runs.budget import check_budget
from ui.runs.clearing import check_room, clear_away
from ui.runs.estimate import Estimate
from ui.runs.line import Entry, TrainingLine
from ui.runs.line_file import LineFile
from ui.runs.line_limits import PAUSE_SECONDS, check_line
from ui.runs.pace import Pace
from ui.runs.process import start_process, train_command_line
from ui.runs.readers import RunReaders
from ui.runs.state import Line, RunState
from ui.runs.training_process import TrainingProcess
from ui.runs.turns import others_wait, who_gives_way
from ui.shared.operator_settings import RUNNING_EACH, TURN_SECONDS, operator_setting

LOOK_SECONDS = 2.0
"""How often it is looked at who gives way while any wait."""

_log = logging.getLogger(__name__)

CommandLine = Callable[[Path, bool], list[str]]
"""(folder of the run, go on from its checkpoint?) -> command line of its process."""


@st.cache_resource(show_spinner=False)
def jobs() -> "Jobs":
    """The one `Jobs` of this server."""
    return Jobs(runs.runs_folder(), max(1, joblib.cpu_count() // 2), train_command_line)


class Look:
    """Somebody looks at a run, which is kept for as long as they hold this."""

    def __init__(self, run_id: str) -> None:
        self.run_id = run_id


class Jobs:
    """Starts and steers training processes, at most `limit` at a time; safe to use from threads.

    Args:
        folder: where the runs' folders are.
        limit: how many processes may live at the same time; further runs wait in line.
        command_line: makes that of a process.
    """

    def __init__(self, folder: Path, limit: int, command_line: CommandLine) -> None:
        self._folder = folder
        self._limit = limit
        self._command_line = command_line
        self._lock = threading.RLock()
        self._line = TrainingLine()
        self._line_file = LineFile(folder)
        self._waiting_since = 0.0
        self._processes: dict[str, TrainingProcess] = {}
        self._exit_codes: dict[str, int] = {}
        self._asked = Asked()
        self._readers = RunReaders(folder)
        self._next_look: threading.Timer | None = None
        self._looks: weakref.WeakSet[Look] = weakref.WeakSet()
        self._pace = Pace()
        with self._lock:
            self._go_on_for_others()

    def check(self, config: nn.TrainingConfig) -> Estimate:
        """What a training of these settings will take here; TooLarge, a ValueError, if that is
        more than one may."""
        return check_budget(config, self._pace.factor, self._limit)

    def start(
        self, config: nn.TrainingConfig, owner: owners.Owner | None = None, *, address: str = ""
    ) -> str:
        """Put a new run in line and return its id; `owner` may steer it without its token.

        Args:
            config: its settings.
            owner: whose it is.
            address: from where it is started; "" where that is not known.

        Raises ValueError if the line or the disk is too full, or the training would take too much;
        OSError if nothing can be written.
        """
        self.check(config)
        run_id = runs.new_run_id()
        with self._lock:
            self._go_on_for_others()
            entry = Entry(run_id, _visitor(owner, run_id), address)
            check_line(self._line, entry.visitor, address)
            self._clear_away()
            check_room(self._folder)
            runs.write_config(self._folder / run_id, config.to_dict())
            run_files.write_token(self._folder / run_id)
            if owner is not None:
                owners.write_owner(self._folder / run_id, owner)
            self._queue(entry)
        return run_id

    def resume(self, run_id: str) -> None:
        """Put a run that has ended early in line again, to go on where it was.

        Raises ValueError if there is no such run or the line is too long.
        """
        with self._lock:
            state = self.state(run_id)
            if state is None:
                raise ValueError("There is no such training any more.")
            if not state.is_moving:
                entry = Entry(run_id, _visitor(owners.read_owner(state.run.folder), run_id))
                check_line(self._line, entry.visitor, entry.address)
                self._queue(entry)

    def cancel(self, run_id: str) -> None:
        """Take a run out of the line; one that has never begun is removed."""
        with self._lock:
            if self._line.leave(run_id) is not None:
                self._line_file.write(self._line)
                run = self._readers.read(run_id)
                if run is not None and not run.events:
                    run_files.remove(run)

    def move(self, run_id: str, place: int) -> None:
        """Give a run that waits another place in the line, 1 for the next to begin."""
        with self._lock:
            self._line.move(run_id, place)
            self._line_file.write(self._line)

    def send(self, run_id: str, command: dict[str, Any]) -> bool:
        """Send a command to the process of a run; False if there is none (any more)."""
        with self._lock:
            process = self._processes.get(run_id)
            if process is None or not process.send(command):
                return False
            self._asked.note(run_id, command["command"])
            return True

    def state(self, run_id: str) -> RunState | None:
        """How it is with a run; None if there is none of this name.

        All visitors share one reader per run, which reads each line of its events once.
        """
        with self._lock:
            run = self._readers.read(run_id)
            if run is None:
                return None
            entry, place = self._line.entry(run_id), self._line.place(run_id)
            if entry is not None:
                doing = "gave way" if entry.goes_on else None
                return RunState(run, "waiting", place=place, doing=doing, visitor=entry.visitor)
            status, code = run.status, self._exit_codes.get(run_id)
            process = self._processes.get(run_id)
            if process is not None and not process.has_written(run):
                status = "starting"
            failure = None
            if status in ("interrupted", "waiting") and code is not None:
                failure = run_files.failure(run.folder, code)
            way, doing = self._gives_way(run_id, status), self._asked.doing(run_id, status)
            visitor = self._line.visitor(run_id)
            return RunState(run, status, None, failure, way, doing, visitor)

    def recent(self, most: int = 20, skip: int = 0) -> list[RunState]:
        """The newest runs after so many newer ones, also those that a terminal started."""
        found = runs.list_runs(self._folder)[skip : skip + most]
        states = [self.state(run.id) for run in found]
        return [state for state in states if state is not None]

    def own(self, browser: str) -> list[RunState]:
        """The runs that a browser may steer, the newest first."""
        states = [self.state(path.name) for path in owners.owned_by(self._folder, browser)]
        return [state for state in states if state is not None]

    def own_under_way(self, browser: str) -> str | None:
        """The id of the run that a browser may steer and that has a process or else waits for one,
        the newest if there are several."""
        with self._lock:
            waiting = [entry.run_id for entry in self._line.waiting]
            for run_ids in (self._processes, waiting):
                for run_id in sorted(run_ids, reverse=True):
                    if owners.read_owner(self._folder / run_id).has(browser):
                        return run_id
        return None

    def place_of_next(self, browser: str) -> int | None:
        """Which place another run of this browser would have in the line; None if it would begin
        at once."""
        with self._lock:
            place = self._line.place_of_next(browser)
            ending = [state.run.id for state in self.line().active if not state.is_moving]
            busy = len(self._processes) - len(ending)
            free = self._line.holds(browser, but=ending) < operator_setting(RUNNING_EACH)
            return None if place == 1 and free and busy < self._limit else place

    def rename_visitor(self, before: str, after: str) -> None:
        """A browser is known by another name now."""
        with self._lock:
            self._line.rename(before, after)
            self._line_file.write(self._line)

    def look(self, run_id: str) -> Look:
        """Keep a run from being cleared away for as long as somebody holds what this returns."""
        look = Look(run_id)
        with self._lock:
            self._looks.add(look)
        return look

    def line(self) -> Line:
        """What has a process now, and what waits for one."""
        with self._lock:
            active = [self.state(run_id) for run_id in self._processes]
            waiting = [self.state(entry.run_id) for entry in self._line.waiting]
        return Line(
            [state for state in active if state is not None and state.place is None],
            [state for state in waiting if state is not None],
            self._limit,
        )

    def process_id(self, run_id: str) -> int | None:
        """The number of a run's process; None if it has none."""
        with self._lock:
            process = self._processes.get(run_id)
            return None if process is None else process.pid

    def folder_of(self, run_id: str) -> Path | None:
        """The folder of a run; None if there is none of this name, which may be anything."""
        return self._folder / run_id if self._readers.is_run(run_id) else None

    def token(self, run_id: str) -> str | None:
        """The secret that allows to steer a run; None for a run that the app didn't start."""
        folder = self.folder_of(run_id)
        return None if folder is None else run_files.read_token(folder)

    def may_steer(self, run_id: str, token: str | None) -> bool:
        """Whether `token` is the secret of the run."""
        folder = self.folder_of(run_id)
        return folder is not None and run_files.fits(token, folder)

    # What follows is called with the lock held.

    def _queue(self, entry: Entry) -> None:
        self._line.join(entry)
        self._start_next()

    def _go_on_for_others(self) -> None:
        """Take over what waited or trained on servers that are no more."""
        self._line_file.take_over(self._line)
        self._start_next()

    def _start_next(self) -> None:
        """Let runs begin for which there is a place, and keep the line as it is then."""
        while len(self._processes) < self._limit:
            entry = self._line.next(operator_setting(RUNNING_EACH), self._is_ready)
            if entry is None:
                break
            self._begin(entry)
        if not self._line.waiting:
            self._waiting_since = 0.0
        elif not self._waiting_since:
            self._waiting_since = time.monotonic()
        self._line_file.write(self._line)
        if self._line.waiting and self._next_look is None:
            self._next_look = threading.Timer(LOOK_SECONDS, self._look_who_gives_way)
            self._next_look.daemon = True
            self._next_look.start()

    def _is_ready(self, run_id: str) -> bool:
        """Whether no process has the run (any more), of this server or another."""
        return run_id not in self._processes and not runs.is_locked(self._folder / run_id)

    def _begin(self, entry: Entry) -> None:
        """Start the process of a run that waits, or let it leave the line if there is no sense in
        that any more."""
        run = self._readers.read(entry.run_id)
        if run is None or run.status == "finished" or (entry.goes_on and not _was_left(run)):
            self._line.leave(entry.run_id)
            return
        self._exit_codes.pop(run.id, None)
        self._asked.forget(run.id)
        try:
            command_line = self._command_line(run.folder, bool(run.events))
            process = TrainingProcess(start_process(command_line, run.folder), run)
        except OSError:
            _log.exception("cannot start a process for run %s", run.id)
            self._exit_codes[run.id] = 1
            self._line.leave(run.id)
            return
        self._processes[run.id] = process
        self._line.begin(entry)
        threading.Thread(
            target=self._watch, args=(run.id, process), name=f"run {run.id}", daemon=True
        ).start()

    def _gives_way(self, run_id: str, status: str) -> float | None:
        """When a run makes room for those who wait, who are told so as long before as its owner."""
        process = self._processes.get(run_id)
        if process is None:
            return None
        paused = process.paused_since(status)
        if not self._line.waiting:
            return None
        if paused is not None:
            return max(paused, self._waiting_since) + PAUSE_SECONDS
        each, visitor = operator_setting(RUNNING_EACH), self._line.visitor(run_id)
        if status != "running" or not others_wait(self._line, visitor, each):
            return None
        return process.began + operator_setting(TURN_SECONDS)

    def _look_who_gives_way(self) -> None:
        """A timer's work; it goes on until nobody waits any more."""
        with self._lock:
            self._next_look = None
            train = {}
            for state in self.line().active:
                if state.status == "running" and state.doing is None:
                    train[state.run.id] = self._processes[state.run.id]
                elif state.status == "paused" and state.gives_way is not None:
                    if state.gives_way < time.monotonic():
                        self.send(state.run.id, {"command": "stop"})
            each = operator_setting(RUNNING_EACH)
            before = time.monotonic() - operator_setting(TURN_SECONDS)
            for run_id in who_gives_way(self._line, train, self._limit, each, before):
                self._line.wait_again(run_id)
                self._processes[run_id].give_way()
            self._start_next()

    def _watch(self, run_id: str, process: TrainingProcess) -> None:
        """Wait for the end of a process, then let the next run begin: a thread's work."""
        code = process.wait()
        with self._lock:
            del self._processes[run_id]
            self._line.end(run_id)
            self._exit_codes[run_id] = code
            if code:
                errors = run_files.last_errors(self._folder / run_id)
                _log.warning("run %s ended with exit code %s: %s", run_id, code, errors)
            run = self._readers.read(run_id)
            if run is not None:
                self._pace.hear(run)
            self._start_next()
            self._clear_away()

    def _clear_away(self) -> None:
        waiting = {entry.run_id for entry in self._line.waiting}
        looked_at = {look.run_id for look in self._looks}
        clear_away(self._folder, waiting, {*self._processes}, looked_at)
        self._readers.forget_removed()
        for run_id in [*self._exit_codes]:
            if not self._readers.is_run(run_id):
                self._exit_codes.pop(run_id, None)
                self._asked.forget(run_id)


def _visitor(owner: owners.Owner | None, run_id: str) -> str:
    """Whose turn it is when it is this run's."""
    return owner.browsers[0] if owner is not None and owner.browsers else run_id


def _was_left(run: runs.Run) -> bool:
    """Whether a run ended without anybody's doing; one that was paused waits for its owner."""
    if run.status not in ("interrupted", "waiting"):
        return False
    held = (event["type"] for event in reversed(run.events))
    return next((kind for kind in held if kind in ("paused", "resumed", "started")), "") != "paused"
