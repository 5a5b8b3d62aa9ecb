"""Clearing old trainings away, so that the disk is enough and nobody loses theirs to another."""

import time
from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from nn import runs
from nn.runs.archive import was_brought
from nn.runs.deleted import remove_deleted
from nn.runs.folder import folder_size
from nn.runs.pinned import is_pinned
from nn.search.deleted import remove_deleted_searches
from nn.search.folder import SEARCHES
from ui.runs import files as run_files
from ui.runs import owners
from ui.runs.spare_trials import SpareTrials
from ui.shared.operator_settings import KEPT_MEGABYTES, KEPT_RUNS, operator_setting

YOUNG_SECONDS = 3600.0
"""A run that something happened to since is kept."""


class _Kept(NamedTuple):
    """A run of the app that is not in line.

    owner: whose it is, "" for nobody known.
    may_go: whether it may be removed.
    is_spare: whether it is a trial of a search that can be done without.
    """

    run: runs.Run
    owner: str
    size: int
    may_go: bool
    is_spare: bool


def clear_away(folder: Path, waiting: Collection[str], in_use: Collection[str]) -> bool:
    """Remove runs of the app in `folder` until there are no more, and no larger ones, than are to
    be kept: each time the oldest of the visitor who has the most.

    Those that wait don't count. What is in use (under way, or looked at), pinned, or younger than
    an hour stays; but a visitor's own young ones only as long as they are not more than are kept of
    all, and no young one that came from a file, which somebody has.

    Of a search all trials but the best go before that visitor's others, however young.

    Those that were deleted go for good once they can't be brought back any more.

    Args:
        folder: where the runs' folders are.
        waiting: ids of the runs in line.
        in_use: of those that stay.

    Returns whether those that are left take no more of the disk than they may.
    """
    most_runs, most_bytes = operator_setting(KEPT_RUNS), 1e6 * operator_setting(KEPT_MEGABYTES)
    forget_deleted(folder)
    kept = _kept(folder, waiting, in_use, most_runs)
    while True:
        count, size = len(kept), sum(one.size for one in kept)
        if count <= most_runs and size <= most_bytes:
            return True
        has = Counter[str]()
        for one in kept:
            has[one.owner] += one.size if size > most_bytes else 1
        # The newest come first.
        going = max(
            (one for one in reversed(kept) if one.may_go),
            key=lambda one: (has[one.owner], one.is_spare),
            default=None,
        )
        if going is None:
            return size <= most_bytes
        run_files.remove(going.run)
        kept.remove(going)


def forget_deleted(folder: Path) -> None:
    """Remove for good the runs and searches of `folder` that were deleted some time ago, and others
    of the runs if they take too much of the disk."""
    remove_deleted(folder, 1e6 * operator_setting(KEPT_MEGABYTES))
    remove_deleted_searches(folder / SEARCHES)


def _kept(
    folder: Path, waiting: Collection[str], in_use: Collection[str], most_young: int
) -> list[_Kept]:
    """The runs of the app but those that wait, the newest first."""
    kept = []
    count, spare = Counter[str](), SpareTrials(folder)
    for run in runs.list_runs(folder):
        if run_files.read_token(run.folder) is None or run.id in waiting:
            continue
        owner = "".join(owners.read_owner(run.folder).browsers[:1])
        count[owner] += 1
        # One from when the clock was wrong may be of a time to come.
        is_young = abs(_age(run)) < YOUNG_SECONDS and count[owner] <= most_young
        is_spare = spare.has(run.folder)
        keeps = is_young and not is_spare and not was_brought(run.folder)
        stays = keeps or is_pinned(run.folder)
        may_go = run.id not in in_use and not stays and not run.is_active
        kept.append(_Kept(run, owner, folder_size(run.folder), may_go, is_spare))
    return kept


def _age(run: runs.Run) -> float:
    """Seconds since something happened to a run."""
    times = [0.0]
    for path in (run.folder, run.events_path):
        with suppress(OSError):
            times.append(path.stat().st_mtime)
    return time.time() - max(times)
