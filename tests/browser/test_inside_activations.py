"""The view "Activations" in the browser: pointing, switching off, keys, and drawing."""

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

import data
import nn
from nn.explain.trace import trace
from tests.browser.conftest import PROJECT, go_within
from tests.browser.test_inside import ANSWER, draw_a_one, wait_for_rest
from ui.inside.drawing_link import to_text

WALLS = ".inside-wall canvas[tabindex]"
COLUMNS = 12  # of the wall of 128
WATCH_TWO_VIEWS = """() => {
  const parts = [".inside-activations", ".inside-neuron"];
  window.twoViews = false;
  new MutationObserver(() => {
    window.twoViews ||= parts.every((part) => document.querySelector(part));
  }).observe(document.body, { childList: true, subtree: true });
}"""


@pytest.fixture(scope="module")
def network() -> nn.Network:
    return nn.load(PROJECT / "models" / "small.safetensors")


@pytest.fixture(scope="module")
def image() -> np.ndarray:
    return data.load("digits").test_images[1]


@pytest.fixture
def link(image) -> str:
    return f"/inside?model=small&view=activations&image=drawing&drawing={to_text(image)}"


def tile(page: Page, unit: int) -> dict[str, float]:
    """Where a neuron of the first layer is on its wall."""
    box = page.locator(WALLS).first.bounding_box()
    assert box is not None
    size = box["width"] / COLUMNS
    return {"x": size * (unit % COLUMNS + 0.5), "y": size * (unit // COLUMNS + 0.5)}


def percent(page: Page, label: str) -> Locator:
    return page.locator(".inside-bars tr", has=page.get_by_role("rowheader", name=label)).locator(
        "td:last-child"
    )


def answer_without(network: nn.Network, image: np.ndarray, unit: int) -> np.ndarray:
    found = trace(network, image[np.newaxis])
    said = found.outputs[1][0].copy()
    said[unit] = 0
    _, _, second, _, last = network.layers
    hidden = np.maximum(second.weight @ said + second.bias, 0)
    return network.probabilities((last.weight @ hidden + last.bias)[np.newaxis])[0]


def test_walls_are_walked_along_drawn_for_and_switched_off(offline_app, page, link, network, image):
    page.goto(f"{offline_app.url}{link}")
    last = page.locator(WALLS).last
    expect(last).to_have_attribute("aria-valuetext", re.compile("class 0: "))
    as_it_was = last.get_attribute("aria-valuetext")
    keys_go_from_neuron_to_neuron_and_enter_opens_one(page)
    the_walls_follow_the_pen(page)
    wait_for_rest(page)
    go_within(page, link)
    expect(last).to_have_attribute("aria-valuetext", as_it_was)
    wait_for_rest(page)
    a_neuron_is_pointed_at_and_switched_off(page, network, image)


def keys_go_from_neuron_to_neuron_and_enter_opens_one(page):
    wall = page.locator(WALLS).nth(1)
    expect(wall).to_have_attribute("aria-valuenow", "0")
    wall.focus()
    for key in ("ArrowRight", "ArrowDown"):
        wall.press(key)
    expect(wall).to_have_attribute("aria-valuetext", re.compile("^neuron 9: "))
    wall.press(" ")
    expect(wall).to_have_attribute("aria-valuetext", "neuron 9: switched off")
    page.evaluate(WATCH_TWO_VIEWS)
    wall.press("Enter")
    expect(page).to_have_url(re.compile("view=neuron"))
    assert re.search(r"off=\d\.9\b", page.url)  # though a moment ago
    expect(page.get_by_role("spinbutton", name="Neuron")).to_have_value("9")
    expect(page.locator(".inside-neuron")).to_be_visible()
    page.go_back()
    expect(wall).to_be_visible()
    expect(page.locator(".inside-neuron")).to_have_count(0)
    assert not page.evaluate("twoViews")  # the one goes before the other comes


def the_walls_follow_the_pen(page):
    text = page.locator(WALLS).last
    expect(text).to_have_attribute("aria-valuetext", re.compile("class 0: "))
    before = text.get_attribute("aria-valuetext")
    draw_a_one(page, lift=False)
    expect(text).not_to_have_attribute("aria-valuetext", before)
    expect(page.locator(".inside-bars-best th")).to_have_text("1")
    address = page.url
    page.mouse.up()
    expect(page).not_to_have_url(address)


def a_neuron_is_pointed_at_and_switched_off(page, network, image):
    found = trace(network, image[np.newaxis])
    said = found.outputs[1][0]
    # The one that the answer hangs on most.
    answers = np.array([answer_without(network, image, unit) for unit in range(128)])
    best = int(network.probabilities(found.logits)[0].argmax())
    unit = int(answers[:, best].argmin())
    wall = page.locator(WALLS).first
    wall.scroll_into_view_if_needed()
    wall.hover(position=tile(page, unit))
    expect(page.locator(".inside-detail-title")).to_have_text(f"Layer 1, neuron {unit}")
    words = page.locator(".inside-detail-value")
    z = float(re.search(r"z = ([−.\d]+)", words.inner_text())[1].replace("−", "-"))
    assert z == pytest.approx(found.outputs[0][0][unit], rel=0.01)
    terms = network.layers[0].weight[unit] * found.inputs[0]
    row, column = divmod(int(np.abs(terms).argmax()), 28)
    expect(page.locator(".inside-detail-inputs")).to_contain_text(f"pixel ({row}, {column})")
    given = network.layers[2].weight[:, unit] * said[unit]
    strongest = f"Gives neuron {np.abs(given).argmax()} "
    expect(page.locator(".inside-detail-outputs")).to_contain_text(strongest)
    expect(page.locator(".inside-lines path")).to_have_count(16)

    page.mouse.move(0, 0)  # no longer
    expect(page.locator(".inside-lines path")).to_have_count(0)
    wall.click(position=tile(page, unit))
    page.get_by_role("button", name="Switch off").click()
    after = 100 * answers[unit, best]
    expect(percent(page, network.labels[best])).not_to_have_text(re.compile("^>"))
    shown = float(percent(page, network.labels[best]).inner_text().strip(" <>%"))
    assert shown == pytest.approx(after, abs=0.11)
    expect(page.locator(ANSWER)).to_contain_text("with 1 neuron off")  # at the top too
    expect(page).to_have_url(re.compile(rf"layer=0&neuron={unit}&off=0\.{unit}$"))
    page.reload()
    expect(page.get_by_role("button", name="All on again (1 off)")).to_be_visible()
    expect(page.locator(".inside-detail-value")).to_contain_text("Switched off")
    page.get_by_role("button", name="All on again").click()
    expect(page.locator(ANSWER)).not_to_contain_text("off")
    expect(page).not_to_have_url(re.compile("off="))
    page.mouse.move(0, 0)
    # A long press does it too.
    wall.hover(position=tile(page, unit))
    page.mouse.down()
    expect(page.get_by_role("button", name="All on again (1 off)")).to_be_visible()
    page.mouse.up()
