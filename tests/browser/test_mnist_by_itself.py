"""MNIST comes by itself where it is missing: the app as a visitor sees it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import start_app
from tests.data.datasets.mirror import Mirror, arrays, idx_archives, write_torchvision


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    """Where MNIST is published; it holds back the last file until it is told to go on."""
    mirror = Mirror()
    mirror.files = idx_archives(arrays("mnist"))
    mirror.hold = "t10k-labels-idx1-ubyte.gz"
    write_torchvision(tmp_path / "site", [mirror.url], mirror.files)
    yield mirror
    mirror.close()


def test_mnist_comes_while_one_chooses_settings(tmp_path: Path, mirror: Mirror, page: Page) -> None:
    app = start_app(
        tmp_path / "app",
        PYTHONPATH=str(tmp_path / "site"),
        SCRATCH_NN_DATA="",
        SCRATCH_NN_DOWNLOAD="",
        no_proxy="127.0.0.1",
    )
    try:
        page.goto(f"{app.url}/train")
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
    finally:
        app.stop()
