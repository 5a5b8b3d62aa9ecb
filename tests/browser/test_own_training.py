"""One's own training, in several browsers: found again, watched, steered by the operator."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import OPERATOR_SECRET, TIMEOUT, App, stop_button

LONG = "dataset=digits&epochs=200&hidden=1024&batch_size=8"
"""Settings of a training that lasts longer than a test."""


@pytest.fixture
def open_browser(browser: Browser) -> Iterator["type[Visitor]"]:
    contexts: list[BrowserContext] = []

    class One(Visitor):
        def __init__(self) -> None:
            contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}))
            super().__init__(contexts[-1])

    yield One
    for context in contexts:
        context.close()


class Visitor:
    """A browser with cookies of its own, which opens tabs."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.errors: list[str] = []

    def tab(self, url: str | None = None) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(TIMEOUT)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        if url is not None:
            page.goto(url)
        return page

    def secret(self) -> str | None:
        cookies = {cookie["name"]: cookie for cookie in self.context.cookies()}
        return cookies.get("scratch_nn_browser", {}).get("value")


def test_a_training_is_found_again_watched_by_others_and_stopped_by_the_operator(
    offline_app: App, open_browser: type[Visitor]
) -> None:
    mine, other, teacher = open_browser(), open_browser(), open_browser()
    first = mine.tab(f"{offline_app.url}/train?{LONG}")
    first.get_by_role("button", name="Start training").click()
    expect(stop_button(first)).to_be_visible()
    address = first.url
    assert "run=" in address
    assert "token=" not in address
    first.close()

    again = mine.tab(f"{offline_app.url}/train")
    expect(again.get_by_text("yours")).to_be_visible()
    expect(stop_button(again)).to_be_visible()
    assert "token=" not in again.url

    watcher = other.tab(address)
    expect(watcher.get_by_text("You are watching.")).to_be_visible()
    expect(stop_button(watcher)).to_have_count(0)

    again.get_by_role("button", name="Pause").click()
    expect(again.get_by_text("it gives way after two minutes")).to_be_visible()
    watcher.get_by_role("button", name="Start training").click()
    expect(watcher.get_by_text("Number 1 in line.")).to_be_visible()
    expect(watcher.get_by_text(re.compile(r"gives way in at most [12]:\d\d"))).to_be_visible()
    expect(again.get_by_text(re.compile(r"resume within [12]:\d\d"))).to_be_visible()

    operator = teacher.tab(f"{offline_app.url}/operators")
    operator.get_by_role("textbox", name="Secret").fill(OPERATOR_SECRET)
    operator.get_by_role("button", name="Sign in").click()
    expect(operator.get_by_role("heading", name="In line: 1")).to_be_visible()
    assert OPERATOR_SECRET not in operator.url
    operator.get_by_role("button", name="More").first.click()
    operator.get_by_role("menuitem", name="Stop").click()
    expect(again.get_by_text(re.compile("^Stopped (at|in|before)"))).to_be_visible()
    expect(stop_button(watcher)).to_be_visible()

    stop_button(watcher).click()
    expect(watcher.get_by_text(re.compile("^Stopped (at|in|before)"))).to_be_visible()
    for visitor in (mine, other, teacher):
        assert visitor.errors == []


def test_two_tabs_opened_at_once_are_one_browser(
    offline_app: App, open_browser: type[Visitor]
) -> None:
    visitor = open_browser()
    tabs = [visitor.tab(), visitor.tab()]
    for tab in tabs:
        tab.evaluate(
            "url => void setTimeout(() => location.assign(url))", f"{offline_app.url}/train"
        )
    for tab in tabs:
        expect(tab.get_by_role("button", name="Start training")).to_be_enabled()
    tabs[0].goto(f"{offline_app.url}/train?{LONG}")
    tabs[0].get_by_role("button", name="Start training").click()
    expect(stop_button(tabs[0])).to_be_visible()
    tabs[1].goto(tabs[0].url)
    expect(tabs[1].get_by_text("yours")).to_be_visible()
    stop_button(tabs[1]).click()
    expect(tabs[0].get_by_text(re.compile("^Stopped (at|in|before)"))).to_be_visible()
    assert visitor.secret()


def test_without_cookies_the_address_keeps_the_reins(
    offline_app: App, open_browser: type[Visitor]
) -> None:
    visitor = open_browser()
    visitor.context.add_init_script(
        "Object.defineProperty(document, 'cookie', {get: () => '', set: () => {}})"
    )
    page = visitor.tab(f"{offline_app.url}/train?{LONG}")
    page.get_by_role("button", name="Start training").click()
    expect(stop_button(page)).to_be_visible()
    expect(page).to_have_url(re.compile("token="))
    page.reload()
    stop_button(page).click()
    expect(page.get_by_text(re.compile("^Stopped (at|in|before)"))).to_be_visible()
    assert visitor.secret() is None


def test_the_link_to_share_has_a_code_and_no_token(
    offline_app: App, open_browser: type[Visitor], tmp_path: Path
) -> None:
    page = open_browser().tab(f"{offline_app.url}/train?epochs=60")
    page.get_by_role("button", name="Share").click()
    # The tests' server listens to its own computer alone.
    expect(page.get_by_text("Others can't open it")).to_be_visible()
    expect(page.get_by_text("/train?epochs=60", exact=False).first).to_be_visible()
