"""The process that trains in a run's folder, or searches in that of a search."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import joblib

from nn.search.folder import SEARCHES
from ui.runs import files as run_files
from ui.runs.budget import PATIENCE, max_seconds
from ui.shared.child_environment import child_environment
from ui.shared.operator_settings import dask_address


def training_threads() -> int:
    """How many threads a training of the app may use, which leaves one core to the pages."""
    return max(1, joblib.cpu_count() - 1)


def train_command_line(folder: Path, resume: bool) -> list[str]:
    """The command line that trains in `folder`."""
    command = [sys.executable, "-P", "-m", "nn", "train", "--run", str(folder)]
    command += ["--control", "stdin", "--threads", str(training_threads())]
    limit = max_seconds()
    if limit is not None:
        command += ["--max-seconds", str(PATIENCE * limit)]
    return [*command, "--resume"] if resume else command


def search_command_line(folder: Path) -> list[str]:
    """The command line that searches in `folder`, or goes on with that; on the operator's cluster
    if that was wanted and is still there."""
    command = [sys.executable, "-P", "-m", "nn", "search", "--search", str(folder)]
    command += ["--control", "stdin", "--threads", str(training_threads())]
    address = dask_address() if run_files.is_for_cluster(folder) else None
    return command if address is None else [*command, "--dask", address]


def command_line(folder: Path, resume: bool) -> list[str]:
    """The command line of the process of a run or a search."""
    if folder.parent.name == SEARCHES:
        return search_command_line(folder)
    return train_command_line(folder, resume)


def with_rate(command_line: Sequence[str], learning_rate: float) -> list[str]:
    """The command line that goes on with a run, with another learning rate."""
    return [*command_line, "--lr", repr(learning_rate)]


def start_process(command_line: Sequence[str], folder: Path) -> subprocess.Popen[str]:
    """Start the process of the run in `folder`, which obeys what is written to its input.

    Raises OSError if there is no such command, or no room.
    """
    with open(run_files.errors_file(folder), "wb") as errors:
        return subprocess.Popen(
            command_line,
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


def memory(process_id: int) -> int | None:
    """The bytes of memory that a run's process and its workers use; None where the system doesn't
    tell (only Linux does). What they share is counted once."""
    used = None
    for process in Path("/proc").glob("[0-9]*"):
        try:
            # After the name, which may hold anything: state, parent, group, session.
            session = process.joinpath("stat").read_text("ascii", "replace").rpartition(")")[2]
            if int(session.split()[3]) != process_id:
                continue
            for line in process.joinpath("smaps_rollup").read_text("ascii").splitlines():
                if line.startswith("Pss:"):
                    used = (used or 0) + 1024 * int(line.split()[1])
        except (OSError, ValueError, IndexError):  # it has just ended
            continue
    return used
