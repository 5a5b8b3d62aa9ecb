"""The app on a free port, and Chromium in front of it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from benchmarks.chromium import launch
from ui.components.network_views import SCRIPTS

playwright_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

TIMEOUT = 30_000  # milliseconds; machines that are busy with other things are slow
playwright_api.expect.set_options(timeout=TIMEOUT)

PROJECT = Path(__file__).resolve().parents[2]


@dataclass
class App:
    """A running server; its runs are in `folder`/runs."""

    url: str
    process: subprocess.Popen
    folder: Path


def start_app(folder: Path, **environment: str) -> App:
    """Start the app with runs and caches of its own below `folder`, and wait until it serves."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "streamlit", "run", "streamlit_app.py"),
            *("--server.port", str(port), "--server.headless", "true"),
            *("--server.address", "127.0.0.1", "--server.fileWatcherType", "none"),
        ],
        cwd=PROJECT,
        env={
            **os.environ,
            "SCRATCH_NN_RUNS": str(folder / "runs"),
            "SCRATCH_NN_CACHE": str(folder / "cache"),
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=(folder / "server.log").open("w", encoding="utf-8"),
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "URL" in line:
            return App(f"http://127.0.0.1:{port}", process, folder)
    raise RuntimeError(
        f"the app did not start: {(folder / 'server.log').read_text(encoding='utf-8')}"
    )


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright_api.Browser"]:
    with playwright_api.sync_playwright() as playwright:
        try:
            browser = launch(playwright)
        except playwright_api.Error as error:
            pytest.skip(f"no Chromium: install it, or run 'playwright install chromium' ({error})")
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app with the data that this environment has."""
    app = start_app(tmp_path_factory.mktemp("app"))
    yield app
    app.process.terminate()
    app.process.wait(20)


@pytest.fixture(scope="module")
def offline_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app where there is no MNIST, and no way to get it."""
    app = start_app(
        tmp_path_factory.mktemp("offline"),
        SCRATCH_NN_DATA="",
        http_proxy="http://127.0.0.1:9",
        https_proxy="http://127.0.0.1:9",
        no_proxy="",
    )
    yield app
    app.process.terminate()
    app.process.wait(20)


@pytest.fixture
def page(browser: "playwright_api.Browser") -> Iterator["playwright_api.Page"]:
    """A new visitor; afterwards the console must hold no error and the page no traceback."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(TIMEOUT)
    errors: list[str] = []

    def note(line: "playwright_api.ConsoleMessage") -> None:
        # Streamlit looks for its server below the page's own address first, and says 404 there.
        if line.type == "error" and "/_stcore/" not in line.location["url"]:
            errors.append(line.text)

    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", note)
    yield page
    tracebacks = page.locator('[data-testid="stException"]').count()
    context.close()
    assert errors == []
    assert tracebacks == 0


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":  # browsers ask for it by themselves
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests' output is for what goes wrong."""


@pytest.fixture
def address() -> Iterator[str]:
    """Where a browser finds the scripts of `ui.components.network_views`, without the app."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(SCRIPTS)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
