"""What axe-core has to say about the pages, in both themes."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App
from ui.inside.views import VIEWS
from ui.train.watching.ways import WAYS

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]

NOT_OURS: dict[tuple[str, str], str] = {}
"""(rule, part of the element's HTML) -> why it is not ours to mend: inside Streamlit's widgets."""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_access(offline_app: App, browser: Browser, theme: str) -> None:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme=theme, reduced_motion="reduce"
    )
    page = context.new_page()
    found: list[str] = []

    page.goto(offline_app.url)
    expect(page.get_by_text("In a hurry?")).to_be_visible()
    found += violations(page, "home")

    page.goto(f"{offline_app.url}/train?dataset=digits&epochs=5&val_size=200")
    for group in ("More settings", "Augmentation"):
        page.get_by_text(group, exact=True).click()
    expect(page.get_by_role("button", name="Shuffle")).to_be_visible()
    page.get_by_role("textbox", name="Hidden layers").fill("many")
    page.get_by_role("textbox", name="Hidden layers").press("Enter")
    expect(page.get_by_role("alert").filter(has_text="whole numbers")).to_be_visible()
    found += violations(page, "train before a run")
    page.get_by_role("textbox", name="Hidden layers").fill("16")
    page.get_by_role("textbox", name="Hidden layers").press("Enter")
    page.get_by_role("button", name="Start training").click()
    expect(page.get_by_text(re.compile("Test accuracy"))).to_be_visible()
    found += violations(page, "train after a run")
    page.get_by_role("radio", name="Six sigmoid layers").click()
    expect(page.locator(".st-key-wrong_b .watch-health")).to_be_visible()
    for name, way in WAYS.items():
        page.get_by_role("radio", name=way.title, exact=True).first.click()
        expect(page.locator(f".st-key-watching .watch-{name}")).to_be_visible()
        found += violations(page, f"watching: {name}")
    page.get_by_text("Projector", exact=True).click()
    expect(page.get_by_role("combobox", name="Dataset")).to_be_hidden()
    found += violations(page, "train on a projector")

    page.goto(f"{offline_app.url}/evaluate")
    expect(page.get_by_text("Take it with you")).to_be_visible()
    expect(page.locator(".live-chart .main-svg").first).to_be_visible()
    found += violations(page, "evaluate")

    page.goto(f"{offline_app.url}/draw")
    expect(page.get_by_text("What the network sees")).to_be_visible()
    found += violations(page, "draw by hand")
    page.get_by_role("radio", name="From a file").click()
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible()
    found += violations(page, "draw from a file")

    for view in VIEWS:
        page.goto(f"{offline_app.url}/inside?model=small&view={view}")
        expect(page.get_by_text("from the image alone")).to_be_visible()
        found += violations(page, f"inside: {view}")
        open_all = "all => all.forEach((one) => { one.open = true; })"
        page.locator(".inside-numbers, .backwards details").evaluate_all(open_all)
        found += violations(page, f"inside: {view} with its tables")

    context.close()
    assert found == []


def violations(page: Page, where: str) -> list[str]:
    """What axe-core finds on the page as it is, one line each, without what is not ours."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    return [
        f"{where}: {rule['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for rule in Axe().run(page, options=options).response["violations"]
        for node in rule["nodes"]
        if not any(rule["id"] == known and part in node["html"] for known, part in NOT_OURS)
    ]
