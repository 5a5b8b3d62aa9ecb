"""Runs that were deleted a moment ago: out of sight, and for a while there to be brought back.

They lie in `.deleted`, in the folder of the runs, each as `<Unix seconds>-<id>`: no list reads it.
"""

import re
import time
from contextlib import suppress
from pathlib import Path

from nn.runs.folder import folder_size, remove_run
from nn.runs.lock import take_lock
from nn.runs.reader import Run

DELETED = ".deleted"
UNDO_SECONDS = 600.0
"""So long after it was deleted a run can be brought back."""

_NAME = re.compile(r"(\d{1,12})-(.+)", re.DOTALL)


def set_aside(run: Run) -> Path:
    """Delete a run, but so that it can be brought back; returns where it lies until then.

    Raises RunLocked if a process trains in it, OSError if it can't be moved.
    """
    return set_aside_folder(run.folder)


def set_aside_folder(folder: Path) -> Path:
    """The same for a folder with a lock, whatever it is of."""
    take_lock(folder).close()  # Windows moves no folder in which a file is open
    place = folder.parent / DELETED / f"{int(time.time())}-{folder.name}"
    place.parent.mkdir(exist_ok=True)
    return folder.rename(place)


def bring_back(place: Path) -> Path:
    """Put a run that was set aside where it was, exactly as it was; returns its folder.

    Raises FileNotFoundError if it is gone for good, FileExistsError if another run has its id.
    """
    found = _NAME.fullmatch(place.name)
    if found is None:
        raise ValueError(f"{place} is no run that was set aside")
    folder = place.parent.parent / found[2]
    if folder.exists():
        raise FileExistsError(f"there is another run called {found[2]}")
    return place.rename(folder)


def remove_deleted(runs_folder: Path, most_bytes: float) -> None:
    """Remove for good the runs that can't be brought back any more, and of the others the oldest
    until they take at most so many bytes."""
    left = 0
    for seconds, place in sorted(deleted_runs(runs_folder), reverse=True):
        left += folder_size(place)
        if time.time() - seconds > UNDO_SECONDS or left > most_bytes:
            with suppress(OSError, ValueError):  # it is looked at again the next time
                remove_run(Run(place))


def deleted_runs(runs_folder: Path) -> list[tuple[int, Path]]:
    """When each run was deleted, and where it lies."""
    try:
        places = list((runs_folder / DELETED).iterdir())
    except OSError:  # nothing was ever deleted here
        return []
    found = [(_NAME.fullmatch(place.name), place) for place in places]
    return [(int(name[1]), place) for name, place in found if name is not None]
