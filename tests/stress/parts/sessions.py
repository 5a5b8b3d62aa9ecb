"""Fifty visitors at once and again: memory, handles, errors, and what they leave behind."""

import asyncio
import resource
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks.app_server import Server, server
from benchmarks.light_visitor import LightVisitor
from benchmarks.memory import PeakMemory
from tests.stress.browsers import browse
from tests.stress.crowd import Crowd, Seen
from tests.stress.limits import soft_limit
from tests.stress.part import Part, Row, at_most, none_of

COUNTS, SECONDS = (19, 19, 9), 20.0
BROWSERS = 3
HANDLES = 150
"""Files that a process may have open here; 50 visitors need 200 and more."""
GONE_SECONDS = 115.0
"""After which memory is as it was."""


def measure(quick: bool) -> list[Row]:
    """Two crowds, and what stays of each. With the usual 1,024 handles the 253rd visitor met an
    error: here there are fewer from the start."""
    counts, seconds = ((2, 2, 1), 10.0) if quick else (COUNTS, SECONDS)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        with soft_limit(resource.RLIMIT_NOFILE, HANDLES):
            app = stack.enter_context(server(Path(folder)))
        asyncio.run(_warm_up(app))
        left, handles = [app.megabytes()], [_handles(app)]
        faults: list[str] = []
        runs: list[str] = []
        with PeakMemory(app.pid) as peak:
            for _ in range(2):
                crowd = Crowd(app.url, *counts, seconds, runs)
                seen, met = asyncio.run(_act(app, crowd, seconds))
                faults += [*seen.faults, *met]
                runs = seen.runs or runs
                time.sleep(GONE_SECONDS)
                left.append(app.megabytes())
                handles.append(_handles(app))
        faults += app.tracebacks()
        most = peak.peak.private if peak.peak else 0.0
    who, most_left = f"{sum(counts) + BROWSERS} visitors", 1.1 * left[0]
    return [
        none_of(f"{who}, twice: errors, and what belongs to others", faults),
        at_most(f"{who}, twice: memory of server and trainings at most", most, 690, "MB", 0),
        at_most(f"{who}: memory two minutes after the first left", left[1], most_left, "MB", 0),
        at_most(f"{who}: the same after the second ones", left[2], most_left, "MB", 0),
        at_most(f"{who}: handles after both that stay", handles[2] - handles[0], 20, "", 0),
    ]


async def _act(app: Server, crowd: Crowd, seconds: float) -> tuple[Seen, list[str]]:
    """What a crowd has met, and what the browsers among it."""
    browsing = asyncio.to_thread(browse, app.url, seconds, crowd.seen.runs)
    return await asyncio.gather(crowd.act(), browsing)


async def _warm_up(app: Server) -> None:
    """One visitor sees all pages, and a few do what the crowd will do, so that all that is loaded
    for good is loaded."""
    async with LightVisitor.visiting(app.url) as visitor:
        await visitor.open()
        for page in ("train", "draw", "evaluate", "inside", "playground", "how_it_works", "runs"):
            await visitor.go(page)
        await visitor.give("Searches", key="runs_view")
    await _act(app, Crowd(app.url, 1, 1, 1, 10.0), 5.0)
    await asyncio.sleep(20)


def _handles(app: Server) -> int:
    return len(list(Path(f"/proc/{app.pid}/fd").iterdir()))


PART = Part(measure, seconds=540)
