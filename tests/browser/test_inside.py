"""The page Inside in the browser: its pad, which answers while one draws, and its history."""

import re

import numpy as np
from playwright.sync_api import Page, expect

from benchmarks.chromium import wait_for
from tests.browser.conftest import go_within
from ui.inside.drawing_link import from_text

ANSWER = ".inside-pad-answer"
PAD_FITS = """() => {
  const pad = document.querySelector(".st-key-inside_pad");
  const { top } = document.querySelector(".st-key-inside_images").getBoundingClientRect();
  const gap = top - pad.getBoundingClientRect().bottom;
  return pad.scrollHeight <= pad.clientHeight && gap >= 0 && gap < 40;
}"""
"""Whether all of the pad is seen, and what chooses another image follows it at once."""
CANVAS = "document.querySelector('.inside-pad canvas').toDataURL()"


def draw_a_one(page: Page, *, lift: bool = True) -> None:
    box = page.locator(".inside-pad canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 5
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 0.6 * box["height"], steps=12)
    if lift:
        page.mouse.up()


def draw_a_line(page: Page) -> None:
    """From left to right, at the bottom."""
    box = page.locator(".inside-pad canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 5, box["y"] + 0.8 * box["height"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 0.6 * box["width"], y, steps=12)
    page.mouse.up()


def wait_for_rest(page: Page) -> None:
    """The address is written before all of an answer has come."""
    state = page.get_by_test_id("stApp")
    expect(state).to_have_attribute("data-test-script-state", "notRunning")


def assert_strokes_are_on(page: Page) -> None:
    """The pad holds the strokes, and not an image of them alone."""
    expect(page.locator(".inside-pad-hint span")).to_have_text("")


def test_what_is_drawn_is_read_at_once_and_a_link_or_back_shows_it_again(offline_app, page):
    page.goto(f"{offline_app.url}/inside?model=small")
    the_pad_reads_along(page)
    back_shows_the_drawing_that_was_there_and_not_the_strokes_since(page)
    the_image_is_chosen_and_stays_in_sight_at_phone_width(page)


def the_pad_reads_along(page):
    expect(page.locator(ANSWER)).to_contain_text("Read as")
    wait_for_rest(page)
    seen = page.locator(ANSWER).inner_text()
    requests: list[str] = []
    page.on("websocket", lambda _: requests.append("new connection"))
    draw_a_one(page, lift=False)
    expect(page.locator(ANSWER)).to_have_text(re.compile("^Read as 1, "))  # the pen is still down
    expect(page).not_to_have_url(re.compile("drawing"))
    page.mouse.up()
    expect(page).to_have_url(re.compile("drawing=[A-Za-z0-9_-]{30}"))
    expect(page.locator(".inside-pad-name")).to_contain_text("your drawing")
    drawn = from_text(page.url.split("drawing=")[1].split("&")[0])
    assert drawn.sum() > 5_000  # of 255 for each pixel of ink

    page.go_back()
    expect(page.locator(ANSWER)).to_have_text(seen)
    assert requests == []


def back_shows_the_drawing_that_was_there_and_not_the_strokes_since(page):
    go_to_image(page, 5)
    draw_a_one(page)
    expect(page).to_have_url(re.compile("drawing="))
    first = page.url
    assert_strokes_are_on(page)
    draw_a_line(page)
    expect(page).not_to_have_url(first)
    assert_strokes_are_on(page)
    wait_for_rest(page)
    page.go_back()
    expect(page).to_have_url(first)

    other = page.context.new_page()
    other.goto(first)
    expect(other.locator(ANSWER)).to_have_text(re.compile("^Read as 1, "))
    wait_for_rest(other)
    shown, answer = other.evaluate(CANVAS), other.locator(ANSWER).inner_text()
    wait_for(page, f"shown => {CANVAS} === shown", arg=shown)
    expect(page.locator(ANSWER)).to_have_text(answer)
    other.close()

    draw_a_line(page)  # which is a drawing of its own
    expect(page).not_to_have_url(first)
    line = from_text(page.url.split("drawing=")[1].split("&")[0])
    assert np.ptp(np.flatnonzero(line.any(axis=1))) < 5 < np.ptp(np.flatnonzero(line.any(axis=0)))


def the_image_is_chosen_and_stays_in_sight_at_phone_width(page):
    page.set_viewport_size({"width": 390, "height": 800})
    go_to_image(page, 7)
    page.get_by_role("button", name="A mistake").click()
    expect(page.locator(ANSWER)).to_have_text(re.compile(r"^Read as (\d), .*it is (?!\1)"))
    for width in (390, 320):  # where the name of the image takes two lines
        page.set_viewport_size({"width": width, "height": 800})
        wait_for(page, f"({PAD_FITS})()")
    page.set_viewport_size({"width": 390, "height": 800})
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 10_000)")
    expect(page.locator(".inside-pad canvas")).to_be_in_viewport(ratio=0.9)
    widths = "[document.documentElement.scrollWidth, innerWidth]"
    scroll, width = page.evaluate(widths)
    assert scroll <= width


def go_to_image(page: Page, number: int) -> None:
    go_within(page, f"/inside?model=small&image={number}")
    expect(page.locator(".inside-pad-name")).to_contain_text(f"test image {number}")
    wait_for_rest(page)
