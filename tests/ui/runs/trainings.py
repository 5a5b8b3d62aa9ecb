"""Waiting for trainings, real ones and stand-ins."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import nn
from ui.runs.jobs import Jobs
from ui.runs.state import RunState

CONFIG = nn.TrainingConfig(dataset="digits", hidden=(8,), epochs=200)
_FAKES = Path(__file__).parent


def fake_command(folder: Path, resume: bool) -> list[str]:
    """The command line of a stand-in for a training, or for a search."""
    fake = "fake_search.py" if folder.parent.name == "searches" else "fake_training.py"
    return [sys.executable, str(_FAKES / fake), str(folder)]


def end_all(jobs: Jobs) -> None:
    """Let everything end that waits or has a process."""
    for entry in list(jobs._places.line.waiting):
        jobs._places.withdraw(entry.run_id)
    for key in list(jobs._places.processes):
        jobs.send(key, {"command": "stop"})
    until(lambda: not jobs._places.processes)


def forsake(jobs: Jobs) -> None:
    """The server of these jobs is killed: its locks are free, its trainings' input is closed."""
    places = jobs._places
    lock, keeping = places._line_file._lock, places._line_file
    keeping.write = lambda line: None  # type: ignore[method-assign]
    places.limit = 0
    if lock is not None:
        lock.close()
    for process in list(places.processes.values()):
        process.give_way()
    until(lambda: not places.processes)


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for what another process or thread does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def state_of(jobs: Jobs, run_id: str) -> RunState:
    state = jobs.state(run_id)
    assert state is not None
    return state


def until_status(jobs: Jobs, run_id: str, *statuses: str) -> RunState:
    until(lambda: state_of(jobs, run_id).status in statuses)
    return state_of(jobs, run_id)
