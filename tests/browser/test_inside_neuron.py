"""The view "One neuron" in the browser: its sum, and pointing at a part of it."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

import data
import nn
from nn.explain.trace import trace
from tests.browser.conftest import PROJECT, go_within
from tests.browser.test_inside import draw_a_one
from ui.inside.drawing_link import to_text

NEURON = 40


def number(text: str) -> float:
    return float(text.replace("−", "-").replace("+", ""))


@pytest.fixture(scope="module")
def image() -> np.ndarray:
    return data.load("digits").test_images[1]


def test_a_sum_is_followed_and_of_a_filter_the_place_is_chosen(offline_app, page, image):
    link = f"/inside?model=small&view=neuron&image=drawing&drawing={to_text(image)}"
    page.goto(f"{offline_app.url}{link}&layer=0&neuron={NEURON}")
    the_sum_is_numpys_and_a_pixel_lights_everywhere(page, image)
    go_within(page, f"{link}&layer=4&neuron=7")
    a_term_leads_to_the_neuron_that_it_comes_from(page)
    go_within(page, "/inside?model=large&member=3&view=neuron&layer=3&neuron=5")
    of_a_filter_the_place_is_chosen(page)


def the_sum_is_numpys_and_a_pixel_lights_everywhere(page, image):
    network = nn.load(PROJECT / "models" / "small.safetensors")
    found = trace(network, image[np.newaxis])
    terms = network.layers[0].weight[NEURON] * found.inputs[0]
    largest = int(np.abs(terms).argmax())
    row, column = divmod(largest, 28)
    table = page.locator(".inside-terms")
    first = table.locator("tbody tr").first
    expect(first.locator("th")).to_have_text(f"pixel ({row}, {column})")
    shown = number(first.locator("td").nth(1).inner_text())
    assert shown == pytest.approx(terms[largest], rel=0.01)
    rows = table.locator("tbody tr")
    values = [number(rows.nth(k).locator("td").nth(1).inner_text()) for k in range(12)]
    z = number(table.locator("tfoot td").nth(1).inner_text())
    assert z == pytest.approx(found.outputs[0][0][NEURON], rel=0.01)
    assert sum(values) == pytest.approx(z, abs=0.1)
    said = page.locator(".inside-said").last.inner_text()
    assert said.startswith(
        f"a = {'0' if z < 0 else table.locator('tfoot td').nth(1).inner_text()[1:]}"
    )

    pictures = page.locator(".inside-picture:visible canvas")
    expect(pictures).to_have_count(4)
    picture = pictures.nth(3)
    box = picture.bounding_box()
    assert box is not None
    place = {"x": box["width"] * (column + 0.5) / 28, "y": box["width"] * (row + 0.5) / 28}
    picture.hover(position=place)
    expect(page.locator(".inside-pointed")).to_have_text(
        re.compile(rf"^pixel \({row}, {column}\):")
    )
    expect(first).to_have_class("inside-lit")
    for k in range(4):
        expect(pictures.nth(k)).to_have_attribute("aria-valuenow", str(largest))
    # A line of the sum lights its pixel, too; the keys go on from there.
    second = rows.nth(1)
    second.click()
    row, column = map(int, re.findall(r"\d+", second.locator("th").inner_text()))
    expect(pictures.nth(1)).to_have_attribute("aria-valuenow", str(28 * row + column))
    page.mouse.move(0, 0)
    pictures.nth(1).press("ArrowLeft")
    expect(pictures.nth(2)).to_have_attribute("aria-valuenow", str(28 * row + column - 1))
    draw_a_one(page, lift=False)
    expect(table.locator("tfoot td").nth(1)).not_to_have_text(re.compile(f"^.{abs(z):.3g}$"))
    page.mouse.up()


def a_term_leads_to_the_neuron_that_it_comes_from(page):
    expect(page.locator(".inside-said").last).to_contain_text("softmax")
    term = page.locator(".inside-terms button").first
    # At once: another of the terms is the first when the drawing of the link has come.
    unit = re.search(r"\d+", term.evaluate("term => (term.click(), term.innerText)"))[0]
    expect(page).to_have_url(re.compile(f"layer=2&neuron={unit}$"))
    expect(page.get_by_role("spinbutton", name="Neuron")).to_have_value(unit)


def of_a_filter_the_place_is_chosen(page):
    places = page.get_by_role("slider", name=re.compile("place by place"))
    expect(places).to_have_attribute("aria-valuemax", "63")
    places.click(position={"x": 3, "y": 3})
    expect(places).to_have_attribute("aria-valuenow", "0")
    expect(page).to_have_url(re.compile("place=0"))
    expect(page.locator(".inside-way")).to_contain_text("Max pooling")
    places.press("ArrowRight")
    expect(page).to_have_url(re.compile("place=1"))
