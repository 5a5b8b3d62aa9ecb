"""The view "Map" in the browser: pointing at an image, a lasso, one group alone, and keys."""

import re

from playwright.sync_api import Page, expect

import data
from benchmarks.chromium import wait_for
from tests.browser.conftest import App, go_within
from ui.inside.drawing_link import to_text

CANVAS, WORDS = ".map-frame canvas", ".map-words"

# With nothing looked at, nothing but the star has this colour.
STARRED = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const colour = getComputedStyle(canvas).getPropertyValue("--st-primary-color");
  const wanted = colour.match(/[0-9a-f]{2}/gi).map((hex) => parseInt(hex, 16));
  const pixels = Array.from({ length: data.length / 4 }, (_, k) => data.slice(4 * k, 4 * k + 3));
  return pixels.filter((pixel) => wanted.every((one, c) => one === pixel[c])).length > 20;
}"""


def test_pointing_a_lasso_and_keys(offline_app: App, page: Page) -> None:
    page.goto(f"{offline_app.url}/inside?model=small&view=map&map_layer=-1&map_count=500")
    canvas = page.locator(CANVAS)
    expect(canvas).to_have_attribute("aria-valuemax", "354")
    canvas.scroll_into_view_if_needed()
    canvas.press("ArrowRight")
    canvas.press("ArrowRight")
    said = re.compile(r"Test image [\d,]+: read as \d, [<>]?[\d.]+\s%, (right|wrong: it is \d)")
    expect(page.locator(WORDS)).to_have_text(said)
    expect(canvas).to_have_attribute("aria-valuetext", said)
    expect(page.locator(".map-panel .inside-bars-best")).to_have_count(1)

    canvas.press(" ")  # the 50 around it
    table = page.locator(".map-confusion table")
    expect(table).to_contain_text("50 images selected")
    counted = sum(int(text) for text in table.locator("td").all_inner_texts() if text != "·")
    assert counted == 50
    canvas.press("Escape")
    expect(table).to_be_hidden()

    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    for x, y in ((0.99, 0.01), (0.99, 0.99), (0.01, 0.99)):  # around all
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=2)
    page.mouse.up()
    expect(table).to_contain_text("355 images selected")
    expect(page).to_have_url(re.compile("map_selected=[^&]{60}(&|$)"))
    words = page.locator(WORDS).inner_text()
    canvas.press("Escape")
    expect(table).to_be_hidden()
    expect(page.locator(WORDS)).to_have_text(words)
    expect(page).not_to_have_url(re.compile("map_selected"))

    seven = page.locator(".map-legend button", has_text="7")
    seven.click()  # of these alone
    expect(page).to_have_url(re.compile("map_alone=7"))
    expect(seven).to_be_focused()
    canvas.press("ArrowDown")
    canvas.press("ArrowLeft")
    words = page.locator(WORDS).inner_text()
    assert "read as 7" in words or "it is 7" in words
    number = re.findall(r"Test image ([\d,]+)", words)[0].replace(",", "")
    canvas.press("Enter")
    expect(page.locator(".inside-pad-name")).to_contain_text(f"test image {number}")
    expect(page).to_have_url(re.compile(f"image={number}"))
    expect(page.get_by_role("button", name="Look into it")).to_be_hidden()  # it is done
    canvas.press("Escape")  # nothing is selected yet: there is nothing to tell
    canvas.press(" ")
    selected = re.compile("map_alone=7.*map_selected=|map_selected=.*map_alone=7")
    expect(page).to_have_url(selected)

    selection = table.locator("caption").inner_text()
    page.reload()
    expect(table).to_contain_text(selection)
    expect(seven).to_have_attribute("aria-pressed", "true")
    page.get_by_role("combobox", name="Layer").fill("Layer 1")
    page.get_by_role("combobox", name="Layer").press("Enter")
    expect(page).to_have_url(re.compile("map_layer=(?!-1)"))
    expect(table).to_contain_text(selection)  # wherever they lie now
    canvas.press("Escape")
    expect(page).not_to_have_url(re.compile("map_selected"))
    expect(table).to_be_hidden()
    seven.click()
    expect(page).not_to_have_url(re.compile("map_alone"))
    page.go_back()
    expect(seven).to_have_attribute("aria-pressed", "true")
    page.go_back()
    expect(table).to_contain_text(selection)

    # A drawing is no image of the map: it comes to them, and is marked.
    drawing = to_text(data.load("digits").test_images[3])
    go_within(page, f"/inside?model=small&view=map&image=drawing&drawing={drawing}")
    expect(page.locator(".inside-pad-name")).to_contain_text("your drawing")
    wait_for(page, STARRED, arg=canvas.element_handle())
    expect(page.get_by_text("It is put in the middle of the 5 nearest")).to_be_visible()
