"""`config.json`: what makes a folder a run."""

from pathlib import Path
from typing import Any

from nn.runs.json_text import read_json_file, write_json_file
from nn.runs.lock import LOCK, Lock, take_lock
from nn.runs.schema import checked_config

CONFIG = "config.json"
_LARGEST = 1_000_000
"""Bytes; settings have some thousands."""


def create_run(folder: Path, config: dict[str, Any]) -> Lock:
    """Make a new run in a new or empty folder; returns its lock, taken."""
    folder.mkdir(parents=True, exist_ok=True)
    _check_unused(folder)
    lock = take_lock(folder)
    try:
        _check_unused(folder)  # again: another process may have been faster
        write_json_file(folder / CONFIG, config)
    except BaseException:
        lock.close()
        raise
    return lock


def _check_unused(folder: Path) -> None:
    if (folder / CONFIG).exists():
        raise ValueError(f"folder must be new or empty, but {folder} holds another run")
    others = sorted(entry.name for entry in folder.iterdir() if entry.name != LOCK)
    if others:
        raise ValueError(f"folder must be new or empty, but {folder} holds {others[0]!r}")


def read_config(folder: Path) -> dict[str, Any]:
    """The settings of the run in `folder`; ValueError if it is no run."""
    try:
        return checked_config(read_json_file(folder / CONFIG, _LARGEST))
    except FileNotFoundError:
        raise ValueError(f"{folder} is no run: there is no {CONFIG} in it") from None
    except ValueError as error:
        raise ValueError(f"{folder / CONFIG} can't be read: {error}") from None
