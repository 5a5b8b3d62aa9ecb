"""The view "Landscape" in the browser: it forms, a click is a network, and Back takes it back."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import App

CHART = ".st-key-inside_landscape_map"


def test_a_click_is_a_network(offline_app: App, page: Page) -> None:
    page.goto(f"{offline_app.url}/inside?model=small&view=landscape&land_count=200")
    picture = page.locator(f"{CHART} .main-svg").first
    expect(picture).to_have_attribute("aria-label", re.compile("Loss on 200 test images: from "))
    expect(page.get_by_role("button", name="Cancel")).to_be_hidden()
    words = page.locator(".st-key-landscape_point")
    expect(words).to_contain_text("On 200 test images its loss is")
    before = words.inner_text()

    plot = page.locator(f"{CHART} .nsewdrag").first
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    corner = box["x"] + 0.9 * box["width"], box["y"] + 0.1 * box["height"]
    page.mouse.move(*corner)
    expect(page.locator(f"{CHART} .hoverlayer")).to_contain_text(
        re.compile(r"loss [\d.]+, .*right")
    )
    page.mouse.click(*corner)
    expect(page).to_have_url(re.compile(r"land_point=0\.\d+(%2C|,)0\.\d+"))
    expect(words).not_to_have_text(before, use_inner_text=True)

    across = page.get_by_role("spinbutton", name="x", exact=True)
    across.fill("0.25")
    across.press("Enter")
    expect(page).to_have_url(re.compile(r"land_point=0\.25(%2C|,)"))
    page.go_back()
    page.go_back()
    expect(page).not_to_have_url(re.compile("land_point"))
    expect(words).to_have_text(before, use_inner_text=True)
