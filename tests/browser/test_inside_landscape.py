"""The view "Landscape" in the browser: it forms, a click is a network, and Back takes it back."""

import math
import re

from playwright.sync_api import Page, expect

from benchmarks.chromium import wait_for
from tests.browser.conftest import PHONE, App, go_within

CHART = ".st-key-inside_landscape_map"


LINK = "/inside?model=small&view=landscape&land_count=200"


def test_a_click_is_a_network_and_a_surface_is_turned(offline_app: App, page: Page) -> None:
    page.goto(f"{offline_app.url}{LINK}")
    a_click_is_a_network(page)
    page.set_viewport_size(PHONE)  # without a graphics card each pixel of a surface takes its time
    go_within(page, f"{LINK}&land_as=surface&land_camera=90,30,2")
    a_surface_is_turned_and_a_link_shows_it_so(page)


def a_click_is_a_network(page: Page) -> None:
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


def a_surface_is_turned_and_a_link_shows_it_so(page: Page) -> None:
    chart = page.locator(".st-key-inside_landscape_surface .live-chart")
    expect(chart.locator("canvas").first).to_be_visible()
    expect(page.get_by_role("button", name="Cancel")).to_be_hidden()
    eye = "chart => Object.values(chart._fullLayout.scene.camera.eye)"
    linked = chart.evaluate(eye)
    assert math.dist(linked, (0, math.sqrt(3), 1)) < 0.1
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 90, middle[1], steps=3)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"land_camera=(?!90)\d+(%2C|,)(29|30|31)(%2C|,)(1\.9|2)"))
    turned = chart.evaluate(eye)
    assert math.dist(turned, linked) > 0.3
    expect(page.get_by_role("slider", name="Turn")).not_to_have_attribute("aria-valuenow", "90")

    tilt = page.get_by_role("slider", name="Tilt")
    tilt.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"land_camera=\d+(%2C|,)(34|35|36)"))
    wait_for(page, f"chart => ({eye})(chart)[2] > {turned[2] + 0.05}", arg=chart.element_handle())
    page.go_back()
    page.go_back()
    expect(page).to_have_url(re.compile(r"land_camera=90(%2C|,)30(%2C|,)2$"))
    wait_for(
        page,
        f"chart => Math.abs(({eye})(chart)[0] - {linked[0]}) < 0.01",
        arg=chart.element_handle(),
    )
