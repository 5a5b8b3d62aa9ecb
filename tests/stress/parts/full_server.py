"""More visitors than the usual limit of open files has room for, and than may be there at once."""

import asyncio
import os
import resource
import tempfile
import urllib.error
import urllib.request
from contextlib import AsyncExitStack
from pathlib import Path
from unittest.mock import patch

from benchmarks.app_server import Server, server
from benchmarks.light_visitor import LightVisitor, NoAnswer
from tests.stress.limits import soft_limit
from tests.stress.part import Part, Row, none_of

VISITORS = 300
HANDLES = 1_024
"""The usual limit; each visit takes four."""
PLACES = {"room for all": 400, "the usual places": 200}


def measure(quick: bool) -> list[Row]:
    """They come one after another and stay, first where there are places for all."""
    count = VISITORS // 10 if quick else VISITORS
    rows = []
    for name, places in PLACES.items():
        places = places // 10 if quick else places
        environment = {"SCRATCH_NN_MAX_VISITS": str(places)}
        with (
            tempfile.TemporaryDirectory() as folder,
            patch.dict(os.environ, environment),
            soft_limit(resource.RLIMIT_NOFILE, HANDLES // 10 if quick else HANDLES),
            server(Path(folder)) as app,
        ):
            served, told, faults = asyncio.run(_come(app, count))
            faults += app.tracebacks()
        if served != min(count, places):
            faults.append(f"{served} of {count} were served, {places} might be")
        if served + told != count:
            faults.append(f"{told} were told that it is full")
        promise = f"{count} visitors, {name}: neither served nor told that it is full, and errors"
        rows.append(none_of(promise, faults))
    return rows


async def _come(app: Server, count: int) -> tuple[int, int, list[str]]:
    """How many are served, how many are told in words that they are not, and what went wrong."""
    served = told = 0
    faults: list[str] = []
    async with AsyncExitStack() as stack:
        for number in range(count):
            try:
                coming = LightVisitor.visiting(app.url, patience=60)
                visitor = await stack.enter_async_context(coming)
                await visitor.open()
            except NoAnswer as error:
                if await asyncio.to_thread(_says_full, app.url):
                    told += 1
                else:
                    faults.append(f"visitor {number}: {error}")
            else:
                served += 1
                faults += visitor.screen.errors
    return served, told, faults


def _says_full(url: str) -> bool:
    """Whether a browser that asks for a page is told to wait, and tries again by itself."""
    request = urllib.request.Request(url, headers={"Accept": "text/html"})
    try:
        urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as answer:
        text = answer.read().decode()
        return answer.code == 503 and "All places are taken" in text and "refresh" in text
    return False


PART = Part(measure, seconds=400)
