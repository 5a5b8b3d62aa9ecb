"""The view "Backwards" in the browser: weights are pointed at, chosen and followed to the loss."""

import contextlib
import io
import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

import nn
from nn.explain.chain import Chain
from nn.explain.loss_trace import LossTrace
from tests.browser.conftest import PHONE, PROJECT, go_within
from ui.inside.drawing_link import to_text

LAST_VALUE = ".backwards-result .backwards-value b"


def a_four() -> np.ndarray:
    image = np.zeros((28, 28), np.uint8)
    image[5:15, 8:10] = image[14:16, 8:19] = image[5:23, 17:19] = 240
    return image


@pytest.fixture(scope="module")
def chain() -> Chain:
    """What the page should show: its wanted class is what the drawing is read as."""
    network = nn.load(PROJECT / "models" / "small.safetensors").copy(np.float64)
    answer = network.predict_logits(a_four()[np.newaxis], averaging=nn.ALONE)[0].argmax()
    return Chain(network, LossTrace.of_image(network, a_four(), int(answer)))


@pytest.fixture(scope="module")
def neuron(chain) -> int:
    """One of the first layer that is not silent."""
    return chain.largest(0)[1]


def number(text: str) -> float:
    """The last number of a text as the page writes it."""
    return float(re.findall(r"[−+]?\d[\d.]*(?:e−?\d+)?", text)[-1].replace("−", "-"))


def at_pixel(page: Page, row: int, column: int) -> dict[str, float]:
    box = page.locator(".backwards-frame canvas").bounding_box()
    assert box is not None
    return {"x": (column + 0.5) * box["width"] / 28, "y": (row + 0.5) * box["height"] / 28}


def link(neuron: int) -> str:
    return (
        f"/inside?view=backwards&model=small&image=drawing&drawing={to_text(a_four())}"
        f"&layer=0&neuron={neuron}"
    )


def test_a_weight_is_chosen_and_followed_and_a_phone_shows_all(offline_app, page, chain, neuron):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{offline_app.url}{link(neuron)}&input=432")
    expect(page.locator(".backwards-result")).to_be_visible()
    a_term_leads_to_where_it_came_from_and_copies_as_numpy(page, chain, neuron)
    go_within(page, link(neuron))
    expect(page.locator(".backwards-title").last).not_to_contain_text("row 15, column 12")
    a_weight_is_pointed_at_chosen_and_moved_with_the_keys(page, chain, neuron)
    the_checks_are_drawn_and_nothing_is_clipped_at_phone_width(page)


def a_weight_is_pointed_at_chosen_and_moved_with_the_keys(page, chain, neuron):
    gradients = chain.gradient(0, neuron)
    canvas, reading = page.locator(".backwards-frame canvas"), page.locator(".backwards-reading")
    canvas.hover(position=at_pixel(page, 10, 9))
    expect(reading).to_contain_text("row 10, column 9")
    assert number(reading.inner_text()) == pytest.approx(gradients[289], rel=0.06)

    canvas.click(position=at_pixel(page, 15, 12))
    expect(page).to_have_url(re.compile("input=432"))
    expect(page.locator(".backwards-title").last).to_contain_text("row 15, column 12")
    assert number(page.locator(LAST_VALUE).inner_text()) == pytest.approx(gradients[432], rel=0.06)

    page.mouse.move(0, 0)
    page.locator(".backwards-result .backwards-box").last.click()
    page.get_by_role("button", name="See it in the picture").click()
    expect(canvas).to_be_focused()
    for key in ("ArrowRight", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile("input=405"))
    expect(page.locator(".backwards-title").last).to_contain_text("row 14, column 13")


def a_term_leads_to_where_it_came_from_and_copies_as_numpy(page, chain, neuron):
    step = chain.delta(0, neuron)
    second = int(np.argsort(-np.abs(step.weights * step.deltas))[1])
    page.get_by_role("button", name=f"neuron {second}", exact=True).click()
    expect(page).to_have_url(re.compile(f"path={second}$|path={second}&"))
    row = page.locator(".backwards-row", has_text=f"with neuron {second} of layer 2")
    value = number(row.locator(".backwards-value b").inner_text())
    assert value == pytest.approx(step.deltas[second], rel=0.06)

    row.locator(".backwards-box").first.click()
    exact = float(chain.delta(2, second).weights @ chain.delta(2, second).deltas)
    words = row.locator(".backwards-detail p").first.inner_text()
    said = re.match(r"Σ w·δ = ([−+.e\d]+)\. ", words)[1]
    assert number(said) == pytest.approx(exact, rel=1e-4)
    assert len(said) < 14
    expect(row.locator(".backwards-source")).to_contain_text("nn/layers/linear.py")
    expect(row.locator(".backwards-source")).to_contain_text("np.matmul(grad_output, self.weight")
    row.get_by_role("button", name="Copy as NumPy").click()
    expect(row.get_by_role("button", name="Copied")).to_be_visible()
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(page.evaluate("navigator.clipboard.readText()"), {})
    later = chain.delta(2, second)
    assert float(out.getvalue()) == pytest.approx(later.weights @ later.deltas, rel=1e-10)


def the_checks_are_drawn_and_nothing_is_clipped_at_phone_width(page):
    page.set_viewport_size(PHONE)
    chart = page.get_by_role("img", name=re.compile("Relative error of the central difference"))
    expect(chart).to_be_visible()
    page.get_by_role("button", name="Check 200 weights").click()
    expect(page.get_by_role("img", name=re.compile("of 200 weights both numbers"))).to_be_visible()
    beyond = """[...document.querySelectorAll('.backwards *')].filter((element) =>
        element.getBoundingClientRect().right > innerWidth && !element.closest('pre')).length"""
    assert page.evaluate(beyond) == 0
    small = """[...document.querySelectorAll('.backwards :is(button, summary)')].filter((one) =>
        one.getBoundingClientRect().height < 44).length"""
    assert page.evaluate(small) == 0
