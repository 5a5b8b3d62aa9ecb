"""The Draw page, where only a browser shows it: a reload, lessons without jumps, refused files."""

import re

from playwright.sync_api import expect

from benchmarks.chromium import wait_for
from tests.browser.test_story import ONE, SEVEN, draw

# Notes that the page has said so, which it does for as long as a lesson takes.
WATCH_LEARNING = """() => {
  window.learning = false;
  new MutationObserver(() => {
    window.learning ||= document.body.textContent.includes("Learning ...");
  }).observe(document.body, { childList: true, characterData: true, subtree: true });
}"""

# What the tab keeps for a reload.
KEPT = "JSON.parse(sessionStorage.getItem('drawing_and_lessons'))"

DOT = [(95, 250), (96, 251)]


def test_what_a_reload_keeps_and_from_a_board_that_still_loads_to_a_file_that_is_refused(
    offline_app, page, tmp_path
):
    page.goto(f"{offline_app.url}/draw")
    a_reload_keeps_what_was_drawn_and_taught(page)
    the_place_of_the_board_is_seen_while_its_canvas_still_loads(page)
    draw(page, SEVEN)
    expect(page.get_by_role("heading", name="7", exact=True)).to_be_visible()
    seven = tmp_path / "seven.png"
    page.locator(".lower-canvas").first.screenshot(path=seven)
    rows_have_room_beside_what_they_are_worth(page)
    fields_without_a_name_above_them_show_their_help(page)
    a_refused_file_takes_the_answer_before_away(page, tmp_path, seven)


def a_reload_keeps_what_was_drawn_and_taught(page):
    model = page.locator('[data-testid="stSelectbox"] input')
    expect(model).to_have_value(re.compile("^default · "))
    for stroke in (ONE, DOT, SEVEN):
        draw(page, stroke)
    expect(page.get_by_role("heading", name="1.7", exact=True)).to_be_visible()
    expect(page.locator(".board-marks span")).to_have_text(["1", "7", "."])

    chart = page.locator(".live-chart").first
    expect(chart.locator(".main-svg").first).to_be_visible()
    place = chart.bounding_box()
    page.get_by_role("button", name="That was wrong").click()
    lesson = page.locator(".st-key-lesson_choices")
    lesson.get_by_text("2nd: 7").click()
    expect(lesson.get_by_role("radio", name="2nd: 7")).to_be_checked()
    at_rest = ("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stApp")).to_have_attribute(*at_rest)
    lesson.get_by_role("radio", name="2", exact=True).click()
    page.evaluate(WATCH_LEARNING)
    page.get_by_role("button", name="Learn it").click()
    report = page.get_by_role("paragraph").filter(has_text="This is your own copy")
    expect(report).to_be_visible()
    assert page.evaluate("learning")
    assert chart.bounding_box() == place
    expect(model).to_have_value(re.compile("^default, taught 1 digit by you · "))
    read = page.locator(".st-key-answer h2")
    # On a busy computer a lesson ends before it is learned: there is a "?", or still a 7.
    taught = re.compile(r"^1\??\.[27]\??$")
    expect(read).to_have_text(taught)
    wait_for(page, f"({KEPT})?.strokes.length === 3 && ({KEPT}).lessons?.labels.length === 1")
    page.reload()
    expect(report).to_be_visible()
    expect(model).to_have_value(re.compile("^default, taught 1 digit by you · "))
    expect(read).to_have_text(taught)

    page.get_by_role("button", name="Taught: 1").click()
    page.get_by_role("button", name="Take back").click()
    expect(report).to_have_count(0)
    expect(page.get_by_role("heading", name="1.7", exact=True)).to_be_visible()
    expect(model).to_have_value(re.compile("^default · "))
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("heading", name="1.7", exact=True)).to_have_count(0)
    wait_for(page, f"({KEPT})?.strokes.length === 0")


def the_place_of_the_board_is_seen_while_its_canvas_still_loads(page):
    held = []
    drawable = re.compile("drawable")
    page.route(drawable, lambda route: held.append(route))
    with page.expect_request(drawable):
        page.reload()
    expect(page.locator(".st-key-drawing_board")).to_be_visible()
    wait_for(
        page,
        """
        getComputedStyle(document.querySelector('.st-key-drawing_board'), '::before').content
          .includes('One moment')""",
    )
    expect(page.get_by_text("Still empty")).to_be_visible()
    expect(page.locator(".upper-canvas")).to_have_count(0)
    assert held
    # Those that were held arrive: one cut off would be an error in the console.
    page.unroute(drawable)
    expect(page.get_by_role("button", name="Clear")).to_be_disabled()


def rows_have_room_beside_what_they_are_worth(page):
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("button", name="Clear")).to_be_disabled()
    board, answer = page.locator(".st-key-drawing_board"), page.locator(".st-key-answer")
    places = [board.bounding_box(), answer.bounding_box()]
    for row in range(3):
        top = 15 + 100 * row
        draw(page, [(60, top), (110, top), (75, top + 65)])
        draw(page, [(200, top), (202, top + 65)])
        expect(page.locator(".board-marks span")).to_have_count(2 * row + 2)
        expect(answer.locator("br")).to_have_count(row)
        words = answer.get_by_text(re.compile("% sure|Not sure|hardly"))
        expect(words).to_be_visible()
        assert [board.bounding_box(), answer.bounding_box()] == places
        bottom = "element => element.getBoundingClientRect().bottom"
        assert words.evaluate(bottom) <= answer.evaluate(bottom)


def fields_without_a_name_above_them_show_their_help(page):
    for name, words in {"Model": "The network that answers", "Where": "Draw with mouse"}.items():
        page.get_by_role("button", name=re.compile(f"^Help for {name}")).hover()
        expect(page.get_by_text(words).last).to_be_visible()


def a_refused_file_takes_the_answer_before_away(page, tmp_path, seven):
    page.get_by_text("From a file", exact=True).first.click()
    upload = page.locator('input[type="file"]')
    answer = page.get_by_role("heading", name="7", exact=True)
    for name, size in (("notes.txt", 10), ("large.png", 21 << 20), ("broken.png", 10)):
        expect(upload).to_have_count(1)  # it is replaced after each file
        upload.set_input_files(seven)
        expect(answer).to_be_visible()
        (tmp_path / name).write_bytes(bytes(size))
        upload.set_input_files(tmp_path / name)
        expect(answer).to_have_count(0)
        expect(page.get_by_text("cannot be used")).to_be_visible()
