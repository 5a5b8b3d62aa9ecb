"""The folders of the runs: where they are, new ones, all of them, and removing one."""

import os
import secrets
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nn.runs.config_file import CONFIG, create_run
from nn.runs.lock import LOCK, take_lock
from nn.runs.reader import Run

_LONGEST_NAME = 255
"""Bytes that the usual systems of files allow."""


def runs_folder() -> Path:
    """Where runs live: SCRATCH_NN_RUNS, or `runs` in the project's folder."""
    named = os.environ.get("SCRATCH_NN_RUNS")
    return Path(named) if named else Path(__file__).resolve().parents[2] / "runs"


def new_run_id() -> str:
    """A name for a run's folder that sorts by time (UTC) and can stand in a URL."""
    milliseconds = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"[:-3]
    return f"{milliseconds}-{secrets.token_hex(3)}"


def is_folder_name(name: object) -> bool:
    """Whether this is the name of a folder beside others, and no path to elsewhere."""
    return (
        isinstance(name, str)
        and name not in ("", "..")
        and "\0" not in name
        and Path(name).name == name
        and len(name.encode("utf-8", "surrogatepass")) <= _LONGEST_NAME
    )


def write_config(folder: str | os.PathLike, config: dict[str, Any]) -> None:
    """Make `folder` a run that waits to be started, with these settings.

    Raises ValueError if there is anything in the folder already.
    """
    create_run(Path(folder), config).close()


def list_runs(folder: str | os.PathLike | None = None) -> list[Run]:
    """The runs in a folder (default `runs_folder()`), newest first; what is no run is left out."""
    folder = runs_folder() if folder is None else Path(folder)
    found = []
    for entry in folder.iterdir() if folder.is_dir() else ():
        try:
            found.append(((entry / CONFIG).stat().st_mtime_ns, entry.name, Run(entry)))
        except (OSError, ValueError):
            continue
    return [run for _, _, run in sorted(found, key=lambda item: item[:2], reverse=True)]


def remove_run(run: Run) -> None:
    """Delete a run's folder; RunLocked if a process trains there, OSError if something can't be
    deleted (on Windows what somebody reads): then it is still a run."""
    with take_lock(run.folder):
        kept = (CONFIG, LOCK)
        for path in [path for path in run.folder.iterdir() if path.name not in kept]:
            is_folder = path.is_dir() and not path.is_symlink()
            shutil.rmtree(path) if is_folder else path.unlink()
        (run.folder / CONFIG).unlink()
    # Windows deletes no open file, as the lock is up to here, or as somebody may have it open who
    # asks for it. Without settings the folder is no run any more; what is left of it does no harm.
    with suppress(OSError):
        (run.folder / LOCK).unlink()
        run.folder.rmdir()


def folder_size(folder: Path) -> int:
    """The bytes of all files in a folder, at this moment."""
    size = 0
    with suppress(OSError):
        for file in folder.rglob("*"):
            with suppress(OSError):  # a temporary file that has just got its name
                size += file.stat().st_size
    return size
