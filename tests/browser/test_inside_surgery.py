"""The view "Surgery" in the browser: a click operates at once, what changed is looked at."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import App

WALL = ".inside-surgery canvas[tabindex]"


def test_a_click_a_key_back_and_an_image_that_changed(offline_app: App, page: Page) -> None:
    page.goto(f"{offline_app.url}/inside?model=small&view=surgery&surgery=cut-0-0_60")
    sides = page.locator(".inside-sides section").first.get_by_role("button")
    expect(sides.first).to_be_visible()
    first, second = page.locator(WALL).nth(0), page.locator(WALL).nth(1)
    box = first.bounding_box()
    assert box is not None
    first.click(position={"x": 4, "y": box["height"] - 4})  # twelve in a row
    words = page.locator(".inside-surgery-words")
    expect(words).to_contain_text("neuron 120")
    expect(page).to_have_url(re.compile("surgery=cut-0-0_60.120"))
    expect(words).to_contain_text("; cut")
    expect(page.get_by_text("Layer 1, neurons 0–60, 120: cut")).to_be_visible()

    second.focus()
    second.press("ArrowRight")
    expect(words).to_contain_text("neuron 1:")
    second.press(" ")
    expect(page).to_have_url(re.compile("surgery=cut-0-0_60.120(~|%7E)cut-2-1"))
    page.go_back()
    expect(page.get_by_text("Layer 2, neuron 1: cut")).to_have_count(0)

    name = sides.first.get_attribute("title") or ""
    number = re.findall(r"Test image (\d+)", name)[0]
    sides.first.click()
    expect(page.locator(".inside-pad-name")).to_contain_text(f"test image {number}")
    expect(page).to_have_url(re.compile(rf"image={number}\b"))
    expect(page).to_have_url(re.compile("surgery=cut-0-0_60.120"))
