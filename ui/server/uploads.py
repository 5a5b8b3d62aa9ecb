"""How much of the server visitors' files may take, each and all together."""

import asyncio
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

AT_ONCE = 8
"""Files on their way at a time. Of each at most a megabyte is in memory, the rest in a file."""
WAITING = 100
"""Files that may wait for that, which costs next to nothing."""
ALL_BYTES = 48_000_000
"""Of the files that have come and were not read yet; reading takes well below a second."""
SESSION_BYTES = 14_000_000
"""The same of one visit: a file as large as can be."""
SESSION_FILES = 10
LEAST_BYTES = 10_000
"""So much a file counts at least."""
UNREAD_SECONDS = 20.0
"""Later a file that was not read may be dropped, where room is needed."""
PATIENCE = 90.0
"""Seconds that a file waits for its turn, and for room."""
GRACE_SECONDS, LEAST_RATE = 10.0, 30_000.0
"""A file on its way comes with so many bytes a second on average, but for its first seconds."""
TURN_SECONDS, LOOK_SECONDS = 10.0, 1.0
"""Where others wait, the slowest of those that are longer on their way give way; how soon that is
noticed. Otherwise a few who send no faster than they must would keep all places for minutes."""

_PUT = re.compile(r"/_stcore/upload_file/([^/]+)/([^/]+)$")
Key = tuple[str, str]


@dataclass
class _Held:
    """A file that takes memory, or is about to. since: when it had come, None before."""

    bytes: int
    since: float | None = None


def _manager() -> MemoryUploadedFileManager:
    manager = Runtime.instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    return manager


class UploadLimits:
    """Lets files through one after another as there is room; ASGI middleware.

    A file that has come is kept until a page has read it, see `ui.shared.upload_content`. Whoever
    sends faster waits; a visit that sends more than it may loses its own oldest; what nobody reads
    is dropped once others need the room.
    """

    def __init__(
        self, app: ASGIApp, manager: Callable[[], MemoryUploadedFileManager] = _manager
    ) -> None:
        self._app, self._manager = app, manager
        self._places = asyncio.Semaphore(AT_ONCE)
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._owed = 0  # places that those have to give who were chosen to give way
        self._coming: list[_Coming] = []  # those that have a place, but for their ends
        self._held: dict[Key, _Held] = {}  # the oldest first

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        put = scope["type"] == "http" and scope["method"] == "PUT"
        where = _PUT.search(scope["path"]) if put else None
        if where is None:
            await self._app(scope, receive, send)
            return
        key = where[1], where[2]
        coming = _Coming(self, key, receive)
        try:
            with suppress(ClientDisconnect):  # who sent it has gone, or takes it back
                await self._app(scope, coming.receive, send)
        finally:
            if coming.has_place:
                self.has_come(coming)
                self._places.release()
            if key in self._held:
                self._held[key].since = time.monotonic()

    async def place(self, coming: "_Coming") -> None:
        """Wait until this file may be on its way."""
        if self._waiting >= WAITING:
            raise _refused(503)
        self._waiting += 1
        try:
            async with asyncio.timeout(PATIENCE):
                await self._places.acquire()
        except TimeoutError:
            raise _refused(503) from None
        finally:
            self._waiting -= 1
            self._owed = max(0, self._owed - 1)
        self._coming.append(coming)

    def has_come(self, coming: "_Coming") -> None:
        """All of this file, or none of it will."""
        if coming in self._coming:
            self._coming.remove(coming)

    def look_who_gives_way(self) -> None:
        """Choose as many of the slowest as others wait."""
        late = [one for one in self._coming if one.seconds() > TURN_SECONDS and not one.gives_way]
        late.sort(key=_Coming.rate)
        for one in late[: max(0, self._waiting - self._owed)]:
            one.gives_way = True  # it hears of it with its next part, or soon
            self._owed += 1

    async def room(self, key: Key, size: int) -> None:
        """Wait until a file of so many bytes, whose end has come, may be kept."""
        size = max(size, LEAST_BYTES)
        try:
            async with asyncio.timeout(PATIENCE), self._turn:
                while not self._make_room(key[0], size):
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise _refused(503) from None
        self._held.pop(key, None)
        self._held[key] = _Held(size)

    def _make_room(self, session: str, size: int) -> bool:
        """Drop what may be dropped; returns whether that is enough."""
        self._forget_read()
        while self._has_enough(session, size):
            own = (
                key
                for key, held in self._held.items()
                if key[0] == session and held.since is not None
            )
            oldest = next(own, None)
            if oldest is None:
                return False  # they are on their way into memory, where they can be dropped from
            self._drop(oldest)
        before = time.monotonic() - UNREAD_SECONDS
        for key, held in tuple(self._held.items()):
            if self._bytes() + size <= ALL_BYTES:
                break
            if held.since is not None and held.since < before:
                self._drop(key)
        return self._bytes() + size <= ALL_BYTES

    def _has_enough(self, session: str, size: int) -> bool:
        """Whether a visit's own files leave no room for one more of so many bytes."""
        own = [held.bytes for key, held in self._held.items() if key[0] == session]
        return bool(own) and (len(own) >= SESSION_FILES or sum(own) + size > SESSION_BYTES)

    def _forget_read(self) -> None:
        """What has been read is empty, or gone with its visit or by its visitor's will."""
        for key, held in tuple(self._held.items()):
            if held.since is not None and not any(
                record.data for record in self._manager().get_files(key[0], [key[1]])
            ):
                del self._held[key]

    def _drop(self, key: Key) -> None:
        self._manager().remove_file(*key)
        del self._held[key]

    def _bytes(self) -> int:
        return sum(held.bytes for held in self._held.values())


class _Coming:
    """A file on its way: counts what comes, and holds its end back until there is room."""

    def __init__(self, limits: UploadLimits, key: Key, receive: Receive) -> None:
        self.has_place = self.gives_way = False
        self._limits, self._key, self._receive = limits, key, receive
        self._size, self._began = 0, 0.0

    async def receive(self) -> Message:
        """The next part. Streamlit asks for it once it has found the visit and its right."""
        if not self.has_place:
            await self._limits.place(self)
            self.has_place, self._began = True, time.monotonic()
        message = await self._next()
        self._size += len(message.get("body", b""))
        if message["type"] == "http.request" and not message.get("more_body", False):
            self._limits.has_come(self)
            await self._room()
        return message

    async def _room(self) -> None:
        """Wait until there is room, but not for a sender who has gone."""
        room = asyncio.ensure_future(self._limits.room(self._key, self._size))
        gone = asyncio.ensure_future(self._receive())  # nothing else can come any more
        try:
            await asyncio.wait((room, gone), return_when=asyncio.FIRST_COMPLETED)
            if not room.done():
                raise ClientDisconnect
            await room
        finally:
            room.cancel()
            gone.cancel()

    async def _next(self) -> Message:
        while True:
            left = GRACE_SECONDS + self._size / LEAST_RATE - self.seconds()
            self._limits.look_who_gives_way()
            if left <= 0 or self.gives_way:
                raise _refused(408)
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left, LOOK_SECONDS)):
                    return await self._receive()

    def seconds(self) -> float:
        """How long it is on its way."""
        return time.monotonic() - self._began

    def rate(self) -> float:
        """Bytes a second on average."""
        return self._size / max(self.seconds(), 1e-3)


def _refused(status: int) -> HTTPException:
    return HTTPException(status, "The server is busy with other files. Please try again.")
