"""A run for the last row: all of it on one screen, and a way back."""

import re

from playwright.sync_api import FloatRect, Page, expect

from tests.browser.conftest import LONG, App, go_within, stop_button
from tests.browser.test_story import STAYS

CHART = ".st-key-projector_stage .live-chart"
OVERFLOW = "main => main.scrollHeight - main.clientHeight"
LINES = """text => Math.round(
  text.getBoundingClientRect().height / parseFloat(getComputedStyle(text).lineHeight)
)"""
SIZE = "metric => parseFloat(getComputedStyle(metric).fontSize)"


SCREENS = (("light", 1280, 720), ("dark", 1920, 1080))


def test_the_whole_run_is_on_one_screen_in_large(offline_app: App, page: Page) -> None:
    page.goto(f"{offline_app.url}/train?dataset=digits&epochs=2&val_size=200")
    page.get_by_text("Projector", exact=True).click()
    page.wait_for_url(re.compile("projector=true"))
    expect(page.get_by_role("combobox", name="Dataset")).to_be_hidden()
    before = stages(page)
    page.get_by_role("button", name="Start training").click()

    expect(page.get_by_role("link", name="See its mistakes")).to_be_visible()
    front = page.get_by_test_id("stMetric").first
    expect(front).to_contain_text(re.compile(r"Test accuracy.*\d\s%"))
    assert stages(page) == before
    assert front.get_by_test_id("stMetricValue").evaluate(SIZE) > page.evaluate("innerWidth") / 20
    chart = page.locator(CHART).first
    assert chart.evaluate("chart => chart._fullLayout.font.size") == 20

    other = page.context.new_page()
    other.goto(f"{offline_app.url}/train?{LONG}")
    other.get_by_role("button", name="Start training").click()
    other.get_by_role("button", name="Pause").click()
    expect(other.get_by_role("button", name="Resume")).to_be_visible()
    page.mouse.move(0, 0)  # from the button, which says the same
    go_within(page, page.url)
    expect(front).to_contain_text("Test accuracy")
    expect(page.get_by_text("joins the line behind one other")).to_be_visible()
    assert stages(page) == before
    expect(page.get_by_test_id("stMetric").last).to_be_in_viewport(ratio=1)
    assert page.locator(".st-key-run_name p").evaluate(LINES) == 1
    stop_button(other).click()
    expect(other.get_by_role("link", name="See its mistakes")).to_be_visible()
    page.get_by_text("Projector", exact=True).click()
    expect(page.get_by_role("combobox", name="Dataset")).to_be_visible()
    expect(page.get_by_text("GFLOP/s:")).to_be_visible()
    assert "projector" not in page.url
    other.close()


def stages(page: Page) -> list[FloatRect | None]:
    """Where the first chart stands on each screen: large, and all of the page in sight."""
    places = []
    for theme, width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)
        chart = page.locator(CHART).first
        expect(chart.locator(".main-svg").first).to_be_visible()
        chart.evaluate(STAYS)
        place = chart.bounding_box()
        assert place is not None
        assert place["height"] > 0.5 * height
        assert page.get_by_test_id("stMain").evaluate(OVERFLOW) == 0
        places.append(place)
    return places
