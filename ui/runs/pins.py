"""Pinned runs, which stay when old ones are cleared away: who may pin how many."""

from pathlib import Path

from nn import runs
from nn.runs.folder import folder_size
from nn.runs.pinned import is_pinned, set_pinned
from ui.runs import owners
from ui.shared.operator_settings import (
    KEPT_MEGABYTES,
    KEPT_RUNS,
    PINNED_EACH,
    operator_setting,
)


def pin(folder: Path, *, unlimited: bool) -> None:
    """Pin the run in `folder`.

    Args:
        folder: of the run.
        unlimited: whether it may be one more than its owner may pin, as for the operator.

    Raises ValueError, in words for the page, if no more can be pinned; OSError if it can't be
    written.
    """
    if is_pinned(folder):
        return
    pinned = [run for run in runs.list_runs(folder.parent) if is_pinned(run.folder)]
    owner, each = owners.read_owner(folder).browsers[:1], operator_setting(PINNED_EACH)
    own = sum(owners.read_owner(run.folder).browsers[:1] == owner for run in pinned)
    if own >= each and not unlimited:
        raise ValueError(
            f"At most {each} trainings of one browser can be pinned here. Unpin another one first."
            if each
            else "Nothing can be pinned here."
        )
    size = folder_size(folder) + sum(folder_size(run.folder) for run in pinned)
    if 2 * (len(pinned) + 1) > operator_setting(KEPT_RUNS) or 2 * size > 1e6 * operator_setting(
        KEPT_MEGABYTES
    ):
        raise ValueError(
            "Pinned trainings, of all visitors together, may take half of the room that this "
            "server keeps for trainings, and that is full."
        )
    set_pinned(folder, True)
