"""The view "Dream" in the browser: its steps, and the real image beside each."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

import data
import nn
from nn.explain.dreams import Dreamer
from nn.explain.neighbours import nearest
from tests.browser.conftest import App

SMALL = Path(__file__).resolve().parents[2] / "models" / "small.safetensors"
FIGURES = ".inside-dream figure p"


def test_each_step_is_shown_with_the_nearest_real_image(offline_app: App, page: Page) -> None:
    images = data.load("digits").test_images.reshape(-1, 784) / 255
    dream = Dreamer(nn.load(SMALL), 3, 0).dream("grey")
    near, distances = nearest(images, dream.frames, 1)

    def check(k: int) -> None:
        value, distance = (f"{float(f'{one:.3g}'):g}" for one in (dream.values[k], distances[k, 0]))
        said = page.locator(FIGURES)
        text = f"The sum of neuron 3 of layer 1: {value}".replace(": -", ": −")
        expect(said.first).to_have_text(text)
        expect(said.last).to_contain_text(f"test image {near[k, 0]}, at a distance of {distance};")

    page.goto(f"{offline_app.url}/inside?model=small&view=dream&image=4&layer=0&neuron=3")
    slider = page.get_by_role("slider", name="Step")
    check(int(dream.values.argmax()))
    expect(page.locator(".inside-dream .inside-bars-best")).to_have_count(1)
    slider.press("Home")
    expect(page).to_have_url(re.compile("dream_step=0$"))
    check(0)
    slider.press("End")
    expect(page).to_have_url(re.compile("dream_step=100$"))
    check(100)
    page.get_by_role("button", name="Look into it").click()
    expect(page).to_have_url(re.compile(f"image={near[100, 0]}&"))
    expect(page.locator(".inside-pad-name")).to_contain_text(f"test image {near[100, 0]}")
