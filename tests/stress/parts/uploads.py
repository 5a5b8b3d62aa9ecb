"""Files of many visitors at once: those that nobody reads, and photos on the page Draw."""

import asyncio
import io
import tempfile
import time
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from benchmarks.app_server import Server, server
from benchmarks.light_visitor import LightVisitor, NoAnswer
from tests.stress.part import Part, Row, at_most, none_of

HOSTILE, FILE_BYTES = 50, 12_500_000
"""So many visits each send a file as large as can be, which no page has asked for."""
VISITORS, PHOTO = 50, (4000, 3000)
PATIENCE = 120.0


def measure(quick: bool) -> list[Row]:
    """Both on one server, the hostile files first."""
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as app:
        return asyncio.run(_measure(app, 10 if quick else 1))


async def _measure(app: Server, part: int) -> list[Row]:
    async with LightVisitor.visiting(app.url) as first:
        await first.open("draw")
        await asyncio.sleep(5)  # the server imports what comes next
    before = app.megabytes()
    meanwhile = await _hostile(app, HOSTILE // part)
    hostile_most = app.most_megabytes()
    faults, seconds, most = await _photos(app, VISITORS // part)
    files = f"{HOSTILE // part} files of 12.5 MB"
    photos = f"{VISITORS // part} visitors, each with a photo of 12 megapixels at once"
    return [
        at_most(f"{files} that nobody reads: memory more", hostile_most - before, 100, "MB", 0),
        at_most(f"{files}: another visitor opens a page meanwhile", meanwhile, 3, "s"),
        none_of(f"{photos}: without an answer", faults),
        at_most(f"{photos}: the last one has an answer", seconds, 90, "s", 0),
        at_most(f"{photos}: memory of the server", most, 690, "MB", 0),
    ]


async def _hostile(app: Server, count: int) -> float:
    """Send files that stay; the seconds that another visitor's page took meanwhile."""
    async with AsyncExitStack() as stack:
        visitors = [await _visitor(stack, app, patience=10.0) for _ in range(count)]
        for visitor in visitors:
            await visitor.open()
        sent = asyncio.gather(*(_send(visitor) for visitor in visitors))
        await asyncio.sleep(1.0)
        honest = await _visitor(stack, app)
        seconds = await honest.open("draw")
        await sent
    return seconds


async def _send(visitor: LightVisitor) -> None:
    with suppress(NoAnswer):  # it may wait in vain
        await visitor.send_file("large.png", b"x" * FILE_BYTES)


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


PART = Part(measure, seconds=300)
