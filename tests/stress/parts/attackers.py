"""Clients that keep to no rules, and strangers at the doors, while an honest visitor comes."""

import asyncio
import base64
import os
import random
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from benchmarks.app_server import Server, server
from benchmarks.light_visitor import LightVisitor
from tests.stress.part import Part, Row, at_most, none_of

SILENT, STALLED, NOISY = 300, 50, 300
"""Sockets that never say anything whole; visits that never read; and requests of random bytes."""
ORIGINS = ("http://evil.example", "null", "https://127.0.0.1.evil.example", "file://", "")
"""Of other sites. Without any origin come programs, which may: they have nobody's cookies."""
TALKERS, SAID_BYTES = 4, 150_000_000
"""Visits that say so much at once."""
NAMES = (
    *("", ".", "..", "../..", "../../etc/passwd", "..\\..", "/", "/etc/passwd", "C:\\", "~", "\0"),
    *("a\nb", "%2e%2e%2f", "nul", "con", "\u202eabc", "a" * 5000, "<script>1</script>"),
    *("{{7*7}}", "$(id)", "'; drop table runs; --", "$\\frac{1}{0}$", ",".join("ab" * 10_000)),
)
LINKS = (
    ("train", "run={}&token=x"),
    ("runs", "view=searches&search={}&form={}"),
    ("runs", "view=compare&compare={},default,small&first={}"),
    ("runs", "search_of={}&runs_find={}"),
    ("how_it_works", "step={}&image={}"),
)


def measure(quick: bool) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as app:
        return asyncio.run(_measure(app, 10 if quick else 1))


async def _measure(app: Server, part: int) -> list[Row]:
    await _page_seconds(app)  # the server imports what it needs
    alone = await _page_seconds(app)
    most = app.most_megabytes()
    await _large_messages(app)
    said = app.most_megabytes() - most
    before = app.megabytes()
    silent, stalled, noisy = SILENT // part, STALLED // part, NOISY // part
    async with _half_open(app, silent), _stalled(app, stalled):
        beside = await _page_seconds(app)
        memory = app.megabytes() - before
    await _noise(app, noisy)
    after = await _page_seconds(app)
    crowd = f"{silent} half-open and {stalled} stalled connections"
    names = NAMES[::part]
    talkers = f"{TALKERS} visits that say {SAID_BYTES / 1e6:.0f} MB at once"
    return [
        at_most(f"{crowd}: a page opens", beside, 2 * alone + 1, "s"),
        at_most(f"{crowd}: memory more", memory, 60, "MB", 0),
        at_most(f"{talkers}: memory more", said, 100, "MB", 0),
        at_most(f"after {noisy} requests and messages of random bytes a page opens", after, 5, "s"),
        none_of("visits from other sites that are let in", await _foreign_visits(app)),
        none_of("uploads and secrets that a stranger gets through", await _doors(app)),
        none_of(
            f"{len(names)} names of no run, search or step in links: errors",
            await _bad_links(app, names),
        ),
        none_of("errors that the server has logged meanwhile", _errors(app)),
    ]


def _errors(app: Server) -> list[str]:
    """But for those with which Streamlit says that a message was none."""
    return [line for line in app.tracebacks() if "DecodeError" not in line]


async def _page_seconds(app: Server) -> float:
    async with LightVisitor.visiting(app.url, patience=60) as visitor:
        return await visitor.open("train")


@asynccontextmanager
async def _half_open(app: Server, count: int) -> AsyncIterator[None]:
    """Connections that say nothing, half a line, or half of what they announced."""
    beginnings = (
        b"",
        b"GET / HT",
        b"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\nab",
    )
    address = urlsplit(app.url)
    writers = []
    for number in range(count):
        _, writer = await asyncio.open_connection(address.hostname, address.port)
        writer.write(beginnings[number % len(beginnings)])
        writers.append(writer)
    yield
    for writer in writers:
        writer.transport.abort()


@asynccontextmanager
async def _stalled(app: Server, count: int) -> AsyncIterator[None]:
    """Visits that ask for pages and take none of them."""
    address, writers = urlsplit(app.url), []
    asked = BackMsg()
    asked.rerun_script.page_name = "playground"
    for _ in range(count):
        # Of what comes it takes no more than this buffer holds.
        _, writer = await asyncio.open_connection(address.hostname, address.port, limit=1)
        key = base64.b64encode(os.urandom(16)).decode()
        writer.write(
            f"GET /_stcore/stream HTTP/1.1\r\nHost: {address.netloc}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        for _ in range(20):
            writer.write(_frame(asked.SerializeToString()))
        writers.append(writer)
    yield
    for writer in writers:
        writer.transport.abort()


def _frame(content: bytes) -> bytes:
    """A short binary message of a websocket's client, masked with zeros."""
    return bytes([0x82, 0x80 | len(content)]) + bytes(4) + content


async def _noise(app: Server, count: int) -> None:
    """Random bytes where requests are expected, and where a visitor's messages are."""
    chance, address = random.Random(0), urlsplit(app.url)
    for _ in range(count):
        _, writer = await asyncio.open_connection(address.hostname, address.port)
        writer.write(chance.randbytes(200))
        writer.transport.close()
    for _ in range(count // 10):
        async with connect(app.url.replace("http", "ws") + "/_stcore/stream", proxy=None) as socket:
            with suppress(ConnectionClosed):
                await socket.send(chance.randbytes(chance.randrange(1, 200)))


async def _large_messages(app: Server) -> None:
    """Some at once, each as much as a server would take by default, and nothing that means
    anything."""

    said = bytes(SAID_BYTES)

    async def talk() -> None:
        url = app.url.replace("http", "ws") + "/_stcore/stream"
        async with connect(url, proxy=None, close_timeout=1) as socket:
            with suppress(ConnectionClosed):
                await socket.send(said)
                await socket.wait_closed()

    await asyncio.gather(*(talk() for _ in range(TALKERS)))


async def _foreign_visits(app: Server) -> list[str]:
    return [origin for origin in ORIGINS if await _is_let_in(app, origin)]


async def _is_let_in(app: Server, origin: str) -> bool:
    url = app.url.replace("http", "ws") + "/_stcore/stream"
    try:
        async with connect(url, additional_headers={"Origin": origin}, proxy=None):
            return True
    except InvalidStatus:
        return False


async def _doors(app: Server) -> list[str]:
    """What is answered with anything but a refusal."""
    asked = (
        "PUT /_stcore/upload_file/a/b",
        "DELETE /_stcore/upload_file/a/b",
        "GET /_stcore/metrics",
        "POST /_stcore/agent/interact",
        "POST /_stcore/agent/mcp",
        "GET /app/static/../streamlit_app.py",
        "GET /app/static/..%2f..%2fstreamlit_app.py",
        "GET /media/..%2f..%2fetc%2fpasswd",
        "GET /_stcore/bidi-components/..%2f..%2fetc%2fpasswd",
    )
    statuses = [(await _status(app, one), one) for one in asked]
    return [f"{one}: {status}" for status, one in statuses if not 400 <= status < 500]


async def _status(app: Server, asked: str) -> int:
    address = urlsplit(app.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(
        f"{asked} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Length: 0\r\n\r\n".encode()
    )
    line = await asyncio.wait_for(reader.readline(), 20)
    writer.transport.abort()
    return int(line.split()[1])


async def _bad_links(app: Server, names: Sequence[str]) -> list[str]:
    """What a visitor sees of errors who follows links to what is not there."""
    faults = []
    for name in names:
        async with LightVisitor.visiting(app.url, patience=60) as visitor:
            for page, query in LINKS:
                await visitor.open(page, query.replace("{}", quote(name)))
            faults += [f"{name[:20]!r}: {error}" for error in visitor.screen.errors]
    return faults


PART = Part(measure, seconds=300)
