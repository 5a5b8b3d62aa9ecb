"""What axe-core has to say about the Train page in all its states, and the operators' page."""

import re

from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import LONG, OPERATOR_SECRET, App, go_within, stop_button
from ui.train.watching.ways import WAYS

RUN = ".st-key-train_run"
"""The part of the Train page that changes with the run."""
WATCHING, WRONG = ".st-key-watching", ".st-key-what_goes_wrong"
"""Those of it that change with what is watched."""


def test_train_and_operators_break_no_rule_of_access(offline_app: App, still: Page) -> None:
    page, found = still, []
    page.goto(f"{offline_app.url}/train?epochs=many&run=gone&wrong=nothing&watch=nothing")
    expect(page.get_by_test_id("stAlert").filter(has_text="link")).to_have_count(4)
    for group in ("More settings", "Augmentation"):
        page.get_by_text(group, exact=True).click()
    expect(page.get_by_role("button", name="Shuffle")).to_be_visible()
    page.get_by_role("textbox", name="Hidden layers").fill("many")
    page.get_by_role("textbox", name="Hidden layers").press("Enter")
    expect(page.get_by_role("alert").filter(has_text="whole numbers")).to_be_visible()
    found += violations(page, "train by a bad link, before a run")

    page.goto(f"{offline_app.url}/train?{LONG}&val_size=200")
    page.get_by_role("button", name="Start training").click()
    expect(page.get_by_test_id("stMetricValue").first).to_contain_text("0.")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    page.get_by_text("Your trainings", exact=True).click()
    expect(page.get_by_text("Your browser knows")).to_be_visible()
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_text("Whoever opens this link")).to_be_visible()
    found += violations(page, "train while it rests, with the lists open")
    page.keyboard.press("Escape")
    expect(page.get_by_text("Whoever opens this link")).to_have_count(0)
    stop_button(page).click()
    expect(page.get_by_text(re.compile("Test accuracy"))).to_be_visible()
    part = RUN  # the settings beside it were looked at
    for name, way in WAYS.items():
        page.get_by_role("radio", name=way.title, exact=True).first.click()
        expect(page.locator(f".st-key-watching .watch-{name}")).to_be_visible()
        found += violations(page, f"train after a run, watching: {name}", part)
        part = WATCHING  # the rest is the same
    page.get_by_role("radio", name="Curves", exact=True).click()
    page.get_by_role("radio", name="Six sigmoid layers").click()
    expect(page.locator(".st-key-wrong_b .watch-health")).to_be_visible()
    found += violations(page, "train, what goes wrong", WRONG)
    page.get_by_text("Projector", exact=True).click()
    expect(page.get_by_role("combobox", name="Dataset")).to_be_hidden()
    found += violations(page, "train on a projector")

    go_within(page, "/operators")
    page.get_by_role("textbox", name="Secret").fill(OPERATOR_SECRET)
    found += violations(page, "the operator's entrance")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    found += violations(page, "operators")
    assert found == []
