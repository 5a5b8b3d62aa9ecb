"""What the command-line tests share: a folder for runs, and trainings as real processes."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nn.cli import main
from nn.runs import Run

PROJECT = Path(__file__).resolve().parents[2]
DEADLINE = 60  # seconds; a training that hangs fails the test instead of the whole suite


@pytest.fixture(autouse=True)
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where runs go in this test."""
    folder = tmp_path / "runs"
    monkeypatch.setenv("SCRATCH_NN_RUNS", str(folder))
    return folder


@pytest.fixture
def cli() -> Callable[..., Result]:
    """Run a command in this process: cli("train", "--epochs", 2)."""

    def call(*arguments: Any) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return call


class Process:
    """`python -m nn ...` as a process of its own, with its run."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        command = [sys.executable, "-m", "nn", *map(str, arguments)]
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self.popen = subprocess.Popen(command, cwd=PROJECT, **(streams | options))

    def send(self, command: str, **fields: Any) -> None:
        self.send_line(json.dumps({"command": command} | fields))

    def send_line(self, line: str) -> None:
        assert self.popen.stdin is not None
        self.popen.stdin.write(line.encode() + b"\n")
        self.popen.stdin.flush()

    def wait_for(self, folder: Path, kind: str, count: int = 1) -> Run:
        """Wait until the run in `folder` has so many events of a type; returns the run."""
        deadline = time.monotonic() + DEADLINE
        run = None
        while time.monotonic() < deadline:
            if run is None and (folder / "config.json").exists():
                run = Run(folder)
            if run is not None:
                run.refresh()
                if sum(event["type"] == kind for event in run.events) >= count:
                    return run
            if self.popen.poll() is not None:
                raise AssertionError(f"ended before {kind!r}: {self.end()}")
            time.sleep(0.005)
        raise AssertionError(f"no {kind!r} within {DEADLINE} s")

    def end(self) -> tuple[int, str, str]:
        """Wait for the end without closing standard input; (exit code, stdout, stderr)."""
        self.popen.wait(DEADLINE)
        streams = (self.popen.stdout, self.popen.stderr)
        out, err = (stream.read().decode() if stream else "" for stream in streams)
        return self.popen.returncode, out, err

    def close(self) -> None:
        if self.popen.poll() is None:
            self.popen.kill()
        self.popen.wait()
        for stream in (self.popen.stdin, self.popen.stdout, self.popen.stderr):
            if stream is not None:
                stream.close()


@pytest.fixture
def start() -> Iterator[Callable[..., Process]]:
    """Start `python -m nn` with these arguments; what still runs at the end is killed."""
    processes: list[Process] = []

    def begin(*arguments: Any, **options: Any) -> Process:
        processes.append(Process(*arguments, **options))
        return processes[-1]

    yield begin
    for process in processes:
        process.close()
