"""The browser, for pictures, measurements and the tests of the app."""

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""For a Chromium in a container, that asks nobody on the internet."""


def launch(playwright: "Playwright") -> "Browser":
    """Start the machine's Chromium or Chrome, else Playwright's own; its Error if there is none."""
    return playwright.chromium.launch(executable_path=_executable(), args=FLAGS)


def launch_kept(
    playwright: "Playwright", folder: Path, *flags: str, **options: Any
) -> "BrowserContext":
    """The same for a browser that keeps its cache and all else in a folder, with further flags;
    `options` as those of Playwright's `new_context`."""
    return playwright.chromium.launch_persistent_context(
        folder, executable_path=_executable(), args=[*FLAGS, *flags], **options
    )


_WAIT = """async ([arg, end]) => {
  for (;;) {
    const found = (CONDITION
    );
    const value = typeof found === "function" ? found(arg) : found;
    if (value || Date.now() > end) return value;
    await new Promise(requestAnimationFrame);
  }
}"""


def wait_for(page: "Page", condition: str, arg: Any = None, *, seconds: float = 60.0) -> Any:
    """Wait for the first frame in which a condition holds, and return its value.

    Playwright's own `wait_for_function` evaluates text in the page again and again, which the
    app's Content-Security-Policy forbids.

    Args:
        page: it may be on its way to another address.
        condition: in JavaScript, an expression or a function of `arg`.
        arg: what Playwright's `evaluate` takes.
        seconds: then Playwright's TimeoutError is raised.
    """
    from playwright.sync_api import Error, TimeoutError

    end = time.time() + seconds
    while time.time() < end:
        try:
            value = page.evaluate(_WAIT.replace("CONDITION", condition), [arg, 1000 * end])
        except Error as error:
            if "context was destroyed" not in error.message:
                raise
        else:
            if value:
                return value
    raise TimeoutError(f"in {seconds:g} s it was never so: {condition}")


def _executable() -> str | None:
    return shutil.which("chromium") or shutil.which("google-chrome")
