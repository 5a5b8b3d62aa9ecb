"""Files of many visitors at once: those that nobody reads, and photos on the page Draw."""

import asyncio
import io
import tempfile
import time
from contextlib import AsyncExitStack, ExitStack, suppress
from math import inf
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from benchmarks.app_server import Server, server
from benchmarks.light_visitor import LightVisitor, NoAnswer
from tests.stress.limits import MEGABYTES, little_memory
from tests.stress.part import Part, Row, at_most, none_of

HOSTILE = ((25, 19_000_000), (28, 19_000_000), (50, 12_500_000))
"""How many visits at once each send a file that no page has asked for, and its bytes: too large a
one, and one as large as can be."""
VISITORS, PHOTO = 50, (4000, 3000)
PATIENCE = 120.0
SLOW, SLOW_BYTES, SLOW_RATE = 8, 2_400_000, 40_000.0
"""As many files as may be on their way at a time, each about as slow as it may be: a minute."""


def measure(quick: bool) -> list[Row]:
    """All on one server with little memory, the hostile files first."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        with little_memory():
            app = stack.enter_context(server(Path(name)))
        try:
            return asyncio.run(_measure(app, 10 if quick else 1))
        except NoAnswer as error:
            return [none_of(f"a server with {MEGABYTES} MB and no more: it goes on", [str(error)])]


async def _measure(app: Server, part: int) -> list[Row]:
    async with LightVisitor.visiting(app.url) as first:
        await first.open("draw")
        await asyncio.sleep(5)  # the server imports what comes next
    before, rows = app.megabytes(), []
    for count, size in HOSTILE:
        meanwhile = await _hostile(app, count // part, size)
        files = f"{count // part} files of {size / 1e6:g} MB"
        more = app.most_megabytes() - before
        rows += [
            at_most(f"{files} that nobody reads: memory more", more, 100, "MB", 0),
            at_most(f"{files}: another visitor opens a page meanwhile", meanwhile, 3, "s"),
        ]
    waited = await _slow(app)
    rows.append(at_most(f"{SLOW} slow senders: another one's photo is read", waited, 30, "s", 0))
    faults, seconds, most = await _photos(app, VISITORS // part)
    photos = f"{VISITORS // part} visitors, each with a photo of 12 megapixels at once"
    return [
        *rows,
        none_of(f"{photos}: without an answer", faults),
        at_most(f"{photos}: the last one has an answer", seconds, 90, "s", 0),
        at_most(f"{photos}: memory of the server", most, 690, "MB", 0),
        none_of(f"the same server, with {MEGABYTES} MB and no more: errors", app.tracebacks()),
    ]


async def _hostile(app: Server, count: int, size: int) -> float:
    """Send files that stay; the seconds that another visitor's page took meanwhile."""
    async with AsyncExitStack() as stack:
        visitors = [await _visitor(stack, app, patience=10.0) for _ in range(count)]
        for visitor in visitors:
            await visitor.open()
        sent = asyncio.gather(*(_send(visitor, size) for visitor in visitors))
        await asyncio.sleep(1.0)
        honest = await _visitor(stack, app)
        seconds = await honest.open("draw")
        await sent
    return seconds


async def _send(visitor: LightVisitor, size: int, rate: float | None = None) -> None:
    with suppress(NoAnswer):  # it may be refused, or wait in vain
        await visitor.send_file("large.png", b"x" * size, rate)


async def _slow(app: Server) -> float:
    """Let files come as slowly as they may; the seconds until another visitor's photo is read."""
    async with AsyncExitStack() as stack:
        visitors = [await _visitor(stack, app) for _ in range(SLOW)]
        for visitor in visitors:
            await visitor.open()
        sent = [asyncio.create_task(_send(one, SLOW_BYTES, SLOW_RATE)) for one in visitors]
        await asyncio.sleep(1.0)
        faults, seconds, _ = await _photos(app, 1)
        await asyncio.gather(*sent)
    return inf if faults else seconds


async def _photos(app: Server, count: int) -> tuple[list[str], float, float]:
    """What went wrong, the seconds until all have an answer, and the server's memory at most."""
    photo = _photo()
    async with AsyncExitStack() as stack:
        visitors = [await _visitor(stack, app) for _ in range(count)]
        for visitor in visitors:
            await visitor.open("draw")
            await visitor.give("From a file", key="image_source")
        began = time.monotonic()
        answers = await asyncio.gather(*(_answer(visitor, photo) for visitor in visitors))
        seconds = time.monotonic() - began
    return [answer for answer in answers if answer], seconds, app.most_megabytes()


async def _answer(visitor: LightVisitor, photo: bytes) -> str:
    """What went wrong; "" where the page says what it has read."""
    try:
        await visitor.upload("photo.jpg", photo)
    except NoAnswer as error:
        return str(error)
    tree = visitor.screen.tree()
    refused = [str(getattr(one, "value", "")) for one in tree.get("error")]
    nothing = [] if tree.get("header") else ["no answer on the page"]
    return "; ".join([*visitor.screen.errors, *refused, *nothing])


async def _visitor(stack: AsyncExitStack, app: Server, patience: float = PATIENCE) -> LightVisitor:
    return await stack.enter_async_context(LightVisitor.visiting(app.url, patience=patience))


def _photo() -> bytes:
    """A JPEG of a zero on grainy paper, about as large as a phone's."""
    grain = np.random.default_rng(0).integers(180, 220, (PHOTO[1], PHOTO[0], 3), np.uint8)
    picture = Image.fromarray(grain)
    ImageDraw.Draw(picture).ellipse((1500, 700, 2500, 2300), outline=(20, 20, 60), width=120)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=90)
    return content.getvalue()


PART = Part(measure, seconds=600)
