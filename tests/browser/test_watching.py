"""Watching a training in the browser: its digits, weights and health, live and back in time."""

import re

from playwright.sync_api import Page, expect

from nn.history import History
from tests.browser.conftest import LONG, App, go_within, stop_button
from tests.browser.test_history import entries_before, expect_shown, shown
from ui.runs.moments import moment_words
from ui.train.watching.ways import WAYS

RIGHT = '.watch-digits li[data-right="true"]'
TILES = ".watch-digits li"
MOMENT = ".moment-now"
BEGINNING = "before the first step"


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


def test_digits_weights_and_health_of_a_training_while_it_goes_on_and_after(
    offline_app: App, page: Page
) -> None:
    settings = LONG.replace("hidden=", "hidden=256,").replace("=0.01", "=0.05")
    page.goto(f"{offline_app.url}/train?{settings}&watch=digits")
    page.get_by_role("button", name="Start training").click()
    digits_turn_right_while_it_trains(page)
    stop_button(page).click()
    expect(page.get_by_role("link", name="See its mistakes")).to_be_visible()
    the_slider_leads_back(page)
    weights_and_health_are_of_the_same_moment_and_a_link_keeps_it(offline_app, page)
    nothing_is_cut_off_at_phone_width(page)


def digits_turn_right_while_it_trains(page: Page) -> None:
    # Nobody has moved the slider: it goes with the training.
    expect(page.locator(MOMENT)).to_have_text(re.compile(r"^epoch .*\(newest\)$"))
    expect(page.locator(TILES)).to_have_count(24)
    expect(page.locator(RIGHT).nth(19)).to_be_visible()


def the_slider_leads_back(page: Page) -> None:
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


def weights_and_health_are_of_the_same_moment_and_a_link_keeps_it(
    offline_app: App, page: Page
) -> None:
    run_id = re.findall(r"[?&]run=([^&]+)", page.url)[0]
    history = History(offline_app.folder / "runs" / run_id)
    # On a busy computer fewer moments are kept, and of each kind others.
    both = set(history.first_layer()["step"]) & set(history.answers()["step"])
    record = next(one for one in history.answers()[1:] if one["step"] in both)
    step, moment = record["step"], moment_words(record["step"], record["epoch"])
    go_within(page, f"/train?{page.url.partition('?')[2]}&at={step}")
    expect(page.locator(MOMENT)).to_have_text(moment)
    page.get_by_role("radio", name="Weights", exact=True).click()
    expect(page.locator(".watch-weights canvas")).to_have_count(32)
    assert colours(page, ".watch-weights canvas >> nth=0") > 30
    expect(page.locator(".watch-weights .inside-legend")).to_contain_text("−0.")
    expect(page.locator(MOMENT)).to_have_text(moment)
    page.get_by_role("radio", name="Health").click()
    expect(page.locator(".watch-health figure")).to_have_count(12)
    expect(page.locator(".watch-health-layer").first).to_contain_text("256 neurons: ")
    expect(page).to_have_url(re.compile(rf"[?&]at={step}(&|$)"))
    page.go_back()
    expect(page.locator(".watch-weights canvas")).to_have_count(32)
    expect(page.locator(MOMENT)).to_have_text(moment)


def nothing_is_cut_off_at_phone_width(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
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


def test_what_goes_wrong_lends_its_settings_and_its_moments_are_entries(
    offline_app: App, page: Page
) -> None:
    before = entries_before(page, offline_app)
    page.goto(f"{offline_app.url}/train?epochs=20")
    page.get_by_role("radio", name="Weights × 10").click()
    slider = page.get_by_role("slider", name="Moment of both")
    expect(slider).to_have_accessible_description("Go back through both trainings at once.")
    story = [shown(page)]

    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    drawn = page.locator(".st-key-wrong_a .watch-health")
    page.mouse.move(box["x"] + box["width"] - 8, y)
    page.mouse.down()
    for share in (0.8, 0.6, 0.4, 0.2):  # each waits for the server's answer, which writes nothing
        text = drawn.inner_text()
        page.mouse.move(box["x"] + share * box["width"], y)
        expect(drawn).not_to_have_text(text, use_inner_text=True)
    expect(page).to_have_url(re.compile(r"wrong=weights-x-10$"))
    page.mouse.up()
    expect(page).to_have_url(re.compile("wrong_at="))
    story.append(shown(page))

    for key in ("End", "ArrowLeft", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    expect(page).not_to_have_url(page.url)
    story.append(shown(page))

    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(page).not_to_have_url(re.compile("wrong_at="))
    story.append(shown(page))

    assert page.evaluate("history.length") == before + 1 + len(story)  # and Train as it opened
    for text in reversed(story[:-1]):
        page.go_back()
        expect_shown(page, text)
    page.go_forward()
    expect_shown(page, story[1])
    it_opens_beside_its_twin_and_lends_its_settings(page)


def it_opens_beside_its_twin_and_lends_its_settings(page: Page) -> None:
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
