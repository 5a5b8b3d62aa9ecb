"""Who gives way, so that others who wait have their turn."""

from collections.abc import Mapping

from ui.runs.line import TrainingLine
from ui.runs.training_process import TrainingProcess


def others_wait(line: TrainingLine, visitor: str, running_each: int) -> bool:
    """Whether a run of somebody else waits, and for nothing but a place."""
    return any(
        _waits_for_place(line, entry.visitor, visitor, running_each) for entry in line.waiting
    )


def who_gives_way(
    line: TrainingLine,
    processes: Mapping[str, TrainingProcess],
    limit: int,
    running_each: int,
    began_before: float,
) -> list[str]:
    """The runs that give way now, the one that has had its place longest first.

    Args:
        line: who waits.
        processes: those of the runs that train.
        limit: how many places there are.
        running_each: how many one visitor may have at a time.
        began_before: only those that had their place before give way, in `time.monotonic` seconds.
    """
    free = limit - len(line.under_way) + sum(one.gives_way for one in processes.values())
    gone: list[str] = []
    visitors = {entry.run_id: entry.visitor for entry in line.under_way}
    for run_id, process in sorted(processes.items(), key=lambda one: one[1].began):
        if process.gives_way or process.began > began_before:
            continue
        wanting = {
            entry.visitor
            for entry in line.waiting
            if _waits_for_place(line, entry.visitor, visitors[run_id], running_each)
        }
        if len(wanting) > free + len(gone):
            gone.append(run_id)
    return gone


def _waits_for_place(line: TrainingLine, waiting: str, has_place: str, running_each: int) -> bool:
    return waiting != has_place and line.holds(waiting) < running_each
