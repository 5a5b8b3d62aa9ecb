"""What a training's page says of it while it goes on."""

import re
import time

from playwright.sync_api import Locator, expect

from benchmarks.chromium import wait_for
from tests.browser.conftest import stop_button


def test_a_training_that_learns_nothing_says_so_and_is_followed(offline_app, page):
    page.goto(
        f"{offline_app.url}/train?dataset=digits&initializer=Zeros&epochs=200&hidden=2048,512"
    )
    expect(page.get_by_role("button", name="Start training")).to_be_enabled()
    page.get_by_role("button", name="Start training").click()
    loss = page.locator(".live-chart").first
    wait_for(page, "chart => chart.data?.[0]?.x?.length > 0", arg=loss.element_handle())
    top = top_of(loss)
    expect(
        page.get_by_role("paragraph").filter(has_text="all weights began at zero")
    ).to_be_visible()
    assert top_of(loss) == top  # nothing has moved

    page.get_by_text("Logarithmic loss", exact=True).click()
    page.get_by_text("Learning rate in the chart", exact=True).click()
    wait_for(
        page,
        "chart => chart._fullLayout.yaxis.type === 'log' && chart._fullLayout.yaxis2",
        arg=loss.element_handle(),
    )

    # Screen readers hear of it now and then, however often the page changes.
    region = page.get_by_role("status").filter(has_text="Epoch")
    expect(region).to_contain_text(re.compile(r"Epoch \d+ of 200, training loss 2\.30\d\d, "))
    began = time.monotonic()
    region.evaluate("""element => {
        window.said = 0;
        new MutationObserver(() => { window.said += 1; })
            .observe(element, { childList: true, characterData: true, subtree: true });
    }""")
    shown = loss.evaluate("chart => chart.data[0].x.at(-1)")
    wait_for(
        page,
        "([chart, shown]) => chart.data[0].x.at(-1) > shown + 1",
        arg=[loss.element_handle(), shown],
    )
    # Every 5 seconds, and once more for what was on its way; the chart changes twice a second.
    assert page.evaluate("window.said") <= 2 + (time.monotonic() - began) / 5
    noticed = page.get_by_role("status").filter(has_text="all weights began at zero")
    expect(noticed).to_have_count(1)

    page.get_by_role("link", name="Evaluate", exact=True).first.click()
    expect(page.get_by_text("Still training")).to_be_visible()
    box = page.get_by_role("combobox", name="Model")
    expect(box).to_have_value(re.compile("784-2048-512-10"))
    page.go_back()

    stop_button(page).click()
    ending = page.get_by_test_id("stAlert").filter(has_text="Stopped at epoch")
    expect(ending).to_contain_text(
        re.compile(r"Test accuracy \d+\.\d\s%.*all weights began at zero")
    )


def top_of(chart: Locator) -> float:
    box = chart.bounding_box()
    assert box is not None
    return box["y"]
