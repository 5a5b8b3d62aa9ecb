"""What is different on a phone: room for one thing at a time, and a finger for a mouse."""

import re

from playwright.sync_api import FloatRect, Page, expect

from benchmarks.chromium import wait_for
from tests.browser.conftest import App, is_as_wide_as_the_screen
from tests.browser.test_story import ONE, SEVEN, STAYS, draw
from ui.how.exercises import EXERCISES
from ui.shared.pages import PAGES

LAST = {
    "Home": "In a hurry?",
    "How it works": f"Answer to {len(EXERCISES)}",
    "Train": "More settings",
    "Evaluate": "Take it with you",
    "Draw": "What the network sees",
    "Inside": "from the image alone",
    "Playground": "Take it along",
    "Runs": "Open a run from a file",
}
"""What is written at the end of each page."""


def test_the_menu_leads_to_all_pages_and_none_is_wider_than_a_phone(
    offline_app: App, phone: Page
) -> None:
    phone.goto(f"{offline_app.url}/{_path(PAGES[-1].title)}")
    further = {
        "Evaluate": a_tapped_cell_brings_its_images_into_sight,
        "Draw": the_board_takes_all_the_width_there_is,
    }
    first = PAGES[-1].title
    for title in [first, *(page.title for page in PAGES[:-1])]:
        if title != first:
            go_to(phone, title)
        expect(phone).to_have_title(f"{title} · scratch-nn")
        address = re.escape(f"{offline_app.url}/{_path(title)}")
        expect(phone).to_have_url(re.compile(rf"^{address}(\?|$)"))
        expect(phone.get_by_text(LAST[title]).first).to_be_visible()
        assert is_as_wide_as_the_screen(phone), title
        if title in further:
            further[title](phone)


def go_to(phone: Page, title: str) -> None:
    """By the menu, to which a word leads."""
    button = phone.get_by_test_id("stExpandSidebarButton")
    expect(button).to_be_visible()
    wait_for(
        phone,
        """() => getComputedStyle(document.querySelector(
          '[data-testid=stExpandSidebarButton]'), '::after').content === '"Pages"'""",
    )
    button.click()
    phone.get_by_test_id("stSidebar").get_by_role("link", name=title, exact=True).click()
    phone.get_by_role("button", name="Collapse sidebar").click()
    expect(button).to_be_visible()


def a_tapped_cell_brings_its_images_into_sight(phone: Page) -> None:
    area = phone.locator(".live-chart .nsewdrag").first
    expect(area).to_be_visible()
    area.scroll_into_view_if_needed()
    area.evaluate(STAYS)
    box = area.bounding_box()
    assert box is not None
    phone.touchscreen.tap(box["x"] + 0.95 * box["width"], box["y"] + 0.45 * box["height"])
    words = phone.get_by_text("of 4 called 9")
    expect(words).to_be_in_viewport()
    expect(phone.locator(".hoverlayer .hovertext")).to_have_count(0)


def the_board_takes_all_the_width_there_is(phone: Page) -> None:
    board = phone.locator(".st-key-drawing_board")
    expect(board).to_be_visible()
    # Parts come to their places while the page is still being told of them.
    wait_for(
        phone,
        """() => {
          const [title, board] = ["draw_title", "drawing_board"].map(
            (key) => document.querySelector(`.st-key-${key}`).getBoundingClientRect());
          const [pen, below] = ["pen_width", "recognition"].map(
            (key) => document.querySelector(`.st-key-${key}`).getBoundingClientRect());
          return title.x === board.x && title.width === board.width && below.y - pen.bottom < 20;
        }""",
    )
    place = box_of(phone, ".st-key-drawing_board")
    # The seven reaches to where the strip beside the board was, nearly to its edge.
    draw(phone, ONE)
    draw(phone, [(x + place["width"] - 236, y) for x, y in SEVEN])
    expect(phone.get_by_role("heading", name="17", exact=True)).to_be_visible()
    mark = box_of(phone, ".board-marks div:last-of-type")
    assert mark["x"] + mark["width"] > place["x"] + place["width"] - 20


def box_of(phone: Page, selector: str) -> FloatRect:
    box = phone.locator(selector).bounding_box()
    assert box is not None
    return box


def _path(title: str) -> str:
    return "" if title == PAGES[0].title else title.lower().replace(" ", "_")
