"""Fifty visitors of one server at once: some start trainings, some draw, some change pages."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from math import cos, inf, sin, tau
from typing import Any
from urllib.parse import parse_qs

from benchmarks.light_visitor import LightVisitor, NoAnswer

CANVAS = "streamlit-drawable-canvas.streamlit_drawable_canvas"
PAUSE = 3.0
"""Seconds between two acts of a visitor, on average."""
PATIENCE = 60.0
PAGES = ("draw", "train", "evaluate", "runs", "how_it_works", "")


@dataclass
class Seen:
    """What a crowd has met.

    answers: seconds from the end of a stroke until its answer stands on the page.
    pages: seconds from a click in the menu until the page is there.
    faults: what went wrong, in words.
    runs: the training that each of those who started one was shown.
    """

    answers: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)

    def percentile(self, share: int) -> float:
        """Of the answers; endless where there are none."""
        if len(self.answers) < 2:
            return inf
        return statistics.quantiles(self.answers, n=100)[share - 1]


class Crowd:
    """They come one after another, act for some time all at once, and leave together.

    Args:
        url: of the server.
        starting, drawing, clicking: how many do what.
        seconds: so long they act once all are there.
        runs: trainings to watch, of an earlier crowd, instead of starting more than the line holds.
    """

    def __init__(
        self,
        url: str,
        starting: int,
        drawing: int,
        clicking: int,
        seconds: float,
        runs: Sequence[str] = (),
    ) -> None:
        self.seen = Seen()
        self._runs = runs
        self._url, self._seconds = url, seconds
        self._counts = {self._start: starting, self._draw: drawing, self._click: clicking}

    async def act(self) -> Seen:
        """All of it; a visitor who meets an error leaves, and it is told."""
        async with AsyncExitStack() as stack:
            there: list[tuple[Any, LightVisitor, int]] = []
            for does, count in self._counts.items():
                for _ in range(count):
                    number = len(there)
                    visitor = await stack.enter_async_context(
                        LightVisitor.visiting(
                            self._url, address=f"192.0.2.{number}", patience=PATIENCE
                        )
                    )
                    there.append((does, visitor, number))
            await asyncio.gather(*(self._whole(*one) for one in there))
        return self.seen

    async def _whole(self, does: Any, visitor: LightVisitor, number: int) -> None:
        try:
            await asyncio.sleep(number * 0.2)
            await does(visitor, number)
        except (NoAnswer, LookupError) as error:
            self.seen.faults.append(f"visitor {number}: {error}")
        self.seen.faults += [f"visitor {number}: {error}" for error in visitor.screen.errors]

    def _ends(self, number: int) -> float:
        """When a visitor has done; those who come later have as much less as they came later."""
        return time.monotonic() + self._seconds - number * 0.2

    async def _start(self, visitor: LightVisitor, number: int) -> None:
        if self._runs:
            await visitor.open("train", f"run={self._runs[number % len(self._runs)]}")
        else:
            await visitor.open("train")
            await visitor.press(label="Start training")
        await visitor.until(lambda: "run=" in visitor.screen.query, "the run in the address")
        run = parse_qs(visitor.screen.query)["run"][0]
        self.seen.runs.append(run)
        await asyncio.sleep(max(0, self._ends(number) - time.monotonic()))
        shown = parse_qs(visitor.screen.query)["run"][0]
        if shown != run:
            self.seen.faults.append(f"visitor {number} is shown another run")

    async def _draw(self, visitor: LightVisitor, number: int) -> None:
        """Each draws again and again what stands for a one or for a zero."""
        await visitor.open("draw")
        digit, ends = number % 2, self._ends(number)
        while time.monotonic() < ends:
            await asyncio.sleep(PAUSE * (0.5 + (number * 0.37) % 1))
            strokes = [one() if digit else zero()]
            self.seen.answers.append(await visitor.tell(CANVAS, _drawing(strokes)))
            headings = [
                str(getattr(one, "value", "")) for one in visitor.screen.tree().get("header")
            ]
            if headings != [str(digit)]:
                self.seen.faults.append(f"visitor {number} drew {digit} and is told {headings}")
            await visitor.tell(CANVAS, _drawing([]))

    async def _click(self, visitor: LightVisitor, number: int) -> None:
        await visitor.open("draw")
        ends, turn = self._ends(number), number
        while time.monotonic() < ends:
            await asyncio.sleep(PAUSE)
            turn += 1
            page = PAGES[turn % len(PAGES)]
            self.seen.pages.append(await visitor.go(page))
            if page == "runs":
                self.seen.pages.append(await visitor.give("Searches", key="runs_view"))


def one() -> dict[str, Any]:
    """A stroke that reads as a one."""
    return _stroke([(280.0, 60.0 + 3 * step) for step in range(60)])


def zero() -> dict[str, Any]:
    """A stroke that reads as a zero."""
    turns = [tau * step / 60 for step in range(61)]
    return _stroke([(280 + 60 * cos(turn), 150 + 90 * sin(turn)) for turn in turns])


def _stroke(points: list[tuple[float, float]]) -> dict[str, Any]:
    path = [["M" if not index else "L", x, y] for index, (x, y) in enumerate(points)]
    return {"type": "Path", "strokeWidth": 20, "path": path}


def _drawing(strokes: list[dict[str, Any]]) -> dict[str, Any]:
    """What the board tells the server."""
    return {"drawing": {"raw": {"objects": strokes}}}
