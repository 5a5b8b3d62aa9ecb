"""How many visits there are, and what the server refused to answer."""

import time
from dataclasses import dataclass, field
from functools import cache

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.shared.tally import Trouble, note

TRY_AGAIN_LATER = 1013
"""The code with which a full server closes a websocket."""


@dataclass
class Visits:
    """Pages that are open in browsers, now and at most since the start. Each holds a connection."""

    now: int = 0
    most: int = 0
    since: float = field(default_factory=time.monotonic, compare=False)

    def come(self) -> None:
        self.now += 1
        self.most = max(self.most, self.now)

    def leave(self) -> None:
        self.now -= 1


@cache
def visits() -> Visits:
    """Those of this server; only its event loop changes them."""
    return Visits()


class Counting:
    """Counts visits and notes refusals; ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._visit(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _visit(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_open = False

        async def counted(message: Message) -> None:
            nonlocal is_open
            if message["type"] == "websocket.accept":
                is_open = True
                visits().come()
            elif not is_open and message["type"] == "websocket.close":
                is_full = message.get("code") == TRY_AGAIN_LATER
                reason = "the server is full" if is_full else "it is of another site or host"
                note(Trouble.REQUEST, f"a visit: {reason}")
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            if is_open:
                visits().leave()

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def noted(message: Message) -> None:
            status = message["status"] if message["type"] == "http.response.start" else 200
            # 404: browsers look for the server below the address of each page first.
            if status >= 400 and status != 404:
                what = "an upload" if "/upload_file/" in scope["path"] else "an address"
                note(Trouble.REQUEST, f"{what}, with status {status}")
            await send(message)

        await self._app(scope, receive, noted)


def note_page_error(error: Exception) -> None:
    """A page raised what nothing caught; Streamlit logs it whole, the visitor sees a sentence."""
    note(Trouble.PAGE, type(error).__name__)
