import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from tests import own_loop
from ui.server import uploads
from ui.server.uploads import UploadLimits

FILE = b"x" * 100_000


class Server:
    """Keeps each file that reaches it, as Streamlit does."""

    def __init__(self) -> None:
        self.files = MemoryUploadedFileManager("")
        self.limits = UploadLimits(self._keep, lambda: self.files)
        self.stores = asyncio.Event()
        self.stores.set()

    async def put(
        self,
        session: str,
        file: str,
        content: bytes = FILE,
        *,
        ends: bool = True,
        drips: bool = False,
        leaves: bool = False,
    ) -> int:
        """Send a file; the answer's status.

        One that does not end stands still, comes byte by byte from then on (`drips`), or its sender
        `leaves`.
        """
        scope = {
            "type": "http",
            "method": "PUT",
            "path": f"/_stcore/upload_file/{session}/{file}",
        }
        messages = [{"type": "http.request", "body": content, "more_body": not ends}]

        async def receive() -> Any:
            if not messages and leaves:
                return {"type": "http.disconnect"}
            if not messages and drips:
                await asyncio.sleep(0.02)
                return {"type": "http.request", "body": b"x", "more_body": True}
            if not messages:
                await asyncio.sleep(3600)
            return messages.pop(0)

        async def send(message: Any) -> None:
            raise AssertionError(message)

        try:
            await self.limits(scope, receive, send)
        except HTTPException as refused:
            return refused.status_code
        return 204

    def kept(self, session: str) -> list[str]:
        return list(self.files.file_storage.get(session, {}))

    def read(self, session: str, file: str) -> None:
        """As a page that has read it."""
        self.files.add_file(session, UploadedFileRec(file, "", "", b""))

    async def _keep(self, scope: Scope, receive: Receive, send: Send) -> None:
        content, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            content, more = content + message["body"], message["more_body"]
        session, file = scope["path"].split("/")[-2:]
        await self.stores.wait()
        self.files.add_file(session, UploadedFileRec(file, "", "", content))


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "ALL_BYTES", 3 * len(FILE))
    monkeypatch.setattr(uploads, "SESSION_BYTES", 2 * len(FILE))
    monkeypatch.setattr(uploads, "PATIENCE", 5.0)


def run(test: Callable[[Server], Awaitable[None]]) -> None:
    async def whole() -> None:
        await test(Server())

    own_loop.run(whole())


async def fill(server: Server) -> None:
    for session in "abc":
        assert await server.put(session, "1") == 204


def test_a_file_waits_until_one_of_those_that_came_has_been_read() -> None:
    async def test(server: Server) -> None:
        await fill(server)
        waiting = asyncio.create_task(server.put("d", "1"))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        assert not server.kept("d")
        server.read("b", "1")
        assert await waiting == 204
        assert server.kept("d") == ["1"]
        assert [server.kept(one) for one in "abc"] == [["1"]] * 3

    run(test)


def test_a_file_that_waits_in_vain_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "PATIENCE", 0.1)

    async def test(server: Server) -> None:
        await fill(server)
        assert await server.put("d", "1") == 503
        assert not server.kept("d")

    run(test)


def test_who_sends_more_than_he_may_loses_his_own_oldest() -> None:
    async def test(server: Server) -> None:
        for file in "123":
            assert await server.put("a", file) == 204
        assert server.kept("a") == ["2", "3"]
        for number in range(20):
            assert await server.put("b", str(number), b"x") == 204
        assert len(server.kept("b")) == uploads.SESSION_FILES

    run(test)


def test_who_sends_many_at_once_has_no_more_than_he_may() -> None:
    async def test(server: Server) -> None:
        server.stores.clear()
        coming = [asyncio.create_task(server.put("a", file)) for file in "1234"]
        for _ in range(50):  # turns in which they come as far as they may
            await asyncio.sleep(0)
        server.stores.set()
        assert await asyncio.gather(*coming) == [204] * 4
        assert len(server.kept("a")) == 2

    run(test)


def test_what_nobody_reads_makes_room_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "UNREAD_SECONDS", 0.1)

    async def test(server: Server) -> None:
        await fill(server)
        assert await server.put("d", "1") == 204
        assert not server.kept("a")
        assert server.kept("b") == ["1"]

    run(test)


def test_few_files_come_at_a_time_and_slow_ones_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 1)
    monkeypatch.setattr(uploads, "GRACE_SECONDS", 0.2)

    async def test(server: Server) -> None:
        slow = asyncio.create_task(server.put("a", "1", b"x", ends=False))
        await asyncio.sleep(0.05)
        other = asyncio.create_task(server.put("b", "1"))
        await asyncio.sleep(0.05)
        assert not other.done()
        assert await slow == 408
        assert await other == 204

    run(test)


def test_where_others_wait_the_slowest_give_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 2)
    monkeypatch.setattr(uploads, "TURN_SECONDS", 0.2)
    monkeypatch.setattr(uploads, "LOOK_SECONDS", 0.05)

    async def test(server: Server) -> None:
        fast = asyncio.create_task(server.put("a", "1", FILE, ends=False))
        slow = asyncio.create_task(server.put("b", "1", b"x", ends=False))
        await asyncio.sleep(0.3)
        assert not slow.done()  # nobody waits
        assert await server.put("c", "1") == 204
        assert await slow == 408
        assert not fast.done()
        fast.cancel()

    run(test)


def test_of_many_that_are_equally_slow_as_many_give_way_as_others_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 4)
    monkeypatch.setattr(uploads, "TURN_SECONDS", 0.2)

    async def test(server: Server) -> None:
        slow = [asyncio.create_task(server.put(one, "1", ends=False, drips=True)) for one in "abcd"]
        await asyncio.sleep(0.1)
        assert await server.put("e", "1") == 204
        ended = [one for one in slow if one.done()]
        assert [one.result() for one in ended] == [408]
        for one in slow:
            one.cancel()

    run(test)


def test_who_leaves_before_all_of_a_file_has_come_leaves_a_place_and_no_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 1)

    async def test(server: Server) -> None:
        await server.put("a", "1", ends=False, leaves=True)
        assert await server.put("b", "1") == 204
        assert not server.kept("a")

    run(test)


def test_who_leaves_while_his_file_waits_for_room_keeps_no_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 1)
    monkeypatch.setattr(uploads, "PATIENCE", 60.0)

    async def test(server: Server) -> None:
        await fill(server)
        await asyncio.wait_for(server.put("d", "1", leaves=True), 5)
        server.read("a", "1")
        assert await asyncio.wait_for(server.put("e", "1"), 5) == 204
        assert not server.kept("d")

    run(test)
