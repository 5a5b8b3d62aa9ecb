"""Real browsers among a crowd: one draws, one watches a training, one changes pages."""

import re
import time
from collections.abc import Callable, Sequence

from playwright.sync_api import ConsoleMessage, Error, Page, expect, sync_playwright

from benchmarks.chromium import launch, wait_for

PATIENCE = 60.0
PAUSE = 2.0
"""Seconds between two rounds."""
_MENU = ("Train", "Evaluate", "Runs", "How it works", "Home")
_CHART = "() => !!document.querySelector('.live-chart .main-svg')"

Act = Callable[[Page], None]


def browse(url: str, seconds: float, runs: Sequence[str]) -> list[str]:
    """Let three browsers act for so long; what went wrong, in words.

    Args:
        url: of the app.
        seconds: they finish what they have begun by then.
        runs: trainings, the last of which one of them watches; others may add to it meanwhile.
    """
    faults: list[str] = []
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        acts: list[tuple[Page, Act]] = []
        for begin in (_drawing, _watching(runs), _clicking):
            page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
            page.set_default_timeout(1000 * PATIENCE)
            _listen(page, faults)
            acts.append((page, begin(page, url)))
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            for page, act in acts:
                try:
                    act(page)
                except (Error, AssertionError) as error:
                    faults.append(f"a browser at {page.url}: {str(error).splitlines()[0]}")
                    ends = 0.0
            time.sleep(PAUSE)
        faults += [f"a browser at {page.url} shows an error" for page, _ in acts if _fails(page)]
        chromium.close()
    return faults


def _listen(page: Page, faults: list[str]) -> None:
    """Note what goes wrong in the page's scripts."""

    def hear(said: ConsoleMessage) -> None:
        # Streamlit looks for its server below the page's own address first.
        if said.type == "error" and "/_stcore/" not in said.location.get("url", ""):
            faults.append(f"a console: {said.text}")

    page.on("pageerror", lambda error: faults.append(f"a browser's script: {error}"))
    page.on("console", hear)


def _fails(page: Page) -> bool:
    return page.locator('[data-testid="stException"]').count() > 0


def _drawing(page: Page, url: str) -> Act:
    """A one, drawn with the mouse; its answer is read, and the board cleared."""
    page.goto(f"{url}/draw")

    def act(page: Page) -> None:
        board = page.locator(".upper-canvas").first
        board.scroll_into_view_if_needed()
        box = board.bounding_box()
        assert box is not None, "there is no board"
        x, y = box["x"] + box["width"] / 2, box["y"]
        page.mouse.move(x, y + 0.25 * box["height"])
        page.mouse.down()
        page.mouse.move(x, y + 0.75 * box["height"], steps=12)
        page.mouse.up()
        answer = page.get_by_role("heading", name="1", exact=True)
        expect(answer).to_be_visible(timeout=1000 * PATIENCE)
        page.get_by_role("button", name="Clear").click()
        expect(answer).to_have_count(0, timeout=1000 * PATIENCE)

    return act


def _watching(runs: Sequence[str]) -> Callable[[Page, str], Act]:
    """The page of a training, with its charts; it stays that training's."""

    def begin(page: Page, url: str) -> Act:
        run = ""
        page.goto(f"{url}/train")

        def act(page: Page) -> None:
            nonlocal run
            if runs and not run:
                run = runs[-1]
                page.goto(f"{url}/train?run={run}")
            wait_for(page, _CHART, seconds=PATIENCE)
            assert f"run={run}" in page.url or not run, "another training is shown"

        return act

    return begin


def _clicking(page: Page, url: str) -> Act:
    """From page to page by the menu."""
    page.goto(url)
    turn = 0

    def act(page: Page) -> None:
        nonlocal turn
        title = _MENU[turn % len(_MENU)]
        turn += 1
        page.get_by_role("link", name=re.compile(f"^{title}$")).first.click()
        expect(page).to_have_title(re.compile(f"^{title} "), timeout=1000 * PATIENCE)

    return act
