"""The app on a free port, and Chromium in front of it."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from benchmarks.chromium import launch_kept
from nn.runs import list_runs
from tests.browser.serving import Quiet, serve
from ui.components import how_it_works
from ui.components.how_it_works import BORROWED
from ui.components.network_views import SCRIPTS
from ui.shared.static_assets import script_folder_url

playwright_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

TIMEOUT = 60_000  # milliseconds; machines that are busy with other things are slow
playwright_api.expect.set_options(timeout=TIMEOUT)

WINDOW = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
OPERATOR_SECRET = "teachers-secret"
LONG = "dataset=digits&epochs=200&hidden=2048,512&batch_size=8&learning_rate=0.01"
"""Settings of a training that lasts longer than a test, also where it has a core of its own and
the page has not."""
PROJECT = Path(__file__).resolve().parents[2]
SAID_BELOW = "element => getComputedStyle(element, '::after').content"
"""What the style of the pages says below a field."""
LOOK_OFTEN = Path(__file__).with_name("look_often.js")
"""Loaded by Playwright's driver, so that it sees sooner what a test waits for."""

# Whatever Playwright evaluates in a page counts as an act of the visitor for the browser, and the
# app lets a visitor who has just acted finish.
ONLY_THE_VISITOR_ACTS = """{
    let acted = -Infinity;
    for (const type of ["pointerdown", "keydown"])
        addEventListener(type, () => { acted = performance.now(); }, true);
    const isActive = () => performance.now() - acted < 5000;
    const userActivation = Object.defineProperty({}, "isActive", { get: isActive });
    Object.defineProperty(navigator, "userActivation", { value: userActivation });
}"""


@dataclass
class App:
    """A running server; its runs are in `folder`/runs."""

    url: str
    process: subprocess.Popen
    folder: Path
    environment: dict[str, str]

    def stop(self) -> None:
        """End it, and with it the trainings that it has begun."""
        self.process.terminate()
        self.process.wait(60)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def is_training(self) -> bool:
        return any(run.is_active for run in list_runs(self.folder / "runs"))


def start_app(folder: Path, port: int | None = None, **environment: str) -> App:
    """Start the app with runs and caches of its own below `folder`, and wait until it serves."""
    port = port or free_port()
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
        stderr=(folder / "server.log").open("a", encoding="utf-8"),
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "URL" in line:
            return App(f"http://127.0.0.1:{port}", process, folder, environment)
    raise RuntimeError(
        f"the app did not start: {(folder / 'server.log').read_text(encoding='utf-8')}"
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def restart(app: App) -> None:
    """End it with all that it does and start it again, at the same address. The new one would go on
    with what trained, or waited for it, as long as a line on disk says so."""
    app.stop()
    for line in (app.folder / "runs").glob(".line-*"):
        shutil.rmtree(line)
    app.process = start_app(app.folder, int(app.url.rpartition(":")[2]), **app.environment).process


@pytest.fixture(scope="session")
def playwright() -> Iterator["playwright_api.Playwright"]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NODE_OPTIONS", f'--require "{LOOK_OFTEN.as_posix()}"')
        playwright = playwright_api.sync_playwright().start()
    yield playwright
    playwright.stop()


@pytest.fixture(scope="session")
def window(
    playwright: "playwright_api.Playwright", tmp_path_factory: pytest.TempPathFactory
) -> Iterator["playwright_api.BrowserContext"]:
    """A browser with a cache on disk: Streamlit's scripts are fetched and compiled only once."""
    with kept_browser(playwright, tmp_path_factory.mktemp("profile"), viewport=WINDOW) as window:
        yield window


@pytest.fixture(scope="session")
def other_window(
    playwright: "playwright_api.Playwright", tmp_path_factory: pytest.TempPathFactory
) -> Iterator["playwright_api.BrowserContext"]:
    """Such a browser of somebody else."""
    with kept_browser(playwright, tmp_path_factory.mktemp("other"), viewport=WINDOW) as window:
        yield window


@pytest.fixture(scope="session")
def phone_window(
    playwright: "playwright_api.Playwright", tmp_path_factory: pytest.TempPathFactory
) -> Iterator["playwright_api.BrowserContext"]:
    """The same on a phone."""
    options = {"has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}
    folder = tmp_path_factory.mktemp("phone")
    with kept_browser(playwright, folder, viewport=PHONE, **options) as window:
        yield window


@contextmanager
def kept_browser(
    playwright: "playwright_api.Playwright", folder: Path, **options: Any
) -> Iterator["playwright_api.BrowserContext"]:
    """A tab at the servers' site stays open, and with it the process that all of them share: a new
    page finds the scripts in it as they were compiled for the one before."""
    with skipped_without_chromium():
        window = launch_kept(playwright, folder, "--process-per-site", **options)
    window.add_init_script(ONLY_THE_VISITOR_ACTS)
    stays = window.pages[0]
    stays.route("**", lambda route: route.fulfill(body=""))
    stays.goto("http://127.0.0.1/")
    yield window
    window.close()


@contextmanager
def skipped_without_chromium() -> Iterator[None]:
    try:
        yield
    except playwright_api.Error as error:
        pytest.skip(f"no Chromium: install it, or run 'playwright install chromium' ({error})")


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory, apps: list[App]) -> Iterator[App]:
    """The app with the data that this environment has, for those who need MNIST. With each server
    that is visited, pages and scripts are made ready once more, which takes seconds."""
    app = start_app(tmp_path_factory.mktemp("app"))
    apps.append(app)
    yield app
    app.stop()


@pytest.fixture(scope="session")
def offline_app(tmp_path_factory: pytest.TempPathFactory, apps: list[App]) -> Iterator[App]:
    """The app as a teacher starts it where there is no MNIST, and no way to get it: the one that
    nearly all tests visit."""
    app = start_app(
        tmp_path_factory.mktemp("offline"),
        SCRATCH_NN_DATA="",
        SCRATCH_NN_OPERATOR=OPERATOR_SECRET,
        http_proxy="http://127.0.0.1:9",
        https_proxy="http://127.0.0.1:9",
        no_proxy="",
    )
    apps.append(app)
    yield app
    app.stop()


@pytest.fixture(scope="session")
def apps() -> list[App]:
    """The servers that the tests share."""
    return []


@pytest.fixture(autouse=True)
def nothing_trains(apps: list[App]) -> Iterator[None]:
    """Each test finds servers on which nothing trains, also after one that has failed."""
    yield
    for app in apps:
        if app.is_training():
            restart(app)


@pytest.fixture
def page(window: "playwright_api.BrowserContext") -> Iterator["playwright_api.Page"]:
    """A new visitor; afterwards the console must hold no error and the page no traceback."""
    with visit(window) as page:
        yield page


@pytest.fixture
def still(page: "playwright_api.Page") -> "playwright_api.Page":
    """The visitor, who wants nothing to move."""
    page.emulate_media(reduced_motion="reduce")
    return page


@pytest.fixture
def stranger(
    other_window: "playwright_api.BrowserContext",
) -> Iterator["playwright_api.Page"]:
    """Somebody else, beside the visitor."""
    with visit(other_window) as page:
        yield page


@pytest.fixture
def phone(phone_window: "playwright_api.BrowserContext") -> Iterator["playwright_api.Page"]:
    """The same with a phone."""
    with visit(phone_window) as page:
        yield page


@contextmanager
def visit(window: "playwright_api.BrowserContext") -> Iterator["playwright_api.Page"]:
    page = window.new_page()
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
    forget(window, page)
    assert errors == []
    assert tracebacks == 0


def stop_button(page: "playwright_api.Page") -> "playwright_api.Locator":
    """The one of the training: while a page loads, Streamlit shows another in its bar."""
    return page.get_by_test_id("stMain").get_by_role("button", name="Stop", exact=True)


def go_within(page: "playwright_api.Page", address: str) -> None:
    """To another page or link within the visit, as Back and Forward lead there: what takes most of
    a visit's time, that the page is loaded, is spared. Wait for something of the new page before
    anything is chosen: that would bring along what the widgets show until then."""
    page.evaluate(
        "to => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate')); }",
        address,
    )


def is_as_wide_as_the_screen(page: "playwright_api.Page") -> bool:
    """Whether the page has nothing to be scrolled to at its side."""
    fits: bool = page.get_by_test_id("stMain").evaluate(
        "main => main.scrollWidth <= main.clientWidth"
    )
    return fits


def forget(window: "playwright_api.BrowserContext", page: "playwright_api.Page") -> None:
    """Close the page and take away all that the browser keeps of it, but for its cache."""
    origin = page.evaluate("location.origin")
    if origin != "null":
        window.new_cdp_session(page).send(
            "Storage.clearDataForOrigin",
            {"origin": origin, "storageTypes": "local_storage,indexeddb"},
        )
    page.close()
    window.clear_cookies()
    window.clear_permissions()


@pytest.fixture
def address() -> Iterator[str]:
    """Where a browser finds the scripts of `ui.components.network_views`, without the app."""
    with serve(partial(Quiet, directory=str(SCRIPTS))) as address:
        yield address


@pytest.fixture
def scripts() -> Iterator[str]:
    """Where it finds those of `ui.components.playground`."""
    folder = PROJECT / "ui" / "components" / "playground"
    with serve(partial(Quiet, directory=str(folder))) as address:
        yield address


@pytest.fixture
def how_scripts(tmp_path: Path) -> Iterator[str]:
    """Where it finds those of `ui.components.how_it_works`, with what they borrow."""
    folder = tmp_path / Path(script_folder_url(how_it_works.SCRIPTS, tmp_path, BORROWED)).name
    with serve(partial(Quiet, directory=str(folder))) as address:
        yield address
