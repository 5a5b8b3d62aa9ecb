"""Ten visitors of the page Playground at once, and ten of Inside."""

import asyncio
import statistics
import tempfile
from contextlib import AsyncExitStack
from math import inf
from pathlib import Path

from benchmarks.app_server import Server, server
from benchmarks.light_visitor import LightVisitor, NoAnswer
from benchmarks.playground_players import PLAYERS, WARM_UP, play_together
from tests.stress.part import Part, Row, at_least, at_most, none_of
from ui.inside.views import VIEWS

SECONDS = 20.0
FRAMES, EPOCHS = 10.0, 20.0
"""A second, of each player."""
LOOKERS, ANSWER = 10, 0.3
PAUSE = 2.0
"""Seconds in which a visitor of Inside looks at an image before the next one."""


def measure(quick: bool) -> list[Row]:
    """First the players, then those who look, on one server."""
    seconds = SECONDS / 4 if quick else SECONDS
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as app:
        rows = _players(app, seconds)
        rows += asyncio.run(_lookers(app, seconds))
        return [*rows, none_of("the same server: errors", app.tracebacks())]


def _players(app: Server, seconds: float) -> list[Row]:
    together = asyncio.run(play_together(app.url, PLAYERS, WARM_UP, seconds, app.cpu_seconds))
    promise = f"{PLAYERS} playgrounds at once, the slowest of them"
    return [
        at_least(f"{promise}: frames a second", min(together.frames), FRAMES, "", 1),
        at_least(f"{promise}: epochs a second", min(together.epochs), EPOCHS, "", 1),
    ]


async def _lookers(app: Server, seconds: float) -> list[Row]:
    answers: list[float] = []
    faults: list[str] = []
    async with AsyncExitStack() as stack:
        visitors = []
        for number in range(LOOKERS):
            visitor = await stack.enter_async_context(LightVisitor.visiting(app.url))
            await visitor.open("inside", f"view={list(VIEWS)[number % len(VIEWS)]}")
            visitors.append(visitor)
        looking = (_look(one, n, seconds, answers) for n, one in enumerate(visitors))
        faults += [error for errors in await asyncio.gather(*looking) for error in errors]
    promise = f"{LOOKERS} visitors of Inside, each chooses an image every {PAUSE:g} s"
    return [
        at_most(f"{promise}: answer, median", statistics.median(answers or [inf]), ANSWER, "s"),
        none_of(f"{promise}: errors", faults),
    ]


async def _look(
    visitor: LightVisitor, number: int, seconds: float, answers: list[float]
) -> list[str]:
    """Choose one image after another; what went wrong."""
    await asyncio.sleep(number * PAUSE / LOOKERS)
    for turn in range(max(2, round(seconds / PAUSE))):
        image = 100 * number + turn + 1  # 0 is there from the start
        try:
            took = await visitor.give(image, key="inside_image_number")
        except (NoAnswer, LookupError) as error:
            return [f"visitor {number}: {error}"]
        answers.append(took)
        if f"image={image}" not in visitor.screen.query:
            return [f"visitor {number} chose image {image} and sees {visitor.screen.query}"]
        await asyncio.sleep(max(0.0, PAUSE - took))
    return [f"visitor {number}: {error}" for error in visitor.screen.errors]


PART = Part(measure, seconds=180)
