"""A run for the last row: all of it on one screen, and a way back."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import App

SIZE = "metric => parseFloat(getComputedStyle(metric).fontSize)"


@pytest.mark.parametrize(("theme", "width", "height"), [("light", 1280, 720), ("dark", 1920, 1080)])
def test_the_whole_run_is_on_one_screen_in_large(
    offline_app: App, browser: Browser, theme: str, width: int, height: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
    page = context.new_page()
    page.goto(f"{offline_app.url}/train?dataset=digits&epochs=60&val_size=200")
    page.get_by_text("Projector", exact=True).click()
    page.wait_for_url(re.compile("projector=true"))
    main, chart = page.get_by_test_id("stMain"), page.locator(".live-chart").first
    expect(page.get_by_role("combobox", name="Dataset")).to_be_hidden()
    expect(chart.locator(".main-svg").first).to_be_visible()
    before = chart.bounding_box()
    page.get_by_role("button", name="Start training").click()

    expect(page.get_by_role("link", name="See its mistakes")).to_be_visible()
    front = page.get_by_test_id("stMetric").first
    expect(front).to_contain_text(re.compile(r"Test accuracy.*\d %"))
    assert front.get_by_test_id("stMetricValue").evaluate(SIZE) > width / 20
    assert chart.bounding_box() == before
    assert before is not None
    assert before["height"] > 0.5 * height
    assert main.evaluate("main => main.scrollHeight - main.clientHeight") == 0
    assert chart.evaluate("chart => chart._fullLayout.font.size") == 20

    page.reload()
    expect(front).to_contain_text("Test accuracy")
    page.get_by_text("Projector", exact=True).click()
    expect(page.get_by_role("combobox", name="Dataset")).to_be_visible()
    expect(page.get_by_text("GFLOP/s:")).to_be_visible()
    assert "projector" not in page.url
    context.close()
