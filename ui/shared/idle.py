"""What the server does once a page has been drawn, while its visitor reads."""

import gc
import importlib
import pkgutil
import threading
import time
from functools import cache
from types import ModuleType

import ui

DELAY_SECONDS = 1.0
"""By then a browser has all of the page. Earlier the server would be busy with this instead."""


@cache
def after_first_showing(page: str) -> None:
    """Make ready in a while for what comes next; once for each page, which itself goes on."""
    timer = threading.Timer(DELAY_SECONDS, _make_ready)
    timer.name = f"after {page}"
    timer.daemon = True
    timer.start()


def _make_ready() -> None:
    import_early()
    settle()
    go_on_with_trainings()


def import_early() -> None:
    """Import what the other pages use, which takes about a second.

    Not what a module of `ui` imports only when it is needed, such as scipy.ndimage: photos need it
    and few visitors choose them, but it would take 20 MB on every server.
    """
    imported("pandas")  # Streamlit imports it to show the drawing board
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        imported(module.name)


def go_on_with_trainings() -> None:
    """Let those that waited or trained when the last server ended go on, whichever page is shown
    first on this one."""
    imported("ui.runs.jobs").jobs()


def imported(name: str) -> ModuleType:
    """The module; asked for again where Python refused to import it.

    A page may import the same modules at this moment, and in another order: rather than let two
    threads wait for each other for ever, Python raises an error that has no public name in one.
    """
    while True:
        try:
            return importlib.import_module(name)
        except RuntimeError as error:
            if type(error).__name__ != "_DeadlockError":
                raise
            time.sleep(0.05)


def settle() -> None:
    """Take all that is loaded by now out of garbage collection.

    A full collection looks at all objects there are, for 55 ms with the modules of this app, in
    which nothing reaches any browser; after this it takes 3 ms. Modules that a page loads only when
    it is first shown count too, hence once for each page and not once at the start.
    """
    gc.collect()
    gc.freeze()
