"""What is different on a phone: room for one thing at a time, and a finger for a mouse."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


def test_a_tapped_cell_brings_its_images_into_sight(offline_app: App, phone: Page) -> None:
    phone.goto(f"{offline_app.url}/evaluate")
    area = phone.locator(".live-chart .nsewdrag").first
    expect(area).to_be_visible()
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box is not None
    phone.touchscreen.tap(box["x"] + 0.95 * box["width"], box["y"] + 0.45 * box["height"])
    words = phone.get_by_text("of 4 called 9")
    expect(words).to_be_in_viewport()
    expect(phone.locator(".hoverlayer .hovertext")).to_have_count(0)


def test_the_way_to_other_pages_has_a_word(offline_app: App, phone: Page) -> None:
    phone.goto(f"{offline_app.url}/draw")
    button = phone.get_by_test_id("stExpandSidebarButton")
    expect(button).to_be_visible()
    phone.wait_for_function(
        """() => getComputedStyle(document.querySelector(
          '[data-testid=stExpandSidebarButton]'), '::after').content === '"Pages"'"""
    )
    button.click()
    phone.get_by_role("link", name="Train", exact=True).click()
    expect(phone.get_by_role("heading", name="Train", exact=True)).to_be_visible()
