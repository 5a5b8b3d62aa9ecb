"""A server that nobody has visited yet: its first page, its menu, and MNIST, which it fetches."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import App, start_app
from tests.data.datasets.mirror import Mirror, arrays, idx_archives, write_torchvision
from ui.shared.pages import PAGES


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    """Where MNIST is published; it holds back the last file until it is told to go on."""
    mirror = Mirror()
    mirror.files = idx_archives(arrays("mnist"))
    mirror.hold = "t10k-labels-idx1-ubyte.gz"
    write_torchvision(tmp_path / "site", [mirror.url], mirror.files)
    yield mirror
    mirror.close()


@pytest.fixture
def new_app(tmp_path: Path, mirror: Mirror) -> Iterator[App]:
    app = start_app(
        tmp_path / "app",
        PYTHONPATH=str(tmp_path / "site"),
        SCRATCH_NN_DATA="",
        SCRATCH_NN_DOWNLOAD="",
        no_proxy="127.0.0.1",
    )
    yield app
    app.stop()


def test_from_the_first_link_to_a_page_to_mnist(new_app: App, mirror: Mirror, page: Page) -> None:
    a_link_to_a_page_can_be_the_first_request(new_app, page)
    the_menu_shows_where_the_keyboard_is(page)
    page.get_by_role("link", name="Train", exact=True).press("Enter")
    mnist_comes_while_one_chooses_settings(mirror, page)


def a_link_to_a_page_can_be_the_first_request(new_app: App, page: Page) -> None:
    """Beside a folder called pages/ a new server is in Streamlit's old multipage mode."""
    page.goto(f"{new_app.url}/draw?model=small")
    expect(page.get_by_role("heading", name="Draw")).to_have_count(1)
    expect(page).to_have_title("Draw · scratch-nn")
    expect(page.get_by_role("navigation").get_by_role("link")).to_have_count(len(PAGES))
    expect(page.get_by_role("combobox", name="Model")).to_have_value(re.compile("128-64"))
    assert page.url == f"{new_app.url}/draw?model=small"
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Draw a digit from 0 to 9")).to_have_count(1)


def the_menu_shows_where_the_keyboard_is(page: Page) -> None:
    current = page.get_by_role("link", name="Draw", exact=True)
    expect(current).to_have_css("outline-style", "none")
    page.get_by_role("link", name="Train", exact=True).focus()
    page.keyboard.press("Tab")
    focused = page.get_by_role("link", name="Evaluate", exact=True)
    expect(focused).to_be_focused()
    expect(focused).to_have_css("outline-style", "solid")
    expect(focused).to_have_css("outline-width", "2px")


def mnist_comes_while_one_chooses_settings(mirror: Mirror, page: Page) -> None:
    expect(page.get_by_text("MNIST is on its way")).to_be_visible()
    expect(page.get_by_text("Downloading MNIST: ")).to_be_visible()
    expect(page.get_by_role("button", name="Start training")).to_be_enabled()
    hidden = page.get_by_role("textbox", name="Hidden layers")
    hidden.fill("32, 16")
    hidden.press("Enter")
    expect(page.get_by_text("784 → 32 → 16 → 10")).to_be_visible()
    mirror.go_on.set()
    expect(page.get_by_text("MNIST is here now and chosen")).to_be_visible()
    expect(page.get_by_text("60,000 images to learn from")).to_be_visible()
    expect(hidden).to_have_value("32, 16")
    expect(page.get_by_text("MNIST is on its way")).to_have_count(0)
