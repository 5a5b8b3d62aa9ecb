"""Players of the page Playground without browsers: what the server alone can give to many.

They ask as the page's own player does, see ui/components/playground/{player,playback,asking}.js,
and play back what they are answered; only the drawing is left out, which other machines would do.
"""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.app_server import server
from benchmarks.light_visitor import LightVisitor, NoAnswer

# As in the page's scripts; seconds.
FIRST, USUAL, LONGEST, MARGIN = 0.1, 0.4, 1.0, 0.06
LONGEST_FRAME = 0.25
LOST_AFTER, MOST_LOST = 2.5, 3
FRAME = 1 / 60
"""Seconds from one frame of a browser to the next."""
_STREAM = "playground_stream"
PLAYERS, WARM_UP = 10, 3.0
"""So many play together, and so many seconds before it counts."""


@dataclass(frozen=True)
class Together:
    """Of each of several players at once: frames and epochs a second; the server's share of a
    core for all; how often a question had to be asked again."""

    frames: list[float]
    epochs: list[float]
    server: float
    again: int


class LightPlayer:
    """Plays at normal speed what stands on the page of a visitor.

    frames: so many have shown something new. epoch: of what is shown. again: so many questions were
    asked again, because no answer came.
    """

    def __init__(self, visitor: LightVisitor) -> None:
        self.frames, self.epoch, self.again = 0, 0.0, 0
        self._visitor = visitor
        self._due: list[tuple[float, float]] = []  # second of play, epoch
        self._clock = self._last_due = 0.0
        self._latency = 0.1
        self._id = 0
        self._asked: dict[str, Any] | None = None
        self._asked_at = 0.0
        self._serial = ""
        self._tail: list[Any] = []
        visitor.listen(self._hear)
        stream = visitor.screen.component(_STREAM)
        self._take(_head(stream.proto.bytes))

    async def play(self, seconds: float) -> None:
        """Play for so long. NoAnswer once too many questions were lost."""
        began = now = time.monotonic()
        while now < began + seconds:
            await self._ask_for_more()
            await asyncio.sleep(FRAME)
            before, now = now, time.monotonic()
            self._advance(min(now - before, LONGEST_FRAME))

    def _advance(self, seconds: float) -> None:
        self._clock = min(self._clock + seconds, self._last_due)
        shown = [epoch for due, epoch in self._due if due <= self._clock + 1e-9]
        if shown:
            del self._due[: len(shown)]
            self.epoch = shown[-1]
            self.frames += 1

    async def _ask_for_more(self) -> None:
        if self._asked is not None:
            waited = time.monotonic() - self._asked_at
            if waited > max(LOST_AFTER, 8 * self._latency):
                self.again += 1
                if self.again > MOST_LOST:
                    raise NoAnswer(f"the player's question {self._asked} was not answered")
                await self._say()
            return
        left = self._last_due - self._clock
        if left > max(1.5 * self._latency, FIRST) + MARGIN:
            return
        usual = min(LONGEST, max(USUAL, 2 * self._latency))
        self._id += 1
        self._asked = {
            **{"id": self._id, "kind": "more", "speed": "normal", "begins": self._id == 1},
            **{"seconds": FIRST if left <= 0 else usual, "at": self._tail},
        }
        await self._say()

    async def _say(self) -> None:
        self._asked_at = time.monotonic()
        await self._visitor.trigger(_STREAM, "ask", self._asked)

    def _hear(self, message: ForwardMsg) -> None:
        part = message.delta.new_element.bidi_component
        if part.component_name == _STREAM:
            self._take(_head(part.bytes))

    def _take(self, head: dict[str, Any]) -> None:
        if head["serial"] == self._serial:
            return
        self._serial = head["serial"]
        (arm,) = head["arms"]
        moments = arm["moments"]
        self._tail = [[arm["run"], moments[-1][0]]]
        if self._asked is None or head["answer"] != self._asked["id"]:
            self.epoch = moments[-1][1]
            return
        self._asked = None
        seconds = time.monotonic() - self._asked_at
        self._latency += 0.3 * (min(seconds, 2) - self._latency)
        start, each = max(self._last_due, self._clock), head["seconds"] / len(moments)
        self._due += [(start + each * (k + 1), moment[1]) for k, moment in enumerate(moments)]
        self._last_due = self._due[-1][0]


def _head(reply: bytes) -> dict[str, Any]:
    """What an answer says of its numbers, see ui/playground/reply.py."""
    length = int.from_bytes(reply[:4], "little")
    head: dict[str, Any] = json.loads(reply[4 : 4 + length])
    return head


def ten_players(folder: Path, seconds: float) -> Together:
    """Ten players at once for so long, at an app of their own with its runs below `folder`."""
    with server(folder) as app:
        return asyncio.run(play_together(app.url, PLAYERS, WARM_UP, seconds, app.cpu_seconds))


async def play_together(
    url: str, count: int, warm_up: float, seconds: float, cpu_seconds: Callable[[], float]
) -> Together:
    """Let so many play the default set-up at once.

    Args:
        url: of the app.
        count: players.
        warm_up: seconds that they play before it counts.
        seconds: so long it counts.
        cpu_seconds: processor time that the server has used.
    """
    async with AsyncExitStack() as stack:
        players = []
        for _ in range(count):
            visitor = await stack.enter_async_context(LightVisitor.visiting(url))
            await visitor.open("playground")
            players.append(LightPlayer(visitor))
        async with asyncio.TaskGroup() as group:
            for player in players:
                group.create_task(player.play(warm_up + seconds))
            await asyncio.sleep(warm_up)
            before = [(player.frames, player.epoch) for player in players]
            cpu, began = cpu_seconds(), time.monotonic()
            await asyncio.sleep(seconds - 0.1)
            cpu, took = cpu_seconds() - cpu, time.monotonic() - began
            after = [(player.frames, player.epoch) for player in players]
    gained = [
        ((frames - frames_before) / took, (epoch - epoch_before) / took)
        for (frames, epoch), (frames_before, epoch_before) in zip(after, before, strict=True)
    ]
    return Together(
        [frames for frames, _ in gained],
        [epochs for _, epochs in gained],
        cpu / took,
        sum(player.again for player in players),
    )
