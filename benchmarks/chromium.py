"""The browser, for pictures, measurements and the tests of the app."""

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

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
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    return playwright.chromium.launch(executable_path=executable, args=FLAGS)
