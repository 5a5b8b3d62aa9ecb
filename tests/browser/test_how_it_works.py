"""From the digit on Home through all five steps of How it works."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import App, go_within, is_as_wide_as_the_screen
from ui.how.steps import STEPS

# Names of words in a step for which neither its formula nor its picture has anything.
LONE = """(step) => {
  const names = (one) => one.getAttribute("data-term").split(" ");
  const all = [...step.querySelectorAll("[data-term]")];
  const told = all.filter((one) => one.closest(".how-words"));
  const meant = new Set(all.filter((one) => !told.includes(one)).flatMap(names));
  return told.flatMap(names).filter((name) => !meant.has(name));
}"""

# What a finger has to hit in the steps that is too small, or says nothing of what it does.
TARGETS = """() => [...document.querySelectorAll(".how-step :is(.how-button, summary, select)")]
  .filter((one) => one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().height < 43.9
    || (one.localName === "button" && !one.title))
  .map((one) => one.outerHTML.slice(0, 150))"""

# What goes over the edge of the screen, and lies in nothing that scrolls or ends it.
BEYOND = """(width) => [...document.querySelectorAll(".how-step *")].filter((one) => {
  if (!one.checkVisibility() || one.getBoundingClientRect().right <= width + 0.5) return false;
  for (let up = one; up; up = up.parentElement) {
    if (up.matches(".how-hidden, svg *")) return false;
    if (getComputedStyle(up).overflowX !== "visible") return false;
  }
  return true;
}).map((one) => one.outerHTML.slice(0, 100))"""


def step_of(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-how_step_{key} .how-step")


def all_are_there(page: Page) -> None:
    for step in STEPS:
        expect(step_of(page, step.key).locator(".how-widget > *").first).to_be_attached()


def centre(part: Locator) -> tuple[float, float]:
    part.scroll_into_view_if_needed()
    box = part.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, part: Locator, right: float, down: float) -> None:
    x, y = centre(part)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right, y + down, steps=4)
    page.mouse.up()


def draw_seven(page: Page) -> None:
    board = page.locator(".picture .pad")
    box = board.bounding_box()
    assert box is not None
    places = [
        (box["x"] + x * box["width"], box["y"] + y * box["height"])
        for x, y in ((0.3, 0.25), (0.7, 0.25), (0.62, 0.45), (0.5, 0.8))
    ]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=5)
    page.mouse.up()


def test_home_and_all_five_steps_follow_the_hand(offline_app: App, page: Page) -> None:
    page.goto(offline_app.url)
    picture = page.get_by_role("img", name=re.compile("neurons"))
    expect(picture).to_have_accessible_name(re.compile("answers, 3 lights up"))
    expect(page.locator(".picture .ink")).to_be_attached()  # it listens to the pen
    draw_seven(page)
    expect(picture).to_have_accessible_name(re.compile("answers, 7 lights up"))
    page.get_by_role("button", name="Clear").click()
    expect(picture).to_have_accessible_name(re.compile("answers, 3 lights up"))
    page.get_by_role("link", name="Learn how it works").click()

    all_are_there(page)
    for step in STEPS:
        part = step_of(page, step.key)
        assert part.evaluate(LONE) == [], step.key
        part.locator(".how-words .how-term").first.hover()
        expect(part.locator(":is(.how-formula, .how-widget) .is-lit").first).to_be_attached()
        expect(page.locator(".is-lit")).to_have_count(part.locator(".is-lit").count())
    page.get_by_role("link", name="4. Gradient descent").click()
    expect(page.get_by_role("heading", name="4. Gradient descent")).to_be_in_viewport()

    turn_and_move_a_line(page, step_of(page, "neuron"))
    change_an_input(page, step_of(page, "layer"))
    raise_logits(page, step_of(page, "softmax"))
    walk_down(page, step_of(page, "descent"))
    update_weights(page, step_of(page, "backprop"))


def turn_and_move_a_line(page: Page, step: Locator) -> None:
    bias = step.get_by_role("slider", name="Bias", exact=True)
    weights = step.get_by_role("slider", name="The weights", exact=True)
    was = bias.get_attribute("aria-valuetext"), weights.get_attribute("aria-valuetext")
    bias.focus()
    page.keyboard.press("ArrowRight")
    expect(step).to_contain_text("= 1.21")  # 1.2·0.5 + 0.8·2.2 − 1.15
    drag(page, step.get_by_role("slider", name="The line, moved by the bias"), -40, 30)
    for before in (was[0] or "", "−1.15"):
        expect(bias).not_to_have_attribute("aria-valuetext", before)
    assert weights.get_attribute("aria-valuetext") == was[1]
    drag(page, step.get_by_role("slider", name="First end of the line"), 30, 0)
    expect(weights).not_to_have_attribute("aria-valuetext", was[1] or "")


def change_an_input(page: Page, step: Locator) -> None:
    step.get_by_role("slider", name="Input 1 of row 1").focus()
    page.keyboard.press("ArrowRight")
    expect(step).to_contain_text("y₁ = 0.6·1.0 + 1.0·(−0.5) + (−1.0)·0.0 + 2.0·0.5 + 0.5")
    expect(step).to_contain_text("= 1.6")


def raise_logits(page: Page, step: Locator) -> None:
    step.get_by_role("button", name="All equal").click()
    expect(step).to_contain_text("= 2.30")  # ln 10
    logit = step.get_by_role("slider", name="Logit of class 7")
    drag(page, logit, 0, -40)
    expect(logit).not_to_have_attribute("aria-valuenow", "0")
    expect(step).not_to_contain_text("= 2.30")


def walk_down(page: Page, step: Locator) -> None:
    start = step.get_by_role("slider", name="Start")
    drag(page, start, 20, 10)
    expect(start).not_to_have_attribute("aria-valuetext", "first weight −1.7, second weight 0.8")
    step.get_by_role("slider", name="Learning rate", exact=True).focus()
    page.keyboard.press("End")
    expect(step).to_contain_text("left the picture at step 1")
    expect(step).to_contain_text("diverges; in the end")


def update_weights(page: Page, step: Locator) -> None:
    """The published numbers: the error before, and after an update of all eight weights."""
    expect(step).to_contain_text("The error E: 0.298371")
    step.get_by_role("button", name="Update", exact=True).click()
    expect(step).to_contain_text("0.291027")


def test_on_a_phone_all_is_there_and_large_enough_for_a_finger(
    offline_app: App, phone: Page
) -> None:
    phone.goto(f"{offline_app.url}/how_it_works#backprop")
    all_are_there(phone)  # what stands above it grows after it is there
    expect(phone.get_by_role("heading", name="5. Backpropagation")).to_be_in_viewport()
    assert phone.evaluate(TARGETS) == []
    assert phone.evaluate(BEYOND, phone.evaluate("innerWidth")) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert is_as_wide_as_the_screen(phone)
    expect(phone).to_have_title("How it works · scratch-nn")

    go_within(phone, "/how_it_works?step=2")
    expect(phone.get_by_role("heading", name="2. A layer")).to_be_in_viewport()
