"""What the server does once a page has been drawn, while its visitor reads."""

import gc
import importlib
import threading
from functools import cache

DELAY_SECONDS = 1.0
"""By then a browser has all of the page. Earlier the server would be busy with this instead."""

LOADED_EARLY = (
    "pandas",  # not for this app: Streamlit imports it to show the drawing board
    "ui.train.augmentation_preview",
    "ui.draw.board_marks",
    "ui.draw.correction",
    "ui.train.dataset_view",
    "ui.draw.drawing",
    "ui.draw.drawing_board",
    "ui.evaluate.evaluation",
    "ui.evaluate.choice",
    "ui.evaluate.csv_tables",
    "ui.figures.confusion",
    "ui.figures.curves",
    "ui.figures.number",
    "ui.figures.probabilities",
    "ui.evaluate.image_cards",
    "ui.draw.picture",
    "ui.draw.reading",
    "ui.train.run_view",
    "ui.draw.seen_image",
    "ui.train.settings_panel",
    "ui.draw.verdict",
)
"""Modules that the other pages use; importing them takes about a second.

Not scipy.ndimage, which photos need and few visitors choose: it would take 20 MB on every server.
"""


@cache
def after_first_showing(page: str) -> None:
    """Make ready in a while for what comes next; once for each page, which itself goes on."""
    timer = threading.Timer(DELAY_SECONDS, _make_ready)
    timer.name = f"after {page}"
    timer.daemon = True
    timer.start()


def _make_ready() -> None:
    for name in LOADED_EARLY:
        importlib.import_module(name)
    settle()


def settle() -> None:
    """Take all that is loaded by now out of garbage collection.

    Streamlit collects garbage after every run of a page or fragment. That looks at all objects
    there are, for 55 ms with the modules of this app, in which nothing reaches any browser; after
    this it takes 3 ms. Modules that a page loads only when it is first shown count too, hence
    once for each page and not once at the start.
    """
    gc.collect()
    gc.freeze()
