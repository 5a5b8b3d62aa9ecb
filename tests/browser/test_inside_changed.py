"""The views "Trick", "Dream" and "Surgery" in one visit: a strength slid by hand, by keys, and
played; steps, and the real image beside each; a click operates at once."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

import data
import nn
from nn.evaluation.percent import probability_percent
from nn.explain.adversarial import Goal, fast_gradient_sign
from nn.explain.dreams import Dreamer
from nn.explain.neighbours import nearest
from tests.browser.conftest import App, go_within

SMALL = Path(__file__).resolve().parents[2] / "models" / "small.safetensors"
SAID = ".inside-trick section > p"
FIGURES = ".inside-dream figure p"
WALL = ".inside-surgery canvas[tabindex]"


def test_an_image_is_tricked_and_dreamed_and_a_network_operated_on(
    offline_app: App, page: Page
) -> None:
    page.goto(f"{offline_app.url}/inside?model=small&view=trick&image=4&trick_at=1")
    each_strength_is_shown_at_once(page)
    go_within(page, "/inside?model=small&view=dream&image=4&layer=0&neuron=3")
    each_step_is_shown_with_the_nearest_real_image(page)
    go_within(page, "/inside?model=small&view=surgery&surgery=cut-0-0_60")
    a_click_a_key_back_and_an_image_that_changed(page)


def each_strength_is_shown_at_once(page: Page) -> None:
    network = nn.load(SMALL)
    image = data.load("digits").test_images[4]
    goal = Goal(int(network.predict_proba(image[None], averaging=nn.ALONE).argmax()))
    expected = fast_gradient_sign(network, image, goal).probabilities

    def check(k: int) -> None:
        read = expected[k]
        text = f"Read as {read.argmax()}, {probability_percent(read.max())}"
        expect(page.locator(SAID).first).to_contain_text(text)

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


def each_step_is_shown_with_the_nearest_real_image(page: Page) -> None:
    images = data.load("digits").test_images.reshape(-1, 784) / 255
    dream = Dreamer(nn.load(SMALL), 3, 0).dream("grey")
    near, distances = nearest(images, dream.frames, 1)

    def check(k: int) -> None:
        value, distance = (f"{float(f'{one:.3g}'):g}" for one in (dream.values[k], distances[k, 0]))
        said = page.locator(FIGURES)
        text = f"The sum of neuron 3 of layer 1: {value}".replace(": -", ": −")
        expect(said.first).to_have_text(text)
        expect(said.last).to_contain_text(f"test image {near[k, 0]}, at a distance of {distance};")

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


def a_click_a_key_back_and_an_image_that_changed(page: Page) -> None:
    sides = page.locator(".inside-sides section").first.get_by_role("button")
    expect(sides.first).to_be_visible()
    first, second = page.locator(WALL).nth(0), page.locator(WALL).nth(1)
    box = first.bounding_box()
    assert box is not None
    first.click(position={"x": 4, "y": box["height"] - 4})  # twelve in a row
    words = page.locator(".inside-surgery-words")
    expect(words).to_contain_text("neuron 120")
    expect(page).to_have_url(re.compile("surgery=cut-0-0_60.120"))
    expect(words).to_contain_text("; cut")
    expect(page.get_by_text("Layer 1, neurons 0–60, 120: cut")).to_be_visible()

    second.focus()
    second.press("ArrowRight")
    expect(words).to_contain_text("neuron 1:")
    second.press(" ")
    expect(page).to_have_url(re.compile("surgery=cut-0-0_60.120(~|%7E)cut-2-1"))
    page.go_back()
    expect(page.get_by_text("Layer 2, neuron 1: cut")).to_have_count(0)

    name = sides.first.get_attribute("title") or ""
    number = re.findall(r"Test image (\d+)", name)[0]
    sides.first.click()
    expect(page.locator(".inside-pad-name")).to_contain_text(f"test image {number}")
    expect(page).to_have_url(re.compile(rf"image={number}\b"))
    expect(page).to_have_url(re.compile("surgery=cut-0-0_60.120"))
