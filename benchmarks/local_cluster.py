"""A Dask cluster on loopback: a scheduler and workers as processes of their own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DEADLINE = 120  # seconds; what hangs ends with an error


def wait_until(is_so: Callable[[], object], what: str) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + DEADLINE
    while not is_so():
        assert time.monotonic() < deadline, f"no {what} within {DEADLINE} s"
        time.sleep(0.01)


class Cluster:
    """A scheduler, and as many `workers` as are started; `folder` is for what they write."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.workers: list[subprocess.Popen[bytes]] = []
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        about = folder / "scheduler.json"
        about.unlink(missing_ok=True)
        self.scheduler = self._start(
            ["scheduler", "--port", str(port), "--scheduler-file", str(about)], PROJECT
        )
        wait_until(
            lambda: about.exists() and about.read_text(encoding="utf-8").endswith("}"), "scheduler"
        )
        self.address: str = json.loads(about.read_text(encoding="utf-8"))["address"]
        self.port = int(self.address.rpartition(":")[2])

    def worker(self, folder: Path = PROJECT) -> subprocess.Popen[bytes]:
        """Start a worker with one thread, in a folder where it may find the project."""
        options = ["--no-nanny", "--nthreads", "1", "--local-directory", str(self._folder)]
        self.workers.append(self._start(["worker", self.address, *options], folder))
        return self.workers[-1]

    def close(self) -> None:
        for process in reversed(self._processes):
            process.kill()
            process.wait()

    def _start(self, arguments: list[str], folder: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments]
        environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
        with (self._folder / "log.txt").open("ab") as log:
            process = subprocess.Popen(
                [*command, "--host", "127.0.0.1", "--no-dashboard"],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._processes.append(process)
        return process
