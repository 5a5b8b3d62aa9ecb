"""The app in a process of its own, as `streamlit run` starts it, and what it costs."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.child import PROJECT, child_environment
from benchmarks.memory import PROC


@dataclass(frozen=True)
class Server:
    """A running app. `started` is when its command was given (Unix time), `folder` its own."""

    url: str
    pid: int
    started: float
    folder: Path

    @property
    def runs(self) -> Path:
        return self.folder / "runs"

    def cpu_seconds(self) -> float:
        """Processor time that the server has used, without the trainings it has started."""
        return cpu_seconds(self.pid)

    def tracebacks(self) -> list[str]:
        """The last line of each traceback that the server has written."""
        log = (self.folder / "server.log").read_text(encoding="utf-8")
        _, *parts = log.split("Traceback (most recent call last):\n")
        lines = [[line for line in part.splitlines() if line.strip()] for part in parts]
        return [next((line for line in part if line[0] != " "), "") for part in lines]

    def megabytes(self) -> float:
        """Memory of the server that is resident, in 10⁶ bytes."""
        return self._status("VmRSS")

    def most_megabytes(self) -> float:
        """The most that it ever was."""
        return self._status("VmHWM")

    def _status(self, name: str) -> float:
        for line in (PROC / str(self.pid) / "status").read_text(encoding="utf-8").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024 / 1e6
        return 0.0


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """Start the app with runs of its own below `folder`, and wait until it says its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "streamlit", "run", "streamlit_app.py"),
        # With its default address a server without a screen asks the internet for its own first.
        *("--server.headless", "true", "--server.address", "127.0.0.1"),
        *("--server.port", str(port)),
    ]
    environment = child_environment() | {
        "SCRATCH_NN_RUNS": str(folder / "runs"),
        "SCRATCH_NN_DOWNLOAD": "never",  # it would take time from what is measured
    }
    with open(folder / "server.log", "a", encoding="utf-8") as log:
        started = time.time()
        process = subprocess.Popen(
            command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
        )
    try:
        assert process.stdout is not None
        if not any("URL" in line for line in process.stdout):
            raise RuntimeError(
                f"the app did not start: {(folder / 'server.log').read_text(encoding='utf-8')}"
            )
        yield Server(f"http://127.0.0.1:{port}", process.pid, started, folder)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def cpu_seconds(pid: int) -> float:
    """Processor time that a process and its threads have used."""
    fields = (PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def training_process(server_pid: int) -> int | None:
    """The process with which the server trains, None if there is none now."""
    with suppress(OSError):
        for task in (PROC / str(server_pid) / "task").iterdir():
            for child in (task / "children").read_text(encoding="utf-8").split():
                words = (PROC / child / "cmdline").read_bytes().split(b"\0")
                if b"train" in words:
                    return int(child)
    return None
