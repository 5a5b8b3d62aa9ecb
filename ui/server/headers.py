"""What browsers are told not to do with the app, whatever somebody manages to put on a page."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INDEX = Path(streamlit.__file__).with_name("static") / "index.html"


class SecurityHeaders:
    """Puts the headers on every answer over HTTP; ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(security_headers())
            await send(message)

        await self._app(scope, receive, send_with_headers)


@cache
def security_headers() -> dict[str, str]:
    """Their names and values."""
    return {
        "Content-Security-Policy": "; ".join(
            f"{name} {' '.join(sources)}" for name, sources in _policy().items()
        ),
        # A page that opens the app in a window gets no hold of it, and so cannot send it messages.
        "Cross-Origin-Opener-Policy": "same-origin",
        # The address may hold the token of a training.
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }


def _policy() -> dict[str, list[str]]:
    """From where a page may take what."""
    this, blob, data, inline = "'self'", "blob:", "data:", "'unsafe-inline'"
    return {
        "default-src": [this],
        # Components bring their scripts as blobs.
        "script-src": [this, blob, *_hashes_of_scripts(_INDEX.read_text(encoding="utf-8"))],
        "style-src": [this, inline],  # Streamlit writes its rules into the page
        "img-src": [this, blob, data],
        "font-src": [this, data],
        "media-src": ["'none'"],
        "object-src": ["'none'"],
        "base-uri": [this],
        "form-action": [this],
        "frame-ancestors": [this],  # Community Cloud shows an app in a frame of its own address
    }


def _hashes_of_scripts(html: str) -> list[str]:
    """The sources that allow the scripts that stand in a page, and no others."""
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
