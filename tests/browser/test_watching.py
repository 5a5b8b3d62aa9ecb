"""Watching a training in the browser: its digits, weights and health, live and back in time."""

import re

import pytest
from playwright.sync_api import Page, expect

from nn.history import History
from tests.browser.conftest import App, stop_button
from ui.runs.moments import moment_words
from ui.train.watching.ways import WAYS

RIGHT = '.watch-digits li[data-right="true"]'
TILES = ".watch-digits li"
MOMENT = ".moment-now"
BEGINNING = "before the first step"


@pytest.fixture(scope="module")
def ended(app: App) -> list[str]:
    """The address of a training that is over, once the first test has made one."""
    return []


def colours(page: Page, canvas: str) -> int:
    """How many colours a canvas has."""
    return int(
        page.locator(canvas).evaluate(
            """canvas => {
              const { width, height } = canvas;
              const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
              return new Set(new Uint32Array(data.buffer)).size;
            }"""
        )
    )


def test_digits_turn_right_while_it_trains_and_the_slider_leads_back(
    app: App, page: Page, ended: list[str]
) -> None:
    page.goto(f"{app.url}/train?dataset=digits&hidden=256&epochs=200&batch_size=8&watch=digits")
    page.get_by_role("button", name="Start training").click()
    expect(page.locator(TILES)).to_have_count(24)
    expect(page.locator(RIGHT).nth(19)).to_be_visible()
    # Nobody has moved the slider: it goes with the training.
    expect(page.locator(MOMENT)).to_have_text(re.compile(r"^epoch .*\(newest\)$"))
    stop_button(page).click()
    expect(page.get_by_role("link", name="See its mistakes")).to_be_visible()
    ended.append(page.url)

    slider = page.get_by_role("slider", name="Moment")
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator(MOMENT)).to_have_text(BEGINNING)
    expect(page.locator(RIGHT).nth(12)).to_have_count(0)
    expect(page).to_have_url(re.compile(r"[?&]at=0(&|$)"))

    # It is told while it moves, and not only when it is let go; the address when it is let go.
    box = slider.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 8, y)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.9 * box["width"], y, steps=4)
    expect(page.locator(RIGHT).nth(17)).to_be_visible()
    page.mouse.up()
    expect(page).not_to_have_url(re.compile(r"[?&]at=0(&|$)"))
    page.keyboard.press("End")
    expect(page).not_to_have_url(re.compile(r"[?&]at="))


def test_weights_and_health_are_of_the_same_moment_and_a_reload_keeps_it(
    app: App, page: Page, ended: list[str]
) -> None:
    run_id = re.findall(r"[?&]run=([^&]+)", ended[0])[0]
    history = History(app.folder / "runs" / run_id)
    # On a busy computer fewer moments are kept.
    both = set(history.whole()["step"]) & set(history.answers()["step"])
    record = next(one for one in history.answers()[1:] if one["step"] in both)
    step, moment = record["step"], moment_words(record["step"], record["epoch"])
    page.goto(f"{ended[0]}&at={step}")
    expect(page.locator(MOMENT)).to_have_text(moment)
    page.get_by_role("radio", name="Weights", exact=True).click()
    expect(page.locator(".watch-weights canvas")).to_have_count(32)
    assert colours(page, ".watch-weights canvas >> nth=0") > 50
    expect(page.locator(".watch-weights .inside-legend")).to_contain_text("−0.")
    expect(page.locator(MOMENT)).to_have_text(moment)
    page.get_by_role("radio", name="Health").click()
    expect(page.locator(".watch-health figure")).to_have_count(6)
    expect(page.locator(".watch-health-layer").first).to_contain_text("256 neurons: ")
    expect(page.locator(".live-chart .main-svg").first).to_be_visible()
    page.reload()
    expect(page.locator(".watch-health figure")).to_have_count(6)
    expect(page).to_have_url(re.compile(rf"[?&]at={step}(&|$)"))
    page.go_back()
    expect(page.locator(".watch-weights canvas")).to_have_count(32)


def test_nothing_is_cut_off_at_phone_width(app: App, page: Page, ended: list[str]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(re.sub("watch=[a-z]+", "watch=health", ended[0]))
    for way, part in (
        ("digits", TILES),
        ("weights", ".watch-weights li"),
        ("health", ".watch-health figure"),
    ):
        page.get_by_role("radio", name=WAYS[way].title, exact=True).first.click()
        expect(page.locator(part).first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        last = page.locator(part).nth(3 if way == "digits" else 2).bounding_box()
        assert last is not None
        assert last["x"] + last["width"] <= 390
        targets = page.locator(".moment :is(button, input), .inside-numbers summary")
        boxes = [target.bounding_box() for target in targets.all()]
        assert len(boxes) >= 2
        assert all(box is not None and box["height"] >= 44 for box in boxes)


def test_what_goes_wrong_opens_beside_its_twin_and_lends_its_settings(app: App, page: Page) -> None:
    page.goto(f"{app.url}/train?dataset=digits")
    page.get_by_role("radio", name="Learning rate 5").click()
    sides = [page.locator(f".st-key-wrong_{side} .watch-health") for side in "ab"]
    boxes = []
    for side in sides:
        expect(side.locator("figure")).to_have_count(9)
        boxes.append(side.bounding_box())
    assert None not in boxes
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    expect(page).to_have_url(re.compile("wrong=learning-rate-5"))
    before = [side.inner_text() for side in sides]
    page.get_by_role("slider", name="Moment of both").focus()
    page.keyboard.press("Home")
    for side, text in zip(sides, before, strict=True):
        expect(side).not_to_have_text(text, use_inner_text=True)
    page.keyboard.press("ArrowRight")  # and before that is chosen:
    use = page.get_by_role("button", name="Use its settings").first
    use.click()
    words = (
        "The settings of Learning rate 5 are in. Change what you like, then press Start training"
    )
    expect(page.get_by_test_id("stToast")).to_contain_text(words)
    settings = page.get_by_role("heading", name="Settings", exact=True)
    expect(settings).to_be_in_viewport()
    expect(settings).to_be_focused()
    expect(page.get_by_role("button", name="Start training")).to_be_in_viewport()
    expect(use).not_to_be_in_viewport()
    expect(page.get_by_text("784 → 16 → 16 → 10")).to_be_visible()
    expect(page).to_have_url(re.compile(r"wrong_at=\d&.*learning_rate=5"))
