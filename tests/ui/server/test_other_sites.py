import pytest
import streamlit as st

from tests import own_loop
from ui.server.other_sites import OtherSites

PLAIN = {
    "server.enableCORS": True,
    "browser.serverAddress": "localhost",
    "server.corsAllowedOrigins": [],
}


def is_let_in(origin, host="learn.example.org"):
    """Whether a visit comes through."""
    reached, sent = [], []

    async def app(scope, receive, send):
        reached.append(scope)

    async def send(message):
        sent.append(message["type"])

    async def receive():
        return {"type": "websocket.connect"}

    headers = [(b"host", host.encode())]
    if origin is not None:
        headers.append((b"origin", origin.encode()))
    own_loop.run(OtherSites(app)({"type": "websocket", "headers": headers}, receive, send))
    assert sent == ([] if reached else ["websocket.close"])
    return bool(reached)


@pytest.mark.parametrize(
    ("origin", "host", "expected"),
    [
        ("https://learn.example.org", "learn.example.org", True),
        ("http://10.0.0.5:8501", "10.0.0.5:8501", True),
        ("http://localhost:8501", "127.0.0.1:8501", True),
        (None, "learn.example.org", True),  # a program
        ("http://evil.example", "learn.example.org", False),
        ("https://learn.example.org:444", "learn.example.org", False),
        ("https://learn.example.org.evil.example", "learn.example.org", False),
        ("https://127.0.0.1.evil.example", "127.0.0.1:8501", False),
        ("https://[", "learn.example.org", False),
        ("null", "learn.example.org", False),
        ("", "learn.example.org", False),
        ("file://", "learn.example.org", False),
    ],
)
def test_visits_from_other_sites_are_refused(monkeypatch, origin, host, expected):
    monkeypatch.setattr(st, "get_option", PLAIN.__getitem__)
    assert is_let_in(origin, host) == expected


@pytest.mark.parametrize(
    "options",
    [
        {"browser.serverAddress": "other.example"},
        {"server.corsAllowedOrigins": ["https://other.example"]},
        {"server.enableCORS": False},
    ],
)
def test_sites_that_the_settings_allow_are_let_through(monkeypatch, options):
    monkeypatch.setattr(st, "get_option", (PLAIN | options).__getitem__)
    assert is_let_in("https://other.example")
