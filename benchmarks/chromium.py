"""The browser, for pictures, measurements and the tests of the app."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Playwright

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


def _executable() -> str | None:
    return shutil.which("chromium") or shutil.which("google-chrome")
