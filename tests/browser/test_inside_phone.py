"""The page Inside with each of its views on a phone, what axe-core has to say, and both themes."""

import math
import re

from playwright.sync_api import Page, expect

from benchmarks.chromium import wait_for
from tests.browser.axe import BACKGROUNDS, violations
from tests.browser.conftest import go_within, is_as_wide_as_the_screen
from tests.browser.test_inside_activations import WALLS
from tests.browser.test_inside_why import LOST, MAPS, middle, wait_for_maps
from ui.inside.views import VIEWS

WIDTH = 390
LINK = "model=small&image=7&layer=2&neuron=3&surgery=cut-0-all"
READY = {
    "activations": ".inside-wall canvas[tabindex] >> nth=2",
    "neuron": ".inside-terms",
    "backwards": ".backwards-result",
    "why": ".inside-patch-lost",
    "map": ".map-legend button >> nth=0",
    "landscape": ".st-key-inside_landscape_map .main-svg >> nth=0",
    "trick": ".inside-trick .inside-bars-best >> nth=0",
    "dream": ".inside-dream .inside-bars-best",
    "surgery": ".inside-sides button >> nth=0",
    "time": "text=has kept nothing of its training",  # what comes with the app has no history
}

OF_STREAMLIT = {"landscape", "time"}
"""Views without parts of ours to hit: Streamlit's and Plotly's alone."""

# What a finger has to hit in the parts that are ours: those that are too small, and those without
# a word on what they do.
TARGETS = """() => {
  const parts = [".inside-pad", ".inside-activations", ".inside-neuron", ".backwards",
    ".inside-why", ".inside-patch", ".inside-map", ".inside-trick", ".inside-dream",
    ".inside-sides"];
  const seen = [...document.querySelectorAll(parts.map((part) =>
    `${part} :is(button, summary, input, a)`))].filter((one) => one.checkVisibility());
  const small = seen.filter((one) => one.getBoundingClientRect().height < 43.9);
  const mute = seen.filter((one) => one.matches("button, input") && !one.title);
  return { count: seen.length, small: small.map((one) => one.outerHTML),
    mute: mute.map((one) => one.outerHTML) };
}"""

# Parts of ours that go over the edge of the screen, and lie in nothing that scrolls.
BEYOND = """(width) => [...document.querySelectorAll(
    ":is([class^=inside-], .backwards) *:not(path)")].filter((one) => {
  if (!one.checkVisibility() || one.getBoundingClientRect().right <= width + 0.5) return false;
  for (let up = one; up; up = up.parentElement) {
    if (up.matches(".inside-hidden") || getComputedStyle(up).overflowX === "auto") return false;
  }
  return true;
}).map((one) => one.outerHTML.slice(0, 100))"""

# Most neurons of the first layer are silent: the colour that most of the wall has.
MOSTLY_THE_PAGES = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  if (data[3] !== 255) return false; // nothing is painted yet
  const counts = {};
  for (let k = 0; k < data.length; k += 4) {
    const colour = data.slice(k, k + 3).join();
    counts[colour] = (counts[colour] ?? 0) + 1;
  }
  const usual = Object.entries(counts).sort((a, b) => b[1] - a[1])[0][0].split(",");
  const behind = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/\\d+/g);
  return behind.every((value, k) => Math.abs(value - usual[k]) < 24);
}"""


def open_tables(page: Page) -> None:
    """All that a view has, closed at first."""
    open_all = "all => all.forEach((one) => { one.open = true; })"
    page.locator(".inside-numbers, .backwards details").evaluate_all(open_all)


def test_on_a_phone_all_is_there_large_enough_for_a_finger_and_breaks_no_rule_of_access(
    offline_app, phone
):
    page, found, part = phone, [], None
    page.goto(f"{offline_app.url}/inside?{LINK}&view={next(iter(VIEWS))}")
    expect(page).to_have_title("Inside · scratch-nn")
    state = page.get_by_test_id("stApp")
    views = page.get_by_role("radiogroup", name="View").get_by_role("radio")
    expect(page.get_by_text("from the image alone")).to_be_visible()
    for name, view in VIEWS.items():
        page.get_by_role("radio", name=view.title, exact=True).tap()
        expect(page.locator(READY[name])).to_be_visible()
        expect(state).to_have_attribute("data-test-script-state", "notRunning")
        open_tables(page)
        targets = page.evaluate(TARGETS)
        assert targets["count"] > 0 or name in OF_STREAMLIT, name
        assert (targets["small"], targets["mute"]) == ([], []), name
        boxes = views.evaluate_all("all => all.map((one) => one.getBoundingClientRect().toJSON())")
        assert len({box["top"] for box in boxes}) == math.ceil(len(VIEWS) / 4)  # four in a row
        assert min(box["height"] for box in boxes) > 43.9
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH, name
        assert is_as_wide_as_the_screen(page), name
        assert page.evaluate(BEYOND, WIDTH) == [], name
        if name == "activations":
            what_is_near_zero_has_the_colour_of_the_page(page)
        found += violations(page, f"inside: {name} with its tables", part)
        part = ".st-key-inside_views"  # the rest is the same
    assert found == []
    choices_stand_in_the_address_and_a_tap_is_enough(page)
    a_tap_shows_the_neuron_below_the_walls(page)


def what_is_near_zero_has_the_colour_of_the_page(page: Page) -> None:
    wall = page.locator(READY["activations"].replace("2", "0"))
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme)
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", BACKGROUNDS[theme])
        wait_for(page, MOSTLY_THE_PAGES, arg=wall.element_handle())


def choices_stand_in_the_address_and_a_tap_is_enough(page: Page) -> None:
    go_within(page, "/inside?model=small&view=why&image=7")
    wait_for_maps(page, 3)
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]
    page.touchscreen.tap(*middle(page.locator(MAPS).nth(2), 9, 18))
    expect(page.locator(".inside-why-place")).to_contain_text("row 9, column 18")
    # What is drawn last: a box that is typed into while the page still comes may lose it.
    expect(page.get_by_text("As NumPy, to try it yourself")).to_be_visible()
    page.get_by_role("combobox", name="Rather than").press_sequentially("2 ")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("contrast=2"))
    expect(page.locator(LOST)).to_contain_text(re.compile("Logit of . less that of 2"))
    page.get_by_text("Beside random weights").click()
    expect(page).to_have_url(re.compile("random=1"))
    expect(page.locator(MAPS)).to_have_count(6)
    page.go_back()
    expect(page.locator(MAPS)).to_have_count(3)
    expect(page).to_have_url(re.compile("contrast=2"))


def a_tap_shows_the_neuron_below_the_walls(page: Page) -> None:
    go_within(page, "/inside?model=large&member=3&view=activations")
    wall = page.locator(WALLS).first
    expect(wall).to_have_attribute("aria-valuetext", re.compile("^filter 0: .* at the most$"))
    # Two buttons go from neuron to neuron, where a tile is too small for the finger.
    title = page.locator(".inside-detail-title")
    forward = page.get_by_role("button", name="Next neuron")
    forward.tap()
    expect(title).to_have_text("Layer 1, filter 0")
    forward.tap()
    expect(title).to_have_text("Layer 1, filter 1")
    wall.tap(position={"x": 5, "y": 5})
    expect(page.locator(".inside-detail-title")).to_have_text("Layer 1, filter 0")
    expect(page.locator(".inside-detail-title")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Switch off")).to_be_in_viewport(ratio=1)
    scroll, width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert scroll <= width
