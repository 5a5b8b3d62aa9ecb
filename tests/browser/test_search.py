"""A search in the browser, from a link with its form to a training with the best settings."""

import re
from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.browser.conftest import TIMEOUT, App

FORM = (
    "base=Quick;data=digits;each=1;how=random;best=loss;prune=no;trials=8;minutes=5;"
    "learning_rate=log:0.01..0.2;hidden=8|16,8;dropout=0..0.2;activation=relu|tanh"
)
CHARTS = ("search_best", "search_parallel", "search_importance")


def test_a_search_on_a_phone(offline_app: App, phone: Page) -> None:
    phone.goto(f"{offline_app.url}/runs?view=searches&form={quote(FORM)}")
    phone.get_by_role("button", name="Start search").click()
    finished = phone.get_by_text("The search is finished. 8 trials: 8 finished.")
    expect(finished).to_be_visible(timeout=3 * TIMEOUT)  # eight trainings, one by one

    pictures = phone.locator(".live-chart .main-svg[role=img]")
    expect(pictures).to_have_count(len(CHARTS))
    expect(pictures.nth(1)).to_have_attribute("aria-label", re.compile("The best is trial"))
    chart = phone.locator(".st-key-search_coordinates")
    assert chart.evaluate("box => box.scrollWidth > box.clientWidth")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")

    phone.get_by_role("button", name="Compare the best three").click()
    expect(phone.locator(".st-key-comparison")).to_be_visible()
    phone.go_back()
    phone.get_by_role("button", name="Train the best on everything").click()
    expect(phone).to_have_url(re.compile(r"/train\?run="))
    expect(phone.locator(".st-key-run_name")).to_contain_text("Finished")
    phone.go_back()
    expect(finished).to_be_visible()
    phone.get_by_role("button", name="All searches").click()
    expect(phone.get_by_role("button", name="Start search")).to_be_visible()
