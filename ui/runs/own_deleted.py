"""What this browser has deleted, of runs or searches, and can bring back for some minutes."""

import math
import time
from pathlib import Path

from nn.runs.deleted import UNDO_SECONDS, deleted_runs
from ui.runs import owners
from ui.runs.visitor import this_browser


def own_deleted(folder: Path) -> list[tuple[int, Path]]:
    """When each was deleted, in Unix seconds, and where it lies; `folder` is that of all runs or
    all searches."""
    now, browser = time.time(), this_browser()
    return [
        (seconds, place)
        for seconds, place in deleted_runs(folder)
        if now - seconds < UNDO_SECONDS and owners.read_owner(place).has(browser)
    ]


def minutes_left(until: float) -> str:
    """How long something can still be brought back, as "5 more minutes"; `until` is in Unix
    seconds."""
    minutes = max(1, math.ceil((until - time.time()) / 60))
    return "one more minute" if minutes == 1 else f"{minutes} more minutes"
