"""Fragments that run every so often: it is the browser that keeps the time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping


class Timers:
    """Asks for each fragment again and again.

    Args:
        ask: asks for the fragment with this id.
    """

    def __init__(self, ask: Callable[[str], Awaitable[None]]) -> None:
        self._ask = ask
        self._running: dict[str, tuple[float, asyncio.Task[None]]] = {}

    def follow(self, wanted: Mapping[str, float]) -> None:
        """Keep time for these alone; `wanted` has their seconds. One that goes on does not begin
        anew."""
        for fragment, (interval, task) in tuple(self._running.items()):
            if wanted.get(fragment) != interval:
                task.cancel()
                del self._running[fragment]
        for fragment, interval in wanted.items():
            if fragment not in self._running:
                task = asyncio.create_task(self._keep_asking(fragment, interval))
                self._running[fragment] = interval, task

    async def _keep_asking(self, fragment: str, interval: float) -> None:
        while True:
            await asyncio.sleep(interval)
            await self._ask(fragment)
