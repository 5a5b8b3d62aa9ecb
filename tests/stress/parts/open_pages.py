"""Memory for many open pages, which docs/hosting.md tells."""

import asyncio
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.app_server import Server, server
from benchmarks.light_visitor import LightVisitor
from tests.stress.part import Part, Row, at_most

PAGES = ("train", "draw", "playground", "evaluate", "inside")
COUNTS = {1: 230.0, 10: 260.0, 50: 290.0, 100: 320.0}
"""How many, and the megabytes that the server may take then."""
SETTLED_SECONDS = 4.0


def measure(quick: bool) -> list[Row]:
    counts = [count for count in COUNTS if not quick or count <= 10]
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as app:
        return asyncio.run(_measure(app, counts))


async def _measure(app: Server, counts: list[int]) -> list[Row]:
    rows = []
    async with AsyncExitStack() as stack:
        for number in range(counts[-1]):
            coming = LightVisitor.visiting(app.url, patience=60)
            visitor = await stack.enter_async_context(coming)
            await visitor.open(PAGES[number % len(PAGES)])
            if number + 1 in counts:
                await asyncio.sleep(SETTLED_SECONDS)  # modules of the next pages are imported
                promise = f"open pages, one after another: {number + 1}; memory of the server"
                rows.append(at_most(promise, app.megabytes(), COUNTS[number + 1], "MB", 0))
    return rows


PART = Part(measure, seconds=240)
