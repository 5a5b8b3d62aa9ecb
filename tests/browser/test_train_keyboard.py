"""The Train page with the keyboard alone: the focus is kept, and what is typed counts."""

import json
import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import SAID_BELOW, App

EPOCHS = '[data-testid="stSlider"]:has-text("Epochs") input'
HELP = "() => document.activeElement.getAttribute('aria-label')?.match(/^Help for .*/)?.[0]"


def test_a_training_from_start_to_end_with_the_keyboard(offline_app: App, page: Page) -> None:
    # It lasts, and there is room for more epochs.
    page.goto(
        f"{offline_app.url}/train?dataset=digits&epochs=150&hidden=2048,512&batch_size=8&momentum=0.5"
    )
    main = page.get_by_test_id("stMain")
    start = main.get_by_role("button", name="Start training")
    epochs = page.locator(EPOCHS).first
    epochs.focus()
    before = int(epochs.input_value())
    for _ in range(10):  # as fast as it goes, while the page answers
        page.keyboard.press("ArrowRight")
    expect(epochs).to_have_value(str(before + 10))
    page.wait_for_url(f"**epochs={before + 10}*")
    expect(epochs).to_have_value(str(before + 10))

    for _ in range(60):
        page.keyboard.press("Tab")
        label = page.evaluate(HELP)
        if label:
            break
    # Those of fields are passed by; a number has no field that would lead to its own.
    assert label == "Help for Training loss"

    expect(start).to_be_enabled()
    start.press("Enter")
    pause, stop = (main.get_by_role("button", name=name) for name in ("Pause", "Stop"))
    expect(pause).to_be_focused()
    run_id = re.findall(r"[?&]run=([^&]+)", page.url)[0]
    config = offline_app.folder / "runs" / run_id / "config.json"
    assert json.loads(config.read_text())["epochs"] == before + 10
    pause.press("Enter")
    resume = main.get_by_role("button", name="Resume")
    expect(resume).to_be_focused()
    resume.press("Enter")
    expect(pause).to_be_focused()
    stop.press("Enter")
    expect(resume).to_be_focused()
    close = main.get_by_role("button", name="Close")
    close.press("Enter")
    expect(main.get_by_text("No training yet")).to_be_visible()
    expect(start).to_be_focused()
    page.go_back()
    expect(main.get_by_role("link", name="See its mistakes")).to_be_visible()
    a_number_that_is_refused_is_said_not_to_be_used(page)


def a_number_that_is_refused_is_said_not_to_be_used(page: Page) -> None:
    box = page.get_by_test_id("stNumberInput").filter(has=page.get_by_label("Momentum"))
    page.get_by_text("More settings").click()
    assert "used" not in box.evaluate(SAID_BELOW)
    box.locator("input").fill("-1")
    box.locator("input").press("Enter")
    expect(box.locator("[aria-invalid=true]")).to_be_visible()
    assert "the number before it is still used" in box.evaluate(SAID_BELOW)
    assert "momentum=0.5" in page.url
