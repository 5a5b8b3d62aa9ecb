"""How soon the views of the page Inside answer, and what a frame costs while one draws."""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.app_browser import BusyTime, chromium, new_page
from benchmarks.app_server import server
from benchmarks.chromium import wait_for
from ui.inside.views import VIEWS

MODELS = ("small", "default")
QUIET_MILLISECONDS = 700
"""So long nothing may change on the page for an answer to be whole."""

# Tells when the page last changed: the time of its last mutation, once it is quiet.
_WATCH = """() => {
  window.changedAt = performance.now();
  new MutationObserver(() => { window.changedAt = performance.now(); }).observe(
    document.querySelector('[data-testid="stMain"]'),
    { subtree: true, childList: true, attributes: true, characterData: true });
}"""
_QUIET = f"() => performance.now() - window.changedAt > {QUIET_MILLISECONDS}"
_CLICK = """() => {
  window.changedAt = performance.now();
  window.askedAt = performance.now();
  document.querySelector('[data-testid="stNumberInputStepUp"]').click();
}"""
# Another image each frame, as while a pen draws, through the module that all parts share.
_DRAW = """async (frames) => {
  const scripts = performance.getEntriesByType("resource").map(({ name }) => name);
  const { current, setImage } = await import(scripts.find((name) => name.endsWith("/stage.js")));
  const first = current().image;
  for (let frame = 0; frame < frames; frame++) {
    setImage(first.map((pixel, place) => ((place + frame) % 7 ? pixel : 1 - pixel)));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }
}"""


@dataclass(frozen=True)
class ViewAnswers:
    """Of one view of one model.

    answers: seconds from the click on another image until the page has it, each.
    frame: seconds the page's main thread works for a frame while one draws.
    """

    model: str
    view: str
    answers: list[float]
    frame: float

    @property
    def median(self) -> float:
        return statistics.median(self.answers)


def view_answers(folder: Path, images: int, frames: int) -> Iterator[ViewAnswers]:
    """Look at so many images in each view, and draw for so many frames."""
    with chromium() as browser, server(folder) as app:
        for model in MODELS:
            for view in VIEWS:
                page = new_page(browser)
                page.goto(f"{app.url}/inside?model={model}&view={view}")
                page.wait_for_selector(".inside-pad-answer")
                page.evaluate(_WATCH)
                wait_for(page, _QUIET)
                yield ViewAnswers(
                    model, view, [_next_image(page) for _ in range(images)], _frame(page, frames)
                )
                page.context.close()


def _next_image(page: Page) -> float:
    page.evaluate(_CLICK)
    wait_for(page, _QUIET)
    milliseconds: float = page.evaluate("() => changedAt - askedAt")
    return milliseconds / 1000


def _frame(page: Page, frames: int) -> float:
    busy = BusyTime(page)
    page.evaluate(_DRAW, 3)
    before = busy.seconds()
    page.evaluate(_DRAW, frames)
    return (busy.seconds() - before) / frames
