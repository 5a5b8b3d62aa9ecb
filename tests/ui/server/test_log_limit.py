"""Visitors who make pages fail on purpose, by the thousand."""

import asyncio
import logging
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.websockets import WebSocket
from streamlit import error_util
from streamlit.web.server.starlette import starlette_websocket

from ui.server import log_limit
from ui.shared.tally import LINES_A_MINUTE


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    logger = logging.getLogger("of a test")
    logger.addFilter(log_limit.FewTracebacks())
    return caplog


def fail(times: int) -> None:
    for _ in range(times):
        logging.getLogger("of a test").error("it failed", exc_info=ValueError("x"))


def test_tracebacks_are_few_and_come_again_in_another_minute(
    logged: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 600.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    fail(1000)
    assert len(logged.records) == LINES_A_MINUTE
    now += 60
    fail(2)
    assert len(logged.records) == LINES_A_MINUTE + 2


def test_other_lines_are_all_there(logged: pytest.LogCaptureFixture) -> None:
    for _ in range(100):
        logging.getLogger("of a test").error("it was refused")
    assert len(logged.records) == 100


def test_who_has_closed_a_tab_is_no_error(logged: pytest.LogCaptureFixture) -> None:
    async def send_after_the_end() -> None:
        async def send(message: object) -> None:
            pass

        socket = WebSocket({"type": "websocket"}, receive=pytest.fail, send=send)
        await socket.close()
        await socket.send_bytes(b"")

    # In a thread of its own: this one may have an event loop, of a browser's test.
    with ThreadPoolExecutor() as pool, pytest.raises(RuntimeError) as closed:
        pool.submit(asyncio.run, send_after_the_end()).result()
    logging.getLogger("of a test").error("it failed", exc_info=closed.value)
    assert not logged.records


def test_streamlit_logs_under_these_names() -> None:
    names = {error_util._LOGGER.name, starlette_websocket._LOGGER.name}
    assert names < set(log_limit._LOGGERS)
