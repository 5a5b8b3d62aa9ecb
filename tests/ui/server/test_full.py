from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from tests import own_loop
from ui.server import full, operator_entrance
from ui.server.counting import Visits


@pytest.fixture
def visits(monkeypatch: pytest.MonkeyPatch) -> Visits:
    visits = Visits()
    monkeypatch.setenv("SCRATCH_NN_MAX_VISITS", "2")
    monkeypatch.setattr(full, "visits", lambda: visits)
    monkeypatch.setattr(full, "raise_limit", lambda: None)
    return visits


def ask(scope: Scope, body: bytes = b"") -> list[Any]:
    """The answer, message by message; "the app" where it was passed on."""
    sent: list[Any] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        sent.append("the app")

    async def receive() -> Any:
        return {"type": "http.request", "body": body}

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


ENTRANCE = {**PAGE, "path": "/operators", "scheme": "http", "query_string": b"", "client": None}
SECRET = "teachers-secret"


def test_the_operator_gets_into_a_full_server(
    visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRATCH_NN_OPERATOR", SECRET)
    visits.now = 2
    assert b'href="operators"' in ask(PAGE)[1]["body"]
    assert b"<form" in ask(ENTRANCE)[1]["body"]
    start, _ = ask({**ENTRANCE, "method": "POST"}, f"secret={SECRET}".encode())
    headers = dict(start["headers"])
    assert (start["status"], headers[b"location"]) == (303, b"operators")
    cookie = [(b"cookie", headers[b"set-cookie"].partition(b";")[0])]
    for scope in (PAGE, ENTRANCE, VISIT):
        assert ask({**scope, "headers": [*scope["headers"], *cookie]}) == ["the app"]
        assert ask(scope) != ["the app"]
    visits.now = 2 + operator_entrance.PLACES
    assert ask({**VISIT, "headers": cookie}) != ["the app"]


def test_who_does_not_know_the_secret_stays_outside(
    visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = {**ENTRANCE, "method": "POST"}
    visits.now = 2
    assert b"<form" not in ask(ENTRANCE)[1]["body"]  # there is no operator
    monkeypatch.setenv("SCRATCH_NN_OPERATOR", SECRET)
    for body in (b"", b"secret=wrong", b"secret=" + b"x" * 5_000, b"\xff=%ff&&"):
        start, told = ask(post, body)
        assert start["status"] == 403
        assert b'role="alert"></p>' not in told["body"]
        cookie = [(b"cookie", dict(start["headers"])[b"set-cookie"].partition(b";")[0])]
        assert ask({**VISIT, "headers": cookie}) != ["the app"]
