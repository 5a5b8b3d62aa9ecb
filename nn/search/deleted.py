"""Searches that were deleted a moment ago: as with runs, for a while there to be brought back.

They lie in `.deleted`, in the folder of the searches, as `nn.runs.deleted` has it for runs.
"""

import time
from contextlib import suppress
from pathlib import Path

from nn.runs.deleted import UNDO_SECONDS, deleted_runs, set_aside_folder
from nn.runs.lock import RunLocked
from nn.search.folder import is_worked_on, remove_search


def set_aside_search(folder: Path) -> Path:
    """Delete a search, but so that `nn.runs.deleted.bring_back` can undo it; returns where it lies
    until then. Its trials stay, as runs of their own.

    Raises RunLocked if a process works on it, OSError if it can't be moved.
    """
    if is_worked_on(folder):
        raise RunLocked(f"another process works on {folder}")
    return set_aside_folder(folder)


def remove_deleted_searches(searches_folder: Path) -> None:
    """Remove for good the searches that can't be brought back any more."""
    for seconds, place in deleted_runs(searches_folder):
        if time.time() - seconds > UNDO_SECONDS:
            with suppress(OSError, ValueError):  # it is looked at again the next time
                remove_search(place)
