"""Runs beside each other in the browser: a tap chooses images, a line grows where it stands."""

import re
from typing import Any

from playwright.sync_api import Page, expect

import nn
from nn.runs import RunWriter
from tests.browser.conftest import App
from tests.browser.test_story import STAYS
from tests.ui.compare.compare_page import write_run

CONFIG = nn.TrainingConfig(dataset="digits", hidden=(8,), epochs=9).to_dict()
CURVES = ".st-key-comparison .main-svg >> nth=0"


def test_a_comparison_fits_a_phone_and_follows_a_training(offline_app: App, phone: Page) -> None:
    runs = offline_app.folder / "runs"
    write_run(runs / "compared-zero", 0)
    write_run(runs / "compared-one", 1)
    told: dict[str, Any] = {"train_loss": 0.5, "train_accuracy": 0.9}
    with RunWriter(runs / "compared-young", CONFIG) as writer:
        writer.write("started", epochs=9)
        writer.write("epoch", 10, 1.0, **told)
        keys = "compared-zero,compared-one,compared-young"
        phone.goto(f"{offline_app.url}/runs?view=compare&compare={keys}")
        expect(phone.locator(CURVES)).to_have_attribute("aria-label", re.compile("0.5000 at 1"))
        phone.locator(".st-key-comparison .live-chart").evaluate("chart => chart.id = 'kept'")
        writer.write("epoch", 20, 2.0, **told | {"train_loss": 0.25})
        expect(phone.locator(CURVES)).to_have_attribute("aria-label", re.compile("0.2500 at 2"))
        expect(phone.locator("#kept .scatterlayer .trace")).to_have_count(3)
        writer.write("stopped", 20, 2.0)

    matrix = phone.locator(".st-key-agreement .nsewdrag")
    matrix.scroll_into_view_if_needed()
    matrix.evaluate(STAYS)
    box = matrix.bounding_box()
    assert box is not None
    # Right of the middle the second is wrong, above it the first is right.
    phone.touchscreen.tap(box["x"] + 0.75 * box["width"], box["y"] + 0.25 * box["height"])
    expect(phone).to_have_url(re.compile("images=second-wrong"))
    expect(phone.locator(".st-key-compared_images .card").first).to_contain_text("B: 1 ✗")
    table = phone.locator(".compare-table").first
    assert table.evaluate("table => table.scrollWidth > table.clientWidth")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
