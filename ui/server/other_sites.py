"""Pages of other sites that would open a visit in their visitors' name."""

from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

_THIS_COMPUTER = {"localhost", "127.0.0.1", "0.0.0.0"}
_POLICY_VIOLATION = 1008


class OtherSites:
    """Refuses their visits; ASGI middleware.

    Streamlit does so too. But first it asks a server on the internet for this one's own address,
    each time until it is told, and for up to two seconds nobody is answered.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and _is_foreign(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        else:
            await self._app(scope, receive, send)


def _is_foreign(headers: Headers) -> bool:
    """Whether a page of another site asks, which is none of those that the settings allow."""
    origin = headers.get("origin")
    if origin is None or not st.get_option("server.enableCORS"):
        return False
    allowed = (st.get_option("browser.serverAddress"), *st.get_option("server.corsAllowedOrigins"))
    names = _THIS_COMPUTER | {_host_name(one) for one in allowed}
    return _place(origin) != headers.get("host") and _host_name(origin) not in names


def _place(origin: str) -> str:
    """Host name and port."""
    return origin.partition("://")[2]


def _host_name(address: str) -> str | None:
    """Of an address with or without "https://"; None where it has none."""
    try:
        return urlsplit(address if "://" in address else f"//{address}").hostname
    except ValueError:  # half a bracket
        return None
