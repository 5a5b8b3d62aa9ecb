"""The view "Through time" in the browser: a click on the chart, Back, and going on from there."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.chromium import wait_for
from nn.history import History
from tests.browser.conftest import App
from tests.ui.inside.test_moments import train

# Where a moment is on the screen, on the line of the class that is right.
POINT = """(place) => {
  const chart = document.querySelector(".live-chart");
  const line = chart?._fullData?.find(({ name }) => name.endsWith(", right"));
  if (!line) return null;
  const { xaxis, yaxis } = chart._fullLayout;
  const box = chart.getBoundingClientRect();
  return [box.left + xaxis._offset + xaxis.d2p(line.x[place]),
    box.top + yaxis._offset + yaxis.d2p(line.y[place])];
}"""


@pytest.fixture
def run(offline_app: App) -> Iterator[Path]:
    """The folder of a training that is over; other tests don't find it in their lists."""
    folder = train(offline_app.folder / "runs" / "through-time")
    yield folder
    shutil.rmtree(folder)


def test_a_click_on_a_moment_and_going_on(offline_app: App, page: Page, run: Path) -> None:
    steps = History(run).whole()["step"].tolist()
    page.goto(f"{offline_app.url}/inside?model=through-time&view=time")
    expect(page.get_by_text("moments that were kept")).to_be_visible()
    wait_for(page, f"({POINT})(0)")
    page.locator(".live-chart").scroll_into_view_if_needed()
    page.mouse.click(*page.evaluate(POINT, 5))
    expect(page).to_have_url(re.compile(f"at={steps[5]}\\b"))
    moment = page.locator(".moment-now")
    expect(moment).to_contain_text(f"step {steps[5]}")

    rate = page.get_by_role("spinbutton", name="Learning rate")
    rate.fill("0.03")
    rate.press("Enter")
    expect(page).to_have_url(re.compile("time_rate=0.03"))
    page.get_by_role("button", name="Go on from here").click()
    link = page.get_by_role("link", name="Compare both")
    expect(link).to_be_visible()
    [run_id] = re.findall("went_on=([^&]+)", page.url)
    name = (offline_app.folder / "runs" / run_id / "name.txt").read_text(encoding="utf-8").strip()
    assert name == f"step {steps[5]}, rate 0.03"
    link.click()
    expect(page.get_by_text(f"“{name}”").first).to_be_visible()
