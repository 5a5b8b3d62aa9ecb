"""The folders of the searches: where they are, new ones, all of them, and removing one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from nn.runs import is_locked, runs_folder
from nn.runs.json_text import read_json_file, write_json_file
from nn.runs.lock import LOCK, Lock, RunLocked, take_lock
from nn.search.settings import SearchSettings

SEARCHES = "searches"
SETTINGS = "search.json"
EVENTS = "events.jsonl"
JOURNAL = "journal.log"
MUTEX = "mutex"
_JOINED = "joined"
_MOST_JOINED = 1000
_LARGEST = 1_000_000


def searches_folder() -> Path:
    """Where searches live: `searches` in the folder of the runs."""
    return runs_folder() / SEARCHES


def runs_of(folder: Path) -> Path:
    """Where the trials of the search in `folder` are, each a run."""
    parent = folder.absolute().parent
    return parent.parent if parent.name == SEARCHES else runs_folder()


def write_search(folder: str | os.PathLike, settings: SearchSettings) -> None:
    """Make `folder` a search that waits to be begun; ValueError if there is anything in it."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    others = sorted(entry.name for entry in folder.iterdir())
    if others:
        raise ValueError(f"folder must be new or empty, but {folder} holds {others[0]!r}")
    write_json_file(folder / SETTINGS, settings.to_dict())


def read_settings(folder: Path) -> SearchSettings:
    """What the search in `folder` does; ValueError if it is none."""
    try:
        value = read_json_file(folder / SETTINGS, _LARGEST)
        if not isinstance(value, dict):
            raise ValueError(f"it must hold a JSON object, got {value!r:.80}")
        return SearchSettings.from_dict(value)
    except FileNotFoundError:
        raise ValueError(f"{folder} is no search: there is no {SETTINGS} in it") from None
    except (ValueError, TypeError) as error:
        raise ValueError(f"{folder / SETTINGS} can't be read: {error}") from None


def take_place(folder: Path, *, join: bool) -> tuple[Lock, Path]:
    """Lock the search for this process, with `join` beside others that work on it; returns the lock
    and the folder that it is of.

    Raises RunLocked if another works on it, and this is not to join.
    """
    try:
        return take_lock(folder), folder
    except RunLocked:
        if not join:
            raise
    for number in range(1, _MOST_JOINED + 1):
        own = folder / _JOINED / str(number)
        own.mkdir(parents=True, exist_ok=True)
        if not is_locked(own):
            with suppress(RunLocked):  # another was faster
                return take_lock(own), own
    raise RunLocked(f"{_MOST_JOINED} processes work on {folder} already")


def is_worked_on(folder: Path, *, but: Path | None = None) -> bool:
    """Whether any process works on the search, or any but that with the lock of this folder."""
    return any(is_locked(place) for place in [folder, *_joined(folder)] if place != but)


def _joined(folder: Path) -> Iterator[Path]:
    with suppress(FileNotFoundError, NotADirectoryError):
        yield from (folder / _JOINED).iterdir()


def remove_search(folder: Path) -> None:
    """Delete a search; its trials stay, as runs of their own. RunLocked if a process works on it,
    OSError if something can't be deleted."""
    if any(map(is_locked, _joined(folder))):
        raise RunLocked(f"another process works on {folder}")
    with take_lock(folder):
        kept = (SETTINGS, LOCK)
        for path in [path for path in folder.iterdir() if path.name not in kept]:
            is_folder = path.is_dir() and not path.is_symlink()
            shutil.rmtree(path) if is_folder else path.unlink()
        (folder / SETTINGS).unlink()
    with suppress(OSError):  # as in `remove_run`
        (folder / LOCK).unlink()
        folder.rmdir()
