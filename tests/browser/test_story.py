"""The main job as a visitor does it: train, zoom, reload, explore the mistakes, draw a digit."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.chromium import wait_for
from tests.browser.conftest import go_within, stop_button

CLICK_TIMEOUT = 5_000  # milliseconds

# How many points the chart's first line has on the screen.
POINTS = "chart => chart.calcdata?.[0]?.filter(point => !isNaN(point.x)).length ?? 0"

# A one and, beside it, a seven with a bar of its own, in pixels of the board.
ONE = [(66, 45), (63, 150), (60, 255)]
SEVEN = [(120, 66), (170, 63), (235, 60), (205, 126), (175, 186), (150, 255)]
BAR = [(150, 160), (235, 155)]


@pytest.mark.usefixtures("mnist_folder", "blank_frames")
def test_train_on_mnist_zoom_reload_and_explore_the_mistakes(app, page):
    open_train(page, app.url, "epochs=200")
    expect(page.get_by_text("109,386 parameters")).to_be_visible()
    page.get_by_role("button", name="Start training").click()
    loss = page.locator(".live-chart").first
    first = wait_for_points(page, loss, 0)
    wait_for_points(page, loss, first)

    zoom(page, loss)
    zoomed, points = x_range(loss), loss.evaluate(POINTS)
    wait_for_points(page, loss, points)
    assert x_range(loss) == zoomed
    assert page.evaluate("window.blankFrames") == 0

    address = page.url
    assert "run=" in address
    page.reload()
    wait_for_points(page, page.locator(".live-chart").first, points)
    assert page.url == address

    stop_button(page).click()
    page.get_by_role("link", name=re.compile("See its mistakes")).click()
    expect(page.get_by_text("10,000 MNIST test images").first).to_be_visible()
    wait_for(
        page,  # side by side, once all of them are loaded
        """() => {
          const choices = document.querySelectorAll(
            ".st-key-evaluate_model, .st-key-evaluate_data, .st-key-evaluate_images");
          const edges = [...choices].map((one) => Math.round(one.getBoundingClientRect().bottom));
          return edges.length === 3 && new Set(edges).size === 1;
        }""",
    )
    true, predicted = click_another_confusion(page)
    heading = page.locator(".cards .head").first
    expect(heading).to_contain_text(f"{true} → {predicted}")
    expect(page.locator(".cards img").first).to_be_visible()
    asking_about_many_images_shows_how_far_it_is_and_stops_when_one_leaves(page)


def asking_about_many_images_shows_how_far_it_is_and_stops_when_one_leaves(page: Page) -> None:
    go_within(page, "/evaluate?model=large")
    expect(page.get_by_role("combobox", name="Model")).to_have_value(re.compile("^large"))
    expect(page.get_by_text("10,000 MNIST test images").first).to_be_visible()
    page.get_by_text("Training", exact=True).click()
    bar = page.get_by_text("Asking the model about the training images of MNIST")
    expect(bar).to_be_visible()
    expect(bar).to_contain_text(re.compile(r"[1-9]\d* %"))
    before = share(bar)

    page.get_by_text("Test", exact=True).click()  # the page listens all the while
    expect(bar).to_have_count(0)
    expect(page.get_by_text("10,000 MNIST test images").first).to_be_visible()
    page.get_by_text("Training", exact=True).click()
    expect(bar).to_contain_text(re.compile(r"\d %"))
    assert share(bar) >= before  # and goes on where it was
    page.get_by_role("link", name="Home", exact=True).first.click()
    expect(page.get_by_role("heading", name="A neural network from scratch")).to_be_visible()


def share(bar: Locator) -> int:
    return int(re.findall(r"(\d+) %", bar.inner_text())[0])


def test_what_is_drawn_is_read_told_and_still_there_after_a_visit_elsewhere(offline_app, page):
    page.goto(f"{offline_app.url}/train")
    expect(page.get_by_role("button", name="Start training")).to_be_enabled()
    wait_for(page, "window.scratchNnFocus?.row")
    page.get_by_role("link", name="Draw", exact=True).click()
    expect(page.get_by_text("Still empty")).to_be_visible()
    # Screen readers are told by a region that stays.
    region = page.get_by_role("status")
    expect(region).to_have_text("")
    region.evaluate("element => { element.wasThereBefore = true; }")
    draw(page, ONE)
    expect(page.locator("img.seen")).to_be_visible()
    expect(region).to_have_text(re.compile("1, .*% sure"))
    assert region.evaluate("element => element.wasThereBefore")
    # What keeps the focus on Train leaves it alone on other pages.
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_enabled()
    undo.press("Enter")
    expect(undo).to_be_disabled()
    expect(page.get_by_role("heading", name="Draw", exact=True)).not_to_be_focused()
    expect(region).to_have_text("")

    for strokes, number in (([SEVEN, BAR], ["7"]), ([SEVEN, ONE, BAR], ["1", "7"])):
        for stroke in strokes:
            draw(page, stroke)
        answer = page.get_by_role("heading", name="".join(number), exact=True)
        expect(answer).to_be_visible()
        expect(page.locator(".board-marks span")).to_have_text(number if len(number) > 1 else [])

        page.get_by_role("link", name="Home", exact=True).click()
        expect(page.get_by_role("heading", name="A neural network from scratch")).to_be_visible()
        page.get_by_role("link", name="Draw", exact=True).click()
        expect(answer).to_be_visible()

        page.get_by_role("button", name="Clear").click()
        expect(answer).to_have_count(0)


@pytest.fixture
def blank_frames(page: Page) -> None:
    """Let the page count the frames in which a chart that was drawn is gone again."""
    page.add_init_script("""
        window.blankFrames = 0;
        let drawn = false;
        const look = () => {
            const charts = [...document.querySelectorAll('.live-chart')];
            const all = charts.length > 0 && charts.every(c => c.querySelector('.main-svg'));
            if (drawn && !all) window.blankFrames += 1;
            drawn = drawn || all;
            requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    """)


def open_train(page: Page, url: str, settings: str) -> None:
    page.goto(f"{url}/train?{settings}")
    expect(page.get_by_role("button", name="Start training")).to_be_enabled()


def wait_for_points(page: Page, chart: Locator, more_than: int) -> int:
    """Wait until the chart's first line has more points than that; returns how many."""
    expect(chart.locator(".main-svg").first).to_be_visible()
    wait_for(
        page, f"([chart, n]) => ({POINTS})(chart) > n", arg=[chart.element_handle(), more_than]
    )
    points: int = chart.evaluate(POINTS)
    return points


def x_range(chart: Locator) -> list[float]:
    shown: list[float] = chart.evaluate("chart => chart._fullLayout.xaxis.range.slice()")
    return shown


def plotting_area(chart: Locator) -> dict[str, float]:
    area = chart.locator(".nsewdrag").first
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box is not None
    return dict(box)


def zoom(page: Page, chart: Locator) -> None:
    """Drag over the left half of the chart, and wait until it shows that part only."""
    box = plotting_area(chart)
    page.mouse.move(box["x"] + 0.05 * box["width"], box["y"] + 0.2 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.8 * box["height"], steps=5)
    page.mouse.up()
    wait_for(page, "chart => chart.layout.xaxis.autorange === false", arg=chart.element_handle())


def click_another_confusion(page: Page) -> tuple[int, int]:
    """Click the cell with most mistakes of those not shown already, and wait for the words about
    it; returns its (true, predicted)."""
    matrix = page.locator(".live-chart").first
    expect(matrix.locator(".main-svg").first).to_be_visible()
    shown = page.get_by_text(re.compile(r"of \d called \d")).first.inner_text()
    counts: list[list[float | None]] = matrix.evaluate("chart => chart.calcdata[0][0].z")
    cells = [(r, c) for r in range(10) for c in range(10) if f"of {r} called {c}" not in shown]
    true, predicted = max(
        (cell for cell in cells if cell[0] != cell[1]),
        key=lambda cell: counts[cell[0]][cell[1]] or 0,
    )
    words = page.get_by_text(f"of {true} called {predicted}")
    box = plotting_area(matrix)
    x = box["x"] + (predicted + 0.5) / 10 * box["width"]
    y = box["y"] + (true + 0.5) / 10 * box["height"]
    for _ in range(5):
        page.mouse.move(0, 0)
        page.mouse.move(x, y)
        # Plotly reports a click on the cell that it last saw the mouse over.
        hover = matrix.locator(".live-chart-aside")
        expect(hover).to_contain_text(f"{true} called {predicted}")
        expect(matrix.locator(".hoverlayer .hovertext")).to_have_count(0)  # it would cover cells
        page.mouse.down()
        page.mouse.up()
        try:
            expect(words).to_be_visible(timeout=CLICK_TIMEOUT)
        except AssertionError:
            continue  # the chart was just being drawn anew; a visitor clicks again too
        return true, predicted
    raise AssertionError(f"no click on the cell of {true} called {predicted} arrived")


# Waits until an element has been in one place for some frames.
STAYS = """
async element => {
    const frame = () => new Promise(requestAnimationFrame);
    const place = () => JSON.stringify(element.getBoundingClientRect());
    for (let before, same = 0; same < 5; await frame()) {
        const now = place();
        same = now === before ? same + 1 : 0;
        before = now;
    }
}
"""


def draw(page: Page, stroke: list[tuple[float, float]]) -> None:
    """Draw a stroke on the board with the mouse."""
    board = page.locator(".upper-canvas")
    board.scroll_into_view_if_needed()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    board.evaluate(STAYS)
    box = board.bounding_box()
    assert box is not None
    points = [(box["x"] + x, box["y"] + y) for x, y in stroke]
    page.mouse.move(*points[0])
    page.mouse.down()
    for x, y in points[1:]:
        page.mouse.move(x, y, steps=8)
    page.mouse.up()
