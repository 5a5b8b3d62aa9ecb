"""Fifty visitors at once and again: memory, handles, errors, and what they leave behind."""

import asyncio
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.app_server import Server, server
from benchmarks.light_visitor import LightVisitor
from benchmarks.memory import PeakMemory
from tests.stress.crowd import Crowd
from tests.stress.part import Part, Row, at_most, none_of

COUNTS, SECONDS = (20, 20, 10), 20.0
HANDLES = 150
"""Files that a process may have open here; 50 visitors need 200 and more."""
GONE_SECONDS = 100.0
"""After which memory is as it was; less than two minutes, so that two rounds fit in here."""


def measure(quick: bool) -> list[Row]:
    """Two crowds, and what stays of each."""
    counts, seconds = ((2, 2, 1), 10.0) if quick else (COUNTS, SECONDS)
    with tempfile.TemporaryDirectory() as folder, _few_handles(), server(Path(folder)) as app:
        asyncio.run(_warm_up(app))
        left, handles = [app.megabytes()], [_handles(app)]
        faults: list[str] = []
        runs: list[str] = []
        with PeakMemory(app.pid) as peak:
            for _ in range(2):
                seen = asyncio.run(Crowd(app.url, *counts, seconds, runs).act())
                faults += seen.faults
                runs = seen.runs or runs
                time.sleep(GONE_SECONDS)
                left.append(app.megabytes())
                handles.append(_handles(app))
        faults += app.tracebacks()
        most = peak.peak.private if peak.peak else 0.0
    crowd, most_left = f"{sum(counts)} visitors", 1.1 * left[0]
    return [
        none_of(f"{crowd}, twice: errors, and what belongs to others", faults),
        at_most(f"{crowd}, twice: memory of server and trainings at most", most, 690, "MB", 0),
        at_most(
            f"{crowd}: memory two minutes after the first ones left", left[1], most_left, "MB", 0
        ),
        at_most(f"{crowd}: the same after the second ones", left[2], most_left, "MB", 0),
        at_most(f"{crowd}: handles after both that stay", handles[2] - handles[0], 20, "", 0),
    ]


@contextmanager
def _few_handles() -> Iterator[None]:
    """What is started within may have no more than a few files open, unless it asks for more: with
    the usual 1,024 the 253rd visitor met an error."""
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (HANDLES, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (usual, most))


async def _warm_up(app: Server) -> None:
    """One visitor sees all pages, and a few do what the crowd will do, so that all that is loaded
    for good is loaded."""
    async with LightVisitor.visiting(app.url) as visitor:
        await visitor.open()
        for page in ("train", "draw", "evaluate", "inside", "playground"):
            await visitor.go(page)
    await Crowd(app.url, 1, 1, 1, 10.0).act()
    await asyncio.sleep(20)


def _handles(app: Server) -> int:
    return len(list(Path(f"/proc/{app.pid}/fd").iterdir()))


PART = Part(measure, seconds=360)
