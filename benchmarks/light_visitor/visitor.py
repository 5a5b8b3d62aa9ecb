"""A visitor who does what the app's page does in a browser, but draw."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs, FileURLsRequest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Origin, Subprotocol

from benchmarks.light_visitor.screen import Screen
from benchmarks.light_visitor.timers import Timers
from benchmarks.light_visitor.uploading import put_file
from benchmarks.light_visitor.values import TRIGGERS, chosen_file, widget_state

PATIENCE = 30.0
"""Seconds that a visitor waits for anything, unless told otherwise."""
# Files go at the same time: those of asyncio itself are few.
_senders = ThreadPoolExecutor(100, "sender")


class NoAnswer(Exception):
    """The server has not done in time what a visitor waits for; it says what that is."""


class LightVisitor:
    """One visit. `screen` is what stands on the page, `received` the bytes from the server.

    Everything that waits raises NoAnswer when the time is over or the server has gone.
    """

    def __init__(
        self, url: str, socket: ClientConnection, headers: dict[str, str], patience: float
    ) -> None:
        self.screen, self.received = Screen(), 0
        self._url, self._socket, self._headers = url, socket, headers
        self._patience = patience
        self._path = ""
        self._states: dict[str, WidgetState] = {}
        self._timers = Timers(self._ask_again)
        self._told = asyncio.Condition()
        self._closed = False
        self._listeners: list[Callable[[ForwardMsg], None]] = []
        self._reader = asyncio.create_task(self._read())

    # Coming and going

    @classmethod
    @asynccontextmanager
    async def visiting(
        cls,
        url: str,
        *,
        address: str | None = None,
        cookies: dict[str, str] | None = None,
        patience: float = PATIENCE,
    ) -> AsyncIterator["LightVisitor"]:
        """Come to the app at `url`, and leave at the end.

        Args:
            url: "http://127.0.0.1:8501".
            address: this visitor's own, as a proxy in front of the app would tell it.
            cookies: what the browser would have kept.
            patience: seconds that it waits for anything.
        """
        headers = {} if address is None else {"X-Forwarded-For": address}
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        try:
            socket = await connect(
                url.replace("http", "ws", 1) + "/_stcore/stream",
                subprotocols=[Subprotocol("streamlit")],
                origin=Origin(url),
                additional_headers=headers,
                proxy=None,
                max_size=None,
                open_timeout=patience,
                close_timeout=2,
            )
        except (OSError, WebSocketException) as error:
            raise NoAnswer(f"no connection to {url}: {error}") from error
        visitor = cls(url, socket, headers, patience)
        try:
            yield visitor
        finally:
            await visitor.leave()

    async def leave(self) -> None:
        """Close the tab."""
        self._timers.follow({})
        await self._socket.close()
        self._reader.cancel()
        with suppress(asyncio.CancelledError):
            await self._reader

    async def open(self, path: str = "", query: str = "") -> float:
        """Open a page by its address, and wait until all of it is there; returns the seconds.

        Args:
            path: "playground"; "" for the first page.
            query: without "?".
        """
        self._path, self.screen.query = path, query
        message = self._message("")
        message.rerun_script.page_script_hash, message.rerun_script.page_name = "", path
        return await self._run(message, "", f"page {path or '/'}")

    async def go(self, path: str) -> float:
        """Go to another page by the menu; returns the seconds until all of it is there."""
        if path not in self.screen.pages:
            raise LookupError(f"no page {path!r} in the menu")
        self.screen.timers.clear()
        self._timers.follow({})
        self._forget_all_but(self.screen.widget_ids(around=True))
        self._path, self.screen.query = path, ""
        message = self._message("")
        message.rerun_script.page_script_hash = self.screen.pages[path]
        return await self._run(message, "", f"page {path or '/'}")

    # Acting

    async def press(self, *, key: str | None = None, label: str | None = None) -> float:
        """Press a button, and wait until what it does is on screen; returns the seconds."""
        return await self.give(True, key=key, label=label)

    async def give(self, value: Any, *, key: str | None = None, label: str | None = None) -> float:
        """Give a widget a value as AppTest's has it, and wait until the page has followed; returns
        the seconds. One in a form only keeps it until the form is sent."""
        widget = self.screen.widget(key=key, label=label)
        state = widget_state(widget, value)
        is_submitter = getattr(widget.proto, "is_form_submitter", False)
        if getattr(widget.proto, "form_id", "") and not is_submitter:
            self._states[state.id] = state
            return 0.0
        fragment = self.screen.fragment_of(state.id)
        return await self._run(self._message(fragment, state), fragment, state.id)

    async def upload(self, name: str, data: bytes, *, key: str | None = None) -> float:
        """Give a file to a file uploader, the first one if no `key` is given, and wait until the
        page has followed; returns the seconds."""
        began = time.monotonic()
        uploader: Any = (
            self.screen.widget(key=key) if key else self.screen.tree().get("file_uploader")[0]
        )
        urls = await self.send_file(name, data)
        fragment = self.screen.fragment_of(uploader.id)
        state = chosen_file(uploader.id, urls, name, len(data))
        await self._run(self._message(fragment, state), fragment, name)
        return time.monotonic() - began

    async def send_file(self, name: str, data: bytes, rate: float | None = None) -> FileURLs:
        """Send a file to an address that the server gives for it, which no page knows of yet; with
        `rate` bytes a second, or as fast as can be."""
        asked = f"{name}-{time.monotonic()}"
        urls_for = FileURLsRequest(
            request_id=asked, session_id=self.screen.session, file_names=[name]
        )
        await self._send(BackMsg(file_urls_request=urls_for))
        await self.until(lambda: asked in self.screen.uploads, "an address to upload to")
        urls = self.screen.uploads.pop(asked).file_urls_response.file_urls[0]
        where = self._url, urls.upload_url, self._headers
        try:
            await asyncio.get_running_loop().run_in_executor(
                _senders, put_file, *where, name, data, self._patience, rate
            )
        except OSError as error:
            raise NoAnswer(str(error)) from error
        return urls

    async def trigger(self, component: str, event: str, value: Any) -> None:
        """Have a component say something, as its `setTriggerValue` does, and wait for nothing."""
        found = self.screen.component(component)
        state = WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{found.proto.id}__events")
        state.json_trigger_value = json.dumps([{"event": event, "value": value}])
        await self._send(self._message(found.fragment, state))

    async def tell(self, component: str, values: dict[str, Any]) -> float:
        """Have a component say its state, as its `setStateValue` does, and wait until the page has
        followed; returns the seconds."""
        found = self.screen.component(component)
        state = WidgetState(id=found.proto.id, json_value=json.dumps(values))
        return await self._run(self._message(found.fragment, state), found.fragment, component)

    # Waiting

    def listen(self, listener: Callable[[ForwardMsg], None]) -> None:
        """Have it called with each message after the screen has taken it."""
        self._listeners.append(listener)

    async def until(
        self, holds: Callable[[], bool], what: str, patience: float | None = None
    ) -> None:
        """Wait until something holds that changes with the server's messages.

        Args:
            holds: looks at the screen.
            what: its name in the error.
            patience: seconds; the visitor's own if not given.
        """
        seconds = self._patience if patience is None else patience
        try:
            async with asyncio.timeout(seconds), self._told:
                await self._told.wait_for(lambda: self._closed or holds())
        except TimeoutError:
            raise NoAnswer(f"not within {seconds:g} s: {what}") from None
        if not holds():
            raise NoAnswer(f"the server closed the connection before {what}")

    async def _run(self, message: BackMsg, fragment: str, what: str) -> float:
        """Send it, and wait until the page, or the fragment, has run that begins from here on."""
        began, has_begun, early, ran = time.monotonic(), False, False, False

        def look(message: ForwardMsg) -> None:
            nonlocal has_begun, early, ran
            screen, fragments = self.screen, message.metadata.run.fragment_ids
            match message.WhichOneof("type"):
                case "new_session":
                    # It was whole: its end is called early where another fragment's run begins.
                    ran = ran or (early and bool(fragments) and fragment not in fragments)
                    has_begun = True
                case "script_finished" if has_begun and (not fragments or fragment in fragments):
                    early = screen.running
                    ran = ran or not early

        self._listeners.append(look)
        try:
            await self._send(message)
            await self.until(lambda: ran and not self.screen.running, what)
        finally:
            self._listeners.remove(look)
        return time.monotonic() - began

    # The protocol

    def _message(self, fragment: str, *states: WidgetState) -> BackMsg:
        """That the page, or a fragment of it, is to run with these values of widgets and all
        earlier ones."""
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_script_hash = self.screen.query, self.screen.page
        run.fragment_id = fragment
        run.cached_message_hashes.extend(self.screen.kept)
        run.context_info.url = f"{self._url}/{self._path}"
        run.context_info.timezone, run.context_info.locale = "Europe/Berlin", "en-GB"
        now = self._states | {state.id: state for state in states}
        run.widget_states.widgets.extend(now.values())
        self._states = {
            name: state for name, state in now.items() if state.WhichOneof("value") not in TRIGGERS
        }
        return message

    async def _send(self, message: BackMsg) -> None:
        try:
            await self._socket.send(message.SerializeToString())
        except ConnectionClosed as error:
            raise NoAnswer(f"the server has closed the connection: {error}") from error

    async def _read(self) -> None:
        """Take messages until the connection is closed."""
        try:
            async for data in self._socket:
                assert isinstance(data, bytes)
                self.received += len(data)
                message = self.screen.take(ForwardMsg.FromString(data))
                self._follow(message)
                for listener in tuple(self._listeners):
                    listener(message)
                async with self._told:
                    self._told.notify_all()
        except ConnectionClosed:
            pass
        finally:
            self._closed = True
            self._timers.follow({})
            async with self._told:
                self._told.notify_all()

    def _follow(self, message: ForwardMsg) -> None:
        """Do what a browser does at once."""
        match message.WhichOneof("type"):
            case "delta":
                element = message.delta.new_element
                widget: Any = getattr(element, element.WhichOneof("type") or "", None)
                if getattr(widget, "set_value", False):  # by the app itself: ours is out of date
                    self._states.pop(widget.id, None)
            case "script_finished" if not self.screen.running and not self.screen.ended:
                self._forget_all_but(self.screen.widget_ids())
            case "auto_rerun" | "stop_auto_rerun" | "new_session":
                self._timers.follow(self.screen.timers)

    def _forget_all_but(self, widget_ids: set[str]) -> None:
        self._states = {name: one for name, one in self._states.items() if name in widget_ids}

    async def _ask_again(self, fragment: str) -> None:
        message = self._message(fragment)
        message.rerun_script.is_auto_rerun = True
        with suppress(NoAnswer):  # who waits for something hears of it
            await self._send(message)
