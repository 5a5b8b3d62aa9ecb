"""The trainings this server runs: each in a process of its own, steered through its input.

A run is a folder (see `nn/runs/`), and what a page shows it reads there. This module starts the
processes, a few at a time, and passes commands on. It works without any page open: a thread waits
for each process, and when that ends the next run in line begins.
"""

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import streamlit as st

import nn
from nn import runs
from ui.runs import files as run_files
from ui.shared.child_environment import child_environment

MAX_WAITING = 20
KEPT_READERS = 50
"""Runs whose events are kept in memory, those used last; each may hold some megabytes."""
PAUSE_SECONDS = 120.0
"""A run paused for longer is stopped when others wait; it can be resumed later."""
PAUSE_CHECK_SECONDS = 2.0
"""How often that is looked at while any wait."""

_log = logging.getLogger(__name__)

CommandLine = Callable[[Path, bool], list[str]]
"""(folder of the run, go on from its checkpoint?) -> command line of its process."""


def train_command_line(folder: Path, resume: bool) -> list[str]:
    """The command line that trains in `folder`, leaving one core to the pages."""
    threads = str(max(1, joblib.cpu_count() - 1))
    command = [sys.executable, "-P", "-m", "nn", "train", "--run", str(folder)]
    command += ["--control", "stdin", "--threads", threads]
    return [*command, "--resume"] if resume else command


@st.cache_resource(show_spinner=False)
def jobs() -> "Jobs":
    """The one `Jobs` of this server."""
    return Jobs(runs.runs_folder(), max(1, joblib.cpu_count() // 2), train_command_line)


@dataclass(frozen=True)
class RunState:
    """A run at this moment, with what the server knows and the folder doesn't tell.

    run: its folder, read up to now.
    status: as in `nn.runs.Run`, or "starting": its process lives but has not written anything.
    place: place in the line of waiting runs, 1 is next; None if it doesn't wait.
    failure: why its process ended without a closing event, None if none did.
    """

    run: runs.Run
    status: str
    place: int | None = None
    failure: str | None = None

    @property
    def is_moving(self) -> bool:
        """Whether something can happen without anybody's doing."""
        return self.status in ("starting", "running", "paused") or self.place is not None


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
        self._processes: dict[str, subprocess.Popen[str]] = {}
        self._started: dict[str, float] = {}
        self._exit_codes: dict[str, int] = {}
        self._readers: dict[str, runs.Run] = {}
        self._pause_check: threading.Timer | None = None

    def start(self, config: nn.TrainingConfig) -> str:
        """Put a new run in line and return its id.

        Raises ValueError if the line is too long, OSError if nothing can be written.
        """
        run_id = runs.new_run_id()
        with self._lock:
            self._check_line()
            runs.write_config(self._folder / run_id, config.to_dict())
            run_files.write_token(self._folder / run_id)
            self._line.append(run_id)
            self._start_next()
            self._prune()
        return run_id

    def resume(self, run_id: str) -> None:
        """Put a run that has ended early in line again, to go on where it was.

        Raises ValueError if there is no such run or the line is too long.
        """
        with self._lock:
            state = self.state(run_id)
            if state is None:
                raise ValueError(f"There is no run {run_id!r}.")
            if not state.is_moving:
                self._check_line()
                self._line.append(run_id)
                self._start_next()

    def cancel(self, run_id: str) -> None:
        """Take a run out of the line; one that has never begun is removed."""
        with self._lock:
            if run_id in self._line:
                self._line.remove(run_id)
                run = self._read(run_id)
                if run is not None and not run.events:
                    run_files.remove(run)

    def send(self, run_id: str, command: dict[str, Any]) -> bool:
        """Send a command to the process of a run; False if there is none (any more)."""
        with self._lock:
            process = self._processes.get(run_id)
            if process is None or process.stdin is None:
                return False
            try:
                process.stdin.write(json.dumps(command) + "\n")
                process.stdin.flush()
            except OSError:  # it has just ended
                return False
            return True

    def state(self, run_id: str) -> RunState | None:
        """How it is with a run; None if there is none of this name.

        All visitors share one reader per run, which reads each line of its events once.
        """
        with self._lock:
            run = self._read(run_id)
            if run is None:
                return None
            if run_id in self._line:
                return RunState(run, "waiting", place=self._line.index(run_id) + 1)
            if run_id in self._processes and not self._has_written(run):
                return RunState(run, "starting")
            status, code = run.status, self._exit_codes.get(run_id)
            failure = None
            if status in ("interrupted", "waiting") and code is not None:
                failure = run_files.failure(run.folder, code)
            return RunState(run, status, failure=failure)

    def recent(self, most: int = 20) -> list[RunState]:
        """The newest runs, also those that a terminal started."""
        states = [self.state(run.id) for run in runs.list_runs(self._folder)[:most]]
        return [state for state in states if state is not None]

    def token(self, run_id: str) -> str | None:
        """The secret that allows to steer a run; None for a run that the app didn't start."""
        return run_files.read_token(self._folder / run_id) if self._is_run(run_id) else None

    def may_steer(self, run_id: str, token: str | None) -> bool:
        """Whether `token` is the secret of the run."""
        return self._is_run(run_id) and run_files.fits(token, self._folder / run_id)

    def _is_run(self, run_id: str) -> bool:
        """Whether this is the name of a run's folder, and no path to elsewhere."""
        if run_id in ("", "..") or Path(run_id).name != run_id:
            return False
        try:
            return (self._folder / run_id).is_dir()
        except OSError:  # a name that is too long
            return False

    # What follows is called with the lock held.

    def _read(self, run_id: str) -> runs.Run | None:
        if not self._is_run(run_id):
            self._forget(run_id)
            return None
        try:
            run = self._readers.pop(run_id, None) or runs.Run(self._folder / run_id)
            run.refresh()
        except (OSError, ValueError):  # it can't be read, or has just been removed
            return None
        self._readers[run_id] = run  # as the last one
        if len(self._readers) > KEPT_READERS:
            del self._readers[next(iter(self._readers))]
        return run

    def _has_written(self, run: runs.Run) -> bool:
        """Whether the process of a run has told something since it was started."""
        return bool(run.events) and run.events[-1]["time"] >= self._started[run.id]

    def _check_line(self) -> None:
        if len(self._line) >= MAX_WAITING:
            raise ValueError(
                f"{MAX_WAITING} trainings wait already. Please try again when some have ended."
            )

    def _start_next(self) -> None:
        while len(self._processes) < self._limit:
            # A run that was stopped a moment ago may be in line again before its process has gone.
            run_id = next((name for name in self._line if name not in self._processes), None)
            if run_id is None:
                break
            self._line.remove(run_id)
            run = self._read(run_id)
            if run is not None:
                self._start_process(run)
        self._plan_pause_check()

    def _plan_pause_check(self) -> None:
        if self._line and self._processes and self._pause_check is None:
            self._pause_check = threading.Timer(PAUSE_CHECK_SECONDS, self._check_pauses)
            self._pause_check.daemon = True
            self._pause_check.start()

    def _check_pauses(self) -> None:
        """A timer's work; it goes on until nobody waits any more."""
        with self._lock:
            self._pause_check = None
            self._end_long_pauses()
            self._plan_pause_check()

    def _end_long_pauses(self) -> None:
        for run_id in self._processes:
            run = self._read(run_id)
            if (
                run is not None
                and run.status == "paused"
                and run.events[-1]["time"] < time.time() - PAUSE_SECONDS
            ):
                self.send(run_id, {"command": "stop"})

    def _start_process(self, run: runs.Run) -> None:
        self._exit_codes.pop(run.id, None)
        self._started[run.id] = time.time()
        try:
            with open(run_files.errors_file(run.folder), "wb") as errors:
                process = subprocess.Popen(
                    self._command_line(run.folder, bool(run.events)),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=errors,
                    encoding="utf-8",
                    env=child_environment(),
                    # Ctrl-C in the server's terminal is not meant for it: it ends with its input.
                    # The first has no effect on Windows, where the second does the same.
                    start_new_session=True,
                    creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
                )
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
        for run_id in [name for name in self._readers if not self._is_run(name)]:
            self._forget(run_id)

    def _forget(self, run_id: str) -> None:
        for known in (self._readers, self._started, self._exit_codes):
            known.pop(run_id, None)
