"""What is around every page: the title of its tab, and the menu."""

import pytest
from playwright.sync_api import expect

TITLES = {"": "Home", "train": "Train", "evaluate": "Evaluate", "draw": "Draw"}


@pytest.mark.parametrize("path", TITLES)
def test_the_tab_says_which_page_it_shows(offline_app, page, path):
    page.goto(f"{offline_app.url}/{path}")
    expect(page).to_have_title(f"{TITLES[path]} · scratch-nn")


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
