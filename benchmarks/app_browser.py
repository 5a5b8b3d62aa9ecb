"""Chromium in front of the app, and how long it takes until a page is drawn."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.chromium import launch, wait_for

TITLES = ("Home", "Train", "Evaluate", "Draw")

# The last words of each page and what it draws, wherever that is: components have shadow roots.
_SCRIPT = """
window.find = (selector, root = document) => {
  const found = [...root.querySelectorAll(selector)];
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) found.push(...find(selector, element.shadowRoot));
  }
  return found;
};
const says = (...words) => words.every((word) => document.body?.innerText.includes(word));
const charts = (count) => {
  const found = document.querySelectorAll(".live-chart");
  return found.length === count && [...found].every((chart) => chart.querySelector(".main-svg"));
};
window.drawn = {
  Home: () => says("In a hurry?", "Draw a digit") &&
    [...document.querySelectorAll(".st-key-network_picture *")].some(
      (element) => element.shadowRoot?.querySelector("svg")),
  Train: () => says("Start training", "More settings", "Training loss") && charts(2),
  Evaluate: () => says("Take it with you") && charts(1),
  Draw: () => says("What the network sees") && charts(1) && find(".upper-canvas").length,
};
addEventListener("click", () => { window.clickedAt = Date.now(); }, { capture: true });
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that has been started a moment ago, and has visited nothing."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def new_page(browser: Browser) -> Page:
    """An empty page of a visitor whom nobody knows."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(_SCRIPT)
    return page


def wait_until_drawn(page: Page, title: str) -> float:
    """Wait until the frame in which all of a page stands there; returns when that was (Unix)."""
    drawn = wait_for(page, f"() => drawn.{title}() ? Date.now() : 0")
    moment: float = drawn / 1000
    return moment


def go_to(page: Page, title: str) -> float:
    """Click on a page in the menu; returns the seconds from the click until it is drawn."""
    page.get_by_role("link", name=re.compile(f"^{title}$")).first.click()
    moment = wait_until_drawn(page, title)
    clicked: float = page.evaluate("clickedAt")
    return moment - clicked / 1000


class BusyTime:
    """Tells for how long the main thread of a page has worked."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "timeTicks"})

    def seconds(self) -> float:
        """Since it was asked for first."""
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        value: float = next(m["value"] for m in metrics if m["name"] == "TaskDuration")
        return value
