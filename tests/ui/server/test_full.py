from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from tests import own_loop
from ui.server import full
from ui.server.counting import Visits


@pytest.fixture
def visits(monkeypatch: pytest.MonkeyPatch) -> Visits:
    visits = Visits()
    monkeypatch.setenv("SCRATCH_NN_MAX_VISITS", "2")
    monkeypatch.setattr(full, "visits", lambda: visits)
    monkeypatch.setattr(full, "raise_limit", lambda: None)
    return visits


def ask(scope: Scope) -> list[Any]:
    """The answer, message by message; "the app" where it was passed on."""
    sent: list[Any] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        sent.append("the app")

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    own_loop.run(full.Full(app)(scope, receive, send))
    return sent


PAGE = {
    "type": "http",
    "method": "GET",
    "path": "/train",
    "headers": [(b"accept", b"text/html,*/*;q=0.8")],
}
SAVED = {**PAGE, "path": "/media/somebody.zip"}
SCRIPT = {**PAGE, "path": "/static/index.js", "headers": [(b"accept", b"*/*")]}
VISIT = {"type": "websocket", "headers": []}


def test_who_comes_to_a_full_server_is_told_and_tries_again_by_himself(visits: Visits) -> None:
    visits.now = 1
    assert [ask(scope) for scope in (PAGE, SCRIPT, VISIT)] == [["the app"]] * 3
    visits.now = 2
    start, body = ask(PAGE)
    assert start["status"] == 503
    assert b"All places are taken" in body["body"]
    assert b'http-equiv="refresh"' in body["body"]
    assert [message["type"] for message in ask(VISIT)] == ["websocket.close"]
    # Those who are there already go on.
    assert ask(SCRIPT) == ["the app"]
    assert ask(SAVED) == ["the app"]


def test_no_more_are_let_in_than_there_are_handles_for(
    visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRATCH_NN_MAX_VISITS", "200")
    monkeypatch.setattr(full, "raise_limit", lambda: 256)
    visits.now = 13
    assert ask(VISIT) == ["the app"]
    visits.now = 14
    assert ask(VISIT) != ["the app"]
    monkeypatch.setattr(full, "raise_limit", lambda: 4096)
    assert ask(VISIT) == ["the app"]
