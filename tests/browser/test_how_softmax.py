"""The step "Softmax and cross-entropy": its numbers, which the browser computes, and its bars."""

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from scipy.special import log_softmax
from scipy.special import softmax as scipy_softmax

import nn

COMPUTED = """async ([address, cases, temperatures]) => {
  const { softmax, naiveSoftmax, crossEntropy, logitGradient, divided } =
    await import(`${address}/softmax_numbers.js`);
  const { logitAxis, topFor } = await import(`${address}/softmax_axes.js`);
  return {
    cases: cases.map(({ logits, label }) => ({
      p: softmax(logits), loss: crossEntropy(logits, label), gradient: logitGradient(logits, label),
      naive: naiveSoftmax(logits).probabilities.map(String),
      single: naiveSoftmax(logits, Math.fround).probabilities.map(String),
      hot: temperatures.map((t) => ({ p: softmax(divided(logits, t)),
        gradient: logitGradient(logits, label, t) })),
    })),
    axes: [logitAxis([-3, 8]), logitAxis([0.5, 803])],
    tops: [topFor([7, 130]), topFor([30], 200), topFor([10], 200), topFor([Infinity], 200)],
  };
}"""
PREPARE = """async ([address, data]) => {
  const { default: step } = await import(`${address}/softmax.js`);
  document.body.replaceChildren();
  step({ data, parentElement: document.body });
}"""
TEMPERATURES = (0.1, 0.5, 3.0, 10.0)
IMAGE = {
    "words": ["A [[z|logit]], its [[e|exponential]] and [[p|probability]]."],
    "logits": [1.0, -2.0, 0.5, 3.0, -1.0, 2.0, -3.0, 0.0, 1.5, -0.5],
    "label": 3,
    "line": "x",
    "name": "The image's",
    "measured": 1.25,
}


def cases() -> list[dict]:
    rng = np.random.default_rng(0)
    logits = [rng.normal(scale=scale, size=10) for scale in (0.1, 1, 5, 20, 100, 300)]
    logits += [
        logits[2] + 3,
        logits[2] + 800,
        logits[2] - 800,
        np.full(10, 7.0),
        np.eye(10)[4] * 800,
    ]
    return [{"logits": z.tolist(), "label": k % 10} for k, z in enumerate(logits)]


def test_the_numbers_are_those_of_scipy_and_of_nn(page: Page, how_scripts: str) -> None:
    page.goto(f"{how_scripts}/softmax_numbers.js")
    asked = cases()
    computed = page.evaluate(COMPUTED, [how_scripts, asked, TEMPERATURES])
    loss_of = nn.CrossEntropyLoss()
    for case, got in zip(asked, computed["cases"], strict=True):
        z, label = np.array(case["logits"]), case["label"]
        assert sum(got["p"]) == pytest.approx(1, abs=1e-14)
        np.testing.assert_allclose(got["p"], scipy_softmax(z), rtol=1e-11, atol=1e-300)
        np.testing.assert_allclose(got["p"], nn.softmax(z[None])[0], rtol=1e-11, atol=1e-300)
        assert got["loss"] == pytest.approx(-log_softmax(z)[label], rel=1e-11, abs=1e-14)
        loss, (gradient,) = loss_of(z[None], np.array([label]))
        assert got["loss"] == pytest.approx(loss, rel=1e-11, abs=1e-14)
        np.testing.assert_allclose(got["gradient"], gradient, rtol=1e-11, atol=1e-15)
        for t, hot in zip(TEMPERATURES, got["hot"], strict=True):
            np.testing.assert_allclose(hot["p"], scipy_softmax(z / t), rtol=1e-10, atol=1e-300)
            _, (gradient,) = loss_of(z[None] / t, np.array([label]))
            np.testing.assert_allclose(hot["gradient"], gradient / t, rtol=1e-10, atol=1e-14)
        # float64's e^z is Infinity from 709.8 on, float32's from 88.8 on; 0 / 0 far below.
        assert ("NaN" in got["naive"]) == (z.max() > 709.8 or z.max() < -745.2)
        assert ("NaN" in got["single"]) == (z.max() > 88.8 or z.max() < -103.98)
    same = computed["cases"]
    for shifted in (6, 7, 8):
        np.testing.assert_allclose(same[shifted]["p"], same[2]["p"], rtol=1e-11)
    assert computed["axes"] == [{"min": -5, "max": 10}, {"min": -5, "max": 1000}]
    assert computed["tops"] == [200, 200, 10, 200]


@pytest.fixture
def step(page: Page, how_scripts: str) -> Page:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{how_scripts}/softmax.js")
    page.evaluate(PREPARE, [how_scripts, IMAGE])
    return page


def numbers(page: Page) -> list[list[str]]:
    """Logits, exponentials, probabilities and gradient as they stand in the picture."""
    by_column = page.locator(".softmax-column .softmax-number").all_text_contents()
    return [by_column[kind::4] for kind in range(4)]


def test_bars_are_moved_shifted_and_cooled(step: Page) -> None:
    page = step
    loss = page.locator(".softmax-said")
    expect(loss).to_have_text("L = −ln 0.522 = 0.6502")
    p_before = numbers(page)[2]

    page.get_by_role("button", name="Add 3 to all").click()
    z, e, p, _ = numbers(page)
    assert (z[3], p) == ("6.0", p_before)
    assert float(e[3]) == pytest.approx(np.exp(6), rel=0.05)
    expect(page.locator(".softmax-says")).to_contain_text("grew 20.09 times")

    page.get_by_role("button", name="All equal").click()
    assert numbers(page)[2:] == [["0.100"] * 10, ["+0.100"] * 3 + ["−0.900"] + ["+0.100"] * 6]
    expect(loss).to_have_text("L = −ln 0.1 = 2.303")
    bar = page.get_by_role("slider", name="Logit of class 3")
    bar.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowUp")
    expect(bar).to_have_attribute("aria-valuetext", "5.5, probability 0.965")
    page.get_by_role("button", name="7", exact=True).click()
    expect(loss).to_have_text("L = −ln 0.00394 = 5.536")
    page.get_by_role("button", name="One step").click()
    assert numbers(page)[0][7] == "1.0"

    cold = page.get_by_role("slider", name="Temperature T")
    cold.press("Home")
    expect(cold).to_have_attribute("aria-valuetext", "0.1")
    assert numbers(page)[2][3] == ">.999"
    cold.press("End")
    assert float(numbers(page)[2][3]) < 0.15
    page.get_by_role("button", name="The model's own: 1.25").click()
    expect(cold).to_have_attribute("aria-valuetext", "1.25")

    page.get_by_role("button", name="The image's").click()
    page.get_by_role("button", name="T = 1").click()
    page.get_by_role("button", name="Add 800 to all").click()
    assert (numbers(page)[1], numbers(page)[2]) == (["∞"] * 10, p_before)
    naive, _, ours = page.locator(".softmax-safety tbody tr").all()
    expect(naive).to_contain_text("NaN")
    expect(ours).not_to_contain_text("NaN")


def test_an_exponential_and_its_probability_light_up_together(step: Page) -> None:
    page = step
    column = page.locator(".softmax-column").nth(5)
    written = page.locator(".softmax-written")
    for bar in (".softmax-e", ".softmax-p"):
        page.mouse.move(1, 1)
        expect(written).to_contain_text("p3 = e3 / sum")
        column.locator(bar).hover()
        expect(column).to_have_class("softmax-column is-lit")
        expect(written).to_contain_text("p5 = e2 / sum = 7.3891 / 38.483 = 0.192")
    assert page.locator(".softmax-column.is-lit").count() == 1
    written.locator("span").nth(3).hover()
    expect(page.locator(".softmax-column").nth(3)).to_have_class("softmax-column is-true is-lit")
    page.get_by_role("button", name="exponential").hover()
    expect(page.locator("svg .softmax-title").nth(1)).to_have_class("softmax-title is-lit")

    knob = column.locator(".softmax-knob").bounding_box()
    assert knob is not None
    x, y = knob["x"] + knob["width"] / 2, knob["y"] + knob["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 40, steps=3)
    assert float(numbers(page)[0][5]) > 2.5
    page.mouse.move(x, y - 1000)
    page.mouse.up()
    assert numbers(page)[0][5] == "5.0"  # the end of the axis, which is longer from then on
    assert numbers(page)[0][4] == "−1.0"
