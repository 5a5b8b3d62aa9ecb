"""What other sites, and what strangers bring onto a page, cannot do with the app."""

import json
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

import pytest

from tests.browser.serving import serve

FOREIGN = "http://evil.example"
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
}


@pytest.fixture
def tab(window, offline_app):
    """One whose console may hold errors."""
    tab = window.new_page()
    yield tab
    tab.close()


def ask(offline_app, method: str, path: str, **headers: str) -> HTTPResponse:
    connection = HTTPConnection(urlsplit(offline_app.url).netloc, timeout=60)
    connection.request(method, path, headers=headers)
    return connection.getresponse()


def test_another_site_cannot_show_the_app_in_a_frame(offline_app, tab):
    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f'<iframe src="{offline_app.url}/train"></iframe>'.encode())

        def log_message(self, format, *args):
            """Nothing."""

    refused = []
    tab.on("console", lambda line: refused.append(line.text))
    with serve(Site) as address:
        tab.goto(address)
        tab.wait_for_load_state("networkidle")
    assert any("frame-ancestors" in line for line in refused)
    assert tab.frames[1].url.startswith("chrome-error:")


def test_a_script_that_gets_onto_a_page_does_not_run(offline_app, tab):
    tab.goto(offline_app.url)
    tab.get_by_role("heading").first.wait_for()
    refused = tab.evaluate(
        """() => new Promise(resolve => {
            const refused = [];
            document.addEventListener("securitypolicyviolation", event => {
                refused.push(event.effectiveDirective);
                if (refused.length === 2) resolve(refused.sort());
            });
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            document.body.insertAdjacentHTML(
                "beforeend", '<img src="data:," onerror="window.ran = true">');
        })"""
    )
    assert refused == ["script-src-attr", "script-src-elem"]
    assert tab.evaluate("window.ran") is None


def test_another_site_cannot_talk_to_the_app(offline_app):
    assert ask(offline_app, "GET", "/_stcore/stream", Origin=FOREIGN, **UPGRADE).status == 403
    assert (
        ask(offline_app, "GET", "/_stcore/stream", Origin=offline_app.url, **UPGRADE).status == 101
    )
    health = ask(offline_app, "GET", "/_stcore/health", Origin=FOREIGN)
    assert health.status == 200
    assert health.getheader("Access-Control-Allow-Origin") is None


def test_nothing_is_uploaded_without_the_cookie_against_forgery(offline_app):
    assert ask(offline_app, "PUT", "/_stcore/upload_file/somebody/something").status == 403


def test_messages_are_taken_from_few_and_numbers_are_told_to_nobody(offline_app):
    origins = json.loads(ask(offline_app, "GET", "/_stcore/host-config").read())["allowedOrigins"]
    assert origins == ["https://*.streamlit.app"]
    assert ask(offline_app, "GET", "/_stcore/metrics").status == 404
    assert "frame-ancestors 'self'" in str(
        ask(offline_app, "GET", "/").getheader("Content-Security-Policy")
    )
