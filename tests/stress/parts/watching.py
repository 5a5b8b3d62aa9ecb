"""Twenty visitors who watch trainings, while twenty draw and ten change pages."""

import asyncio
import statistics
import tempfile
from math import inf
from pathlib import Path

from benchmarks.app_server import server
from tests.stress.crowd import Crowd, Seen
from tests.stress.part import Part, Row, at_most, none_of

SECONDS = 45.0


def measure(quick: bool) -> list[Row]:
    """The same crowd twice, so that the second one comes to a used server."""
    rows = []
    counts = (2, 2, 1) if quick else (20, 20, 10)
    seconds = 15.0 if quick else SECONDS
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as app:
        runs: list[str] = []
        used = f"a server that had {sum(counts)} visitors a moment before"
        for name in ("a new server", used):
            seen = asyncio.run(Crowd(app.url, *counts, seconds, runs).act())
            runs = seen.runs
            seen.faults += app.tracebacks()
            rows += _rows(name, counts, seen)
    return rows


def _rows(name: str, counts: tuple[int, int, int], seen: Seen) -> list[Row]:
    crowd = "{} watch, {} draw, {} change pages".format(*counts) + f", {name}"
    return [
        at_most(f"{crowd}: drawing to answer, median", seen.percentile(50), 0.3, "s"),
        at_most(f"{crowd}: drawing to answer, 95 %", seen.percentile(95), 1.0, "s"),
        at_most(f"{crowd}: another page, median", statistics.median(seen.pages or [inf]), 1.0, "s"),
        none_of(f"{crowd}: errors, and what belongs to others", seen.faults),
    ]


PART = Part(measure, seconds=300)
