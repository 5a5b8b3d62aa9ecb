"""What a list says of a run, from the ends of its events: they are not all read for it."""

import os
from dataclasses import dataclass

from nn.runs.event_log import NO_STAGES
from nn.runs.reader import CLOSING, Run, parse_event
from nn.runs.schema import RunEvent

_HEAD, _TAIL = 4_000, 16_000
"""Bytes: more than the first, and the last, event that tells of its run."""


@dataclass(frozen=True)
class Summary:
    """A run, told in short.

    status: as in `Run`.
    first, last: its events, None where there is none; the last without the checkpoints and changes
        of the learning rate after it.
    """

    status: str
    first: RunEvent | None
    last: RunEvent | None


def summarise(run: Run) -> Summary:
    """The newest summary of a run; it reads the same few bytes however long the run is.

    Raises OSError if its events are there and can't be read.
    """
    try:
        with open(run.events_path, "rb") as file:
            head = file.read(_HEAD).splitlines(keepends=True)
            begin = max(0, file.seek(0, os.SEEK_END) - _TAIL)
            file.seek(begin)
            tail = file.read().splitlines(keepends=True)
            if begin:
                del tail[0]  # the rest of a line
    except FileNotFoundError:
        head = tail = []
    first = next(filter(None, map(_event, head)), None)
    told = (event for event in map(_event, reversed(tail)) if event is not None)
    last = next((event for event in told if event["type"] not in NO_STAGES), None)
    if head and (first is None or last is None):  # lines of others, or very long ones
        events = run.events
        return Summary(run.status, events[0] if events else None, events[-1] if events else None)
    if last is not None and last["type"] in CLOSING:
        return Summary(last["type"], first, last)
    if run.is_active:
        is_paused = last is not None and last["type"] == "paused"
        return Summary("paused" if is_paused else "running", first, last)
    return Summary("waiting" if first is None else "interrupted", first, last)


def _event(line: bytes) -> RunEvent | None:
    return parse_event(line) if line.endswith(b"\n") else None
