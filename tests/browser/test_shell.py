"""What is around every page: the title of its tab, and the menu."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import start_app
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


def test_the_tab_says_which_page_it_shows_and_none_is_wider_than_a_phone(offline_app, phone):
    for title in [page.title for page in PAGES]:
        path = "" if title == PAGES[0].title else title.lower().replace(" ", "_")
        phone.goto(f"{offline_app.url}/{path}")
        expect(phone).to_have_title(f"{title} · scratch-nn")
        expect(phone.get_by_text(LAST[title]).first).to_be_visible()
        main = phone.get_by_test_id("stMain")
        assert main.evaluate("main => main.scrollWidth <= main.clientWidth"), title


def test_the_menu_shows_where_the_keyboard_is(offline_app, page):
    page.goto(f"{offline_app.url}/draw")
    current = page.get_by_role("link", name="Draw", exact=True)
    expect(current).to_have_css("outline-style", "none")
    page.get_by_role("link", name="Train", exact=True).focus()
    page.keyboard.press("Tab")
    focused = page.get_by_role("link", name="Evaluate", exact=True)
    expect(focused).to_be_focused()
    expect(focused).to_have_css("outline-style", "solid")
    expect(focused).to_have_css("outline-width", "2px")


@pytest.fixture
def new_app(tmp_path):
    """A server that nobody has visited yet."""
    app = start_app(tmp_path, SCRATCH_NN_DATA="")
    yield app
    app.stop()


def test_a_link_to_a_page_can_be_the_first_request_to_a_server(new_app, page):
    """Beside a folder called pages/ a new server is in Streamlit's old multipage mode."""
    page.goto(f"{new_app.url}/draw?model=small")
    expect(page.get_by_role("heading", name="Draw")).to_have_count(1)
    expect(page).to_have_title("Draw · scratch-nn")
    expect(page.get_by_role("navigation").get_by_role("link")).to_have_count(len(PAGES))
    expect(page.get_by_role("combobox", name="Model")).to_have_value(re.compile("128-64"))
    assert page.url == f"{new_app.url}/draw?model=small"
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Draw a digit from 0 to 9")).to_have_count(1)
