"""Streamlit's scripts and styles, which make up most of what a first visit loads."""

import asyncio
import gzip
import re
from functools import cache
from pathlib import Path
from threading import Lock

import streamlit
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_FOLDER = Path(streamlit.__file__).with_name("static")
_NAME = re.compile(r"/(static/(?:js|css)/[\w.-]+\.(js|css))$")
_GZIP = re.compile(r"gzip\s*(?:;\s*q\s*=\s*([\d.]*))?\s*", re.IGNORECASE)
"""One of the codings of Accept-Encoding; a quality of 0 says that it is not wanted."""
_TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
_HEADERS = {
    "Content-Encoding": "gzip",
    # As Streamlit says of them: another version has another name.
    "Cache-Control": "public, immutable, max-age=31536000",
    "Vary": "Accept-Encoding",
}


class Compressed:
    """Sends them at a third of their size; ASGI middleware.

    Streamlit sends them as they are, since it would compress them anew for everybody. Here each is
    compressed for the first who asks, in a thread, and kept: about 1.5 MB for all of a visit, 7 MB
    for all there is.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: ASGIApp = self._app
        # Not only at the root: the app may be served below another address.
        named = _NAME.search(scope["path"]) if _takes_compressed(scope) else None
        if named and named[1] in _names():
            content = await asyncio.to_thread(_content, named[1])
            answer = Response(content, headers=_HEADERS, media_type=_TYPES[named[2]])
        await answer(scope, receive, send)


def _takes_compressed(scope: Scope) -> bool:
    """Whether somebody asks for the whole of something, and can unpack it."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    headers = Headers(scope=scope)
    codings = headers.get("accept-encoding", "").split(",")
    gzips = [found for coding in codings if (found := _GZIP.fullmatch(coding.strip()))]
    return any((found[1] or "1").strip("0.") for found in gzips) and "range" not in headers


@cache
def _names() -> frozenset[str]:
    """The files that there are; what has another name is nothing to keep."""
    return frozenset(
        f"static/{kind}/{file.name}"
        for kind in _TYPES
        for file in (_FOLDER / "static" / kind).glob(f"*.{kind}")
    )


_compressing = Lock()


def _content(name: str) -> bytes:
    """The compressed file. One at a time: of a class that opens the app at once all ask for the
    same, and would have it compressed as often as there are threads."""
    with _compressing:
        return _compressed(name)


@cache
def _compressed(name: str) -> bytes:
    return gzip.compress((_FOLDER / name).read_bytes(), 6, mtime=0)
