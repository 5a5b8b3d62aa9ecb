import pytest
import streamlit as st

from ui.server.browser import address

PLAIN = {
    "server.sslCertFile": None,
    "server.address": None,
    "browser.serverAddress": "localhost",
    "server.baseUrlPath": "",
    "server.port": 8501,
}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "http://localhost:8501/"),
        ({"server.address": "0.0.0.0", "server.port": 80}, "http://localhost:80/"),
        ({"server.address": "10.0.0.5", "server.baseUrlPath": "/nn/"}, "http://10.0.0.5:8501/nn"),
        (
            {"server.sslCertFile": "a.pem", "browser.serverAddress": "learn.example.org"},
            "https://learn.example.org:8501/",
        ),
    ],
)
def test_the_browser_is_sent_to_where_the_app_is(monkeypatch, options, expected):
    monkeypatch.setattr(st, "get_option", (PLAIN | options).__getitem__)
    assert address() == expected
