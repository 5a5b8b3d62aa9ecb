"""Addresses of Streamlit's that the app has no use for."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

CLOSED = ("/_stcore/metrics", "/_stcore/agent/")
"""How many visitors there are and how long they stay, and the programs' entrance, which is locked
anyway. The operator's page has what an operator needs."""


class Closed:
    """Answers as if they were not there; ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Not only at the root: the app may be served below another address.
        if scope["type"] == "http" and any(path in scope["path"] for path in CLOSED):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
