"""The page Inside in the browser: its pad, which answers while one draws, and its history."""

import re

from playwright.sync_api import Page, expect

from ui.inside.drawing_link import from_text

ANSWER = ".inside-pad-answer"


def draw_a_one(page: Page, *, lift: bool = True) -> None:
    box = page.locator(".inside-pad canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 5
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 0.6 * box["height"], steps=12)
    if lift:
        page.mouse.up()


def test_the_pad_reads_along_and_a_link_shows_the_drawing_to_others(app, page, browser):
    page.goto(f"{app.url}/inside?model=small")
    expect(page.locator(ANSWER)).to_contain_text("Read as")
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

    other = browser.new_context().new_page()
    other.goto(page.url)
    expect(other.locator(ANSWER)).to_have_text(re.compile("^Read as 1, "))
    other.context.close()

    page.go_back()
    expect(page.locator(ANSWER)).to_have_text(seen)
    assert requests == []


def test_the_image_is_chosen_and_stays_in_sight_at_phone_width(app, page):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{app.url}/inside?model=small&image=7")
    expect(page.locator(".inside-pad-name")).to_contain_text("test image 7")
    page.get_by_role("button", name="A mistake").click()
    expect(page.locator(ANSWER)).to_have_text(re.compile(r"^Read as (\d), .*it is (?!\1)"))
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 10_000)")
    expect(page.locator(".inside-pad canvas")).to_be_in_viewport(ratio=0.9)
    widths = "[document.documentElement.scrollWidth, innerWidth]"
    scroll, width = page.evaluate(widths)
    assert scroll <= width
