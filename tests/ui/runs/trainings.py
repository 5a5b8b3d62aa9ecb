"""Waiting for trainings, real ones and stand-ins."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import nn
from ui.runs.jobs import Jobs
from ui.runs.state import RunState

CONFIG = nn.TrainingConfig(dataset="digits", hidden=(8,), epochs=200)
_FAKE = Path(__file__).with_name("fake_training.py")


def fake_command(folder: Path, resume: bool) -> list[str]:
    """The command line of a stand-in for a training."""
    return [sys.executable, str(_FAKE), str(folder)]


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
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
