"""The view "Trick" in the browser: a strength slid by hand, by keys, and played."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

import data
import nn
from nn.evaluation.percent import probability_percent
from nn.explain.adversarial import Goal, fast_gradient_sign
from tests.browser.conftest import App

SMALL = Path(__file__).resolve().parents[2] / "models" / "small.safetensors"
SAID = ".inside-trick section > p"


def test_each_strength_is_shown_at_once(offline_app: App, page: Page) -> None:
    network = nn.load(SMALL)
    image = data.load("digits").test_images[4]
    goal = Goal(int(network.predict_proba(image[None], averaging=nn.ALONE).argmax()))
    expected = fast_gradient_sign(network, image, goal).probabilities

    def check(k: int) -> None:
        read = expected[k]
        text = f"Read as {read.argmax()}, {probability_percent(read.max())}"
        expect(page.locator(SAID).first).to_contain_text(text)

    page.goto(f"{offline_app.url}/inside?model=small&view=trick&image=4&trick_at=1")
    slider = page.get_by_role("slider", name="Strength")
    check(1)
    slider.press("End")
    expect(page).to_have_url(re.compile("trick_at=30$"))
    check(30)
    expect(slider).to_have_attribute("aria-valuetext", "0.30, 76.5 of 255 shades")

    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 8, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, middle, steps=4)
    check(15)
    expect(page).to_have_url(re.compile("trick_at=30$"))  # the server knows nothing of it yet
    page.mouse.up()
    expect(page).to_have_url(re.compile("trick_at=15$"))
    page.get_by_role("button", name="Play").click()  # from here to the end
    expect(page).to_have_url(re.compile("trick_at=30$"))
    check(30)
    page.go_back()
    expect(page).to_have_url(re.compile("trick_at=15$"))
    check(15)
    expect(page.locator(".inside-trick-models tr")).to_have_count(3)
