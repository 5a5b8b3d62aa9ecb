"""One's own training, in several browsers: found again, watched, steered by the operator."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import LONG, OPERATOR_SECRET, App, stop_button


def secret(window: BrowserContext) -> str | None:
    """What a browser is known by."""
    cookies = {cookie["name"]: cookie for cookie in window.cookies()}
    return cookies.get("scratch_nn_browser", {}).get("value")


def start_and_pause(page: Page) -> None:
    """A training that is there, and costs nothing."""
    page.get_by_role("button", name="Start training").click()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()


def open_at_once(tabs: list[Page], address: str) -> None:
    for tab in tabs:
        tab.evaluate("url => void setTimeout(() => location.assign(url))", address)
    for tab in tabs:
        expect(tab.get_by_role("button", name="Start training")).to_be_enabled()


def test_a_training_is_found_again_watched_by_others_and_stopped_by_the_operator(
    offline_app: App, page: Page, stranger: Page, phone: Page
) -> None:
    # Two tabs that were opened at once are one browser.
    first = page.context.new_page()
    open_at_once([page, first], f"{offline_app.url}/train?{LONG}")
    start_and_pause(first)
    address = first.url
    assert "run=" in address
    assert "token=" not in address
    assert secret(page.context)
    first.close()

    again = page
    again.goto(f"{offline_app.url}/train")
    expect(again.get_by_text("yours")).to_be_visible()
    expect(stop_button(again)).to_be_visible()
    assert "token=" not in again.url

    watcher = stranger
    watcher.goto(address)
    expect(watcher.get_by_text("You are watching.")).to_be_visible()
    expect(stop_button(watcher)).to_have_count(0)
    operator = phone
    operator.goto(f"{offline_app.url}/operators")
    operator.get_by_role("textbox", name="Secret").fill(OPERATOR_SECRET)
    operator.get_by_role("button", name="Sign in").click()
    expect(operator.get_by_role("button", name="Sign out")).to_be_visible()
    assert OPERATOR_SECRET not in operator.url

    # All are here before the two minutes begin.
    again.get_by_role("button", name="Resume").click()
    again.get_by_role("button", name="Pause").click()
    expect(again.get_by_text("it gives way after two minutes")).to_be_visible()
    watcher.get_by_role("button", name="Start training").click()
    # Screen readers are told so too, a little later.
    place = watcher.get_by_role("paragraph").filter(has_text="Number 1 in line.")
    expect(place).to_be_visible()
    expect(watcher.get_by_text(re.compile(r"gives way in at most [012]:\d\d"))).to_be_visible()
    expect(again.get_by_text(re.compile(r"resume within [012]:\d\d"))).to_be_visible()

    expect(operator.get_by_role("heading", name="In line: 1")).to_be_visible()
    more = operator.get_by_role("button", name="More").first
    more.scroll_into_view_if_needed()
    more.press("Enter")  # the list renews itself, and may move just when it is pointed at
    operator.get_by_role("menuitem", name="Stop").click()
    expect(again.get_by_text(re.compile("^Stopped (at|in|before)"))).to_be_visible()
    expect(stop_button(watcher)).to_be_visible()

    stop_button(watcher).click()
    expect(watcher.get_by_text(re.compile("^Stopped (at|in|before)"))).to_be_visible()


def test_without_cookies_the_address_keeps_the_reins_and_the_link_to_share_does_not(
    offline_app: App, page: Page
) -> None:
    page.add_init_script(
        "Object.defineProperty(document, 'cookie', {get: () => '', set: () => {}})"
    )
    page.goto(f"{offline_app.url}/train?{LONG}")
    start_and_pause(page)
    expect(page).to_have_url(re.compile("token="))
    page.get_by_role("button", name="Share").click()
    # The tests' server listens to its own computer alone.
    expect(page.get_by_text("Others can't open it")).to_be_visible()
    link = page.get_by_test_id("stPopoverBody").get_by_text("/train?", exact=False).first
    expect(link).to_contain_text("run=")
    expect(link).not_to_contain_text("token=")
    page.reload()
    stop_button(page).click()
    expect(page.get_by_text(re.compile("^Stopped (at|in|before)"))).to_be_visible()
    assert secret(page.context) is None
