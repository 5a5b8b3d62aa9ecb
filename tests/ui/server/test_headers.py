import base64
import hashlib

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests import own_loop
from ui.server.closed import Closed
from ui.server.headers import SecurityHeaders


def ask(path):
    """The status and the headers with which a small app answers."""
    app = Starlette(
        routes=[Route("/{path:path}", lambda _: PlainTextResponse("here"))],
        middleware=[Middleware(SecurityHeaders), Middleware(Closed)],
    )
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    own_loop.run(app(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers


def policy(headers):
    """The parts of a Content-Security-Policy, by name."""
    parts = (part.split() for part in headers["content-security-policy"].split(";"))
    return {name: sources for name, *sources in parts}


def test_no_other_site_shows_the_app_in_a_frame_or_sends_it_scripts():
    status, headers = ask("/train")
    assert status == 200
    parts = policy(headers)
    assert parts["frame-ancestors"] == ["'self'"]
    assert parts["default-src"] == ["'self'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:"} & set(parts["script-src"])


def test_streamlits_own_script_is_allowed_and_no_other_one():
    digest = hashlib.sha256(b"\n      window.prerenderReady = false\n    ").digest()
    hashes = [source for source in policy(ask("/")[1])["script-src"] if "sha256" in source]
    assert hashes == [f"'sha256-{base64.b64encode(digest).decode()}'"]


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/metrics/", "/below/_stcore/metrics", "/_stcore/agent/mcp"],
)
def test_what_the_app_has_no_use_for_is_closed(path):
    status, headers = ask(path)
    assert status == 404
    assert "content-security-policy" in headers
