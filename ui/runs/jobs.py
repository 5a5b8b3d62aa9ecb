"""The trainings this server runs: each in a process of its own, steered through its input.

A run is a folder (see `nn/runs/`), and what a page shows it reads there. This module starts the
processes, a few at a time, and passes commands on. It works without any page open: a thread waits
for each process, and when that ends the next run in line begins.
"""

import json
import logging
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import joblib
import streamlit as st

import nn
from nn import runs
from ui.runs import files as run_files
from ui.runs import owners
from ui.runs.asked import Asked
from ui.runs.line_limits import PAUSE_SECONDS, check_line
from ui.runs.process import start_process, train_command_line
from ui.runs.readers import RunReaders
from ui.runs.state import Line, RunState

PAUSE_CHECK_SECONDS = 2.0
"""How often pauses are looked at while any wait."""

_log = logging.getLogger(__name__)

CommandLine = Callable[[Path, bool], list[str]]
"""(folder of the run, go on from its checkpoint?) -> command line of its process."""


@st.cache_resource(show_spinner=False)
def jobs() -> "Jobs":
    """The one `Jobs` of this server."""
    return Jobs(runs.runs_folder(), max(1, joblib.cpu_count() // 2), train_command_line)


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
        self._line: list[str] = []
        self._waiting_since = 0.0
        self._processes: dict[str, subprocess.Popen[str]] = {}
        self._started: dict[str, float] = {}
        self._exit_codes: dict[str, int] = {}
        self._asked = Asked()
        self._readers = RunReaders(folder)
        self._pause_check: threading.Timer | None = None

    def start(self, config: nn.TrainingConfig, owner: owners.Owner | None = None) -> str:
        """Put a new run in line and return its id; `owner` may steer it without its token.

        Raises ValueError if the line is too long, OSError if nothing can be written.
        """
        run_id = runs.new_run_id()
        with self._lock:
            self._check_line(owner)
            runs.write_config(self._folder / run_id, config.to_dict())
            run_files.write_token(self._folder / run_id)
            if owner is not None:
                owners.write_owner(self._folder / run_id, owner)
            self._queue(run_id)
            self._prune()
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
                self._check_line(owners.read_owner(state.run.folder))
                self._queue(run_id)

    def cancel(self, run_id: str) -> None:
        """Take a run out of the line; one that has never begun is removed."""
        with self._lock:
            if run_id in self._line:
                self._line.remove(run_id)
                run = self._readers.read(run_id)
                if run is not None and not run.events:
                    run_files.remove(run)

    def move(self, run_id: str, place: int) -> None:
        """Give a run that waits another place in the line, 1 for the next to begin."""
        with self._lock:
            if run_id in self._line:
                self._line.remove(run_id)
                self._line.insert(max(0, place - 1), run_id)

    def send(self, run_id: str, command: dict[str, Any]) -> bool:
        """Send a command to the process of a run; False if there is none (any more)."""
        with self._lock:
            process = self._processes.get(run_id)
            if process is not None and process.stdin is not None:
                with suppress(OSError):  # it has just ended
                    print(json.dumps(command), file=process.stdin, flush=True)
                    self._asked.note(run_id, command["command"])
                    return True
            return False

    def state(self, run_id: str) -> RunState | None:
        """How it is with a run; None if there is none of this name.

        All visitors share one reader per run, which reads each line of its events once.
        """
        with self._lock:
            run = self._readers.read(run_id)
            if run is None:
                return None
            if run_id in self._line:
                return RunState(run, "waiting", place=self._line.index(run_id) + 1)
            status, code = run.status, self._exit_codes.get(run_id)
            if run_id in self._processes and not self._has_written(run):
                status = "starting"
            failure = None
            if status in ("interrupted", "waiting") and code is not None:
                failure = run_files.failure(run.folder, code)
            way, doing = self._gives_way(run, status), self._asked.doing(run_id, status)
            return RunState(run, status, failure=failure, gives_way=way, doing=doing)

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
            for run_ids in (self._processes, self._line):
                for run_id in sorted(run_ids, reverse=True):
                    if owners.read_owner(self._folder / run_id).has(browser):
                        return run_id
        return None

    def line(self) -> Line:
        """What has a process now, and what waits for one."""
        with self._lock:
            active = [self.state(run_id) for run_id in self._processes]
            waiting = [self.state(run_id) for run_id in self._line]
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

    def _has_written(self, run: runs.Run) -> bool:
        """Whether the process of a run has told something since it was started."""
        return bool(run.events) and run.events[-1]["time"] >= self._started[run.id]

    def _check_line(self, owner: owners.Owner | None) -> None:
        check_line([self._folder / run_id for run_id in self._line], owner)

    def _queue(self, run_id: str) -> None:
        if not self._line:
            self._waiting_since = time.time()
        self._line.append(run_id)
        self._start_next()

    def _start_next(self) -> None:
        while len(self._processes) < self._limit:
            # A run that was stopped a moment ago may be in line again before its process has gone.
            run_id = next((name for name in self._line if name not in self._processes), None)
            if run_id is None:
                break
            self._line.remove(run_id)
            run = self._readers.read(run_id)
            if run is not None:
                self._start_process(run)
        self._plan_pause_check()

    def _gives_way(self, run: runs.Run, status: str) -> float | None:
        """When a run is stopped for those who wait, who are told so as long before as its owner."""
        pause = run.last("paused")
        if status != "paused" or pause is None or not self._line or run.id not in self._processes:
            return None
        since: float = max(pause["time"], self._waiting_since)
        return since + PAUSE_SECONDS

    def _plan_pause_check(self) -> None:
        if self._line and self._processes and self._pause_check is None:
            self._pause_check = threading.Timer(PAUSE_CHECK_SECONDS, self._check_pauses)
            self._pause_check.daemon = True
            self._pause_check.start()

    def _check_pauses(self) -> None:
        """A timer's work; it goes on until nobody waits any more."""
        with self._lock:
            self._pause_check = None
            for run_id in self._processes:
                state = self.state(run_id)
                if state is not None and state.gives_way and state.gives_way < time.time():
                    self.send(run_id, {"command": "stop"})
            self._plan_pause_check()

    def _start_process(self, run: runs.Run) -> None:
        self._exit_codes.pop(run.id, None)
        self._asked.forget(run.id)
        self._started[run.id] = time.time()
        try:
            command_line = self._command_line(run.folder, bool(run.events))
            process = start_process(command_line, run.folder)
        except OSError:
            _log.exception("cannot start a process for run %s", run.id)
            self._exit_codes[run.id] = 1
            return
        self._processes[run.id] = process
        threading.Thread(
            target=self._watch, args=(run.id, process), name=f"run {run.id}", daemon=True
        ).start()

    def _watch(self, run_id: str, process: subprocess.Popen[str]) -> None:
        """Wait for the end of a process, then let the next run begin: a thread's work."""
        code = process.wait()
        with self._lock:
            if process.stdin is not None:
                with suppress(OSError):  # a command was on its way
                    process.stdin.close()
            del self._processes[run_id]
            self._exit_codes[run_id] = code
            if code:
                errors = run_files.last_errors(self._folder / run_id)
                _log.warning("run %s ended with exit code %s: %s", run_id, code, errors)
            self._start_next()
            self._prune()

    def _prune(self) -> None:
        run_files.prune(self._folder, busy={*self._line, *self._processes})
        self._readers.forget_removed()
        for run_id in [*self._started, *self._exit_codes]:
            if not self._readers.is_run(run_id):
                self._started.pop(run_id, None)
                self._exit_codes.pop(run_id, None)
                self._asked.forget(run_id)
