"""Back goes where one was: one act is at most one entry of the history, and an entry shows again
what was seen."""

import json
import re

from playwright.sync_api import Page, TimeoutError, expect

from benchmarks.chromium import wait_for
from tests.browser.conftest import App
from tests.browser.test_story import plotting_area

# What a page shows, as far as the visitor has chosen it: the address, the page, the boxes, the
# frame in the confusion matrix, the epochs, and the moments of the sliders through a training.
SHOWN = """
() => {
    const label = box => box.querySelector('[data-testid="stWidgetLabel"]')?.textContent.trim();
    const boxes = {};
    for (const box of document.querySelectorAll('[data-testid="stSelectbox"]'))
        if (/^(Model|Data|True class|Predicted class|Dataset)/.test(label(box)))
            boxes[label(box)] = box.querySelector("input").value;
    const epochs = [...document.querySelectorAll('[data-testid="stSlider"]')]
        .filter(slider => label(slider).startsWith("Epochs")).map(slider => slider.innerText);
    const frames = [...document.querySelectorAll(".live-chart")]
        .filter(chart => chart.layout?.yaxis?.title?.text === "True class")
        .map(chart => chart.layout.shapes.map(frame => [frame.y0 + 0.5, frame.x0 + 0.5]));
    const moments = [...document.querySelectorAll(".moment-now")].map(now => now.textContent);
    return JSON.stringify(
        [location.pathname + location.search, document.querySelector("h1")?.textContent,
         boxes, epochs, frames, moments]);
}
"""
# The same for a fifth of a second, with the app at rest.
AT_REST = f"""
() => {{
    const shown = ({SHOWN})();
    const app = document.querySelector('[data-testid="stApp"]');
    if (app?.dataset.testScriptState !== "notRunning" || window.shownBefore !== shown) {{
        window.shownBefore = shown;
        window.shownSince = performance.now();
    }}
    return performance.now() - window.shownSince > 200 && shown;
}}
"""


def shown(page: Page) -> str:
    """What the page shows, once it has come to rest."""
    text: str = wait_for(page, AT_REST)
    return text


def expect_shown(page: Page, text: str) -> None:
    """Wait until the page has come to rest and shows this."""
    try:
        wait_for(page, f"text => ({AT_REST})() === text", arg=text)
    except TimeoutError:
        assert json.loads(shown(page)) == json.loads(text)


def entries_before(page: Page, app: App) -> int:
    """Length of the history of somebody who comes from elsewhere: a new tab's empty document may
    leave an entry or not."""
    page.goto(f"{app.url}/_stcore/health")
    length: int = page.evaluate("history.length")
    return length


def test_one_act_is_one_entry_and_back_shows_what_was_seen(offline_app, page):
    before = entries_before(page, offline_app)
    # With more in it than the app itself would write.
    page.goto(f"{offline_app.url}/train?dataset=digits&epochs=20&hidden=16&activation=ReLU")
    start = page.get_by_role("button", name="Start training")
    expect(start).to_be_enabled()
    expect(page).to_have_url(re.compile(r"train\?epochs=20&hidden=16$"))
    story = [shown(page)]
    lengths = [page.evaluate("history.length")]

    def entry() -> None:
        story.append(shown(page))
        lengths.append(page.evaluate("history.length"))

    epochs = page.locator('[data-testid="stSlider"]').filter(has_text="Epochs")
    epochs.locator('input, [role="slider"]').first.focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("epochs=21"))
    story[-1] = shown(page)
    assert page.evaluate("history.length") == lengths[-1]  # as part of the entry

    start.click()
    # Without MNIST a digit dataset trains to the end.
    expect(page.get_by_text("Test accuracy").first).to_be_visible()
    expect(page).to_have_url(re.compile("&run="))
    entry()
    page.get_by_role("link", name=re.compile("See its mistakes")).first.click()
    expect(page.get_by_text("Take it with you")).to_be_visible()
    expect(page).to_have_url(re.compile(r"evaluate\?model=[\w-]+$"))
    entry()
    for true, predicted in ((4, 9), (7, 2)):
        click_cell(page, true, predicted)
        expect(page).to_have_url(re.compile(f"&true={true}&predicted={predicted}"))
        entry()
    box = page.locator('[data-testid="stSelectbox"]').filter(has_text="Model").locator("input")
    box.click()
    page.keyboard.type("small · ")
    page.get_by_role("option", name=re.compile("^small")).click()
    expect(page).to_have_url(re.compile("model=small"))
    # What its answers to MNIST were comes with it, where there is no MNIST too.
    expect(page.get_by_text("10,000 MNIST test images").first).to_be_visible()
    entry()
    page.get_by_text("Percent of each row").click()
    expect(page).to_have_url(re.compile("percent=true"))
    entry()
    for name, ready in (("Draw", "What the network sees"), ("Train", "Test accuracy")):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_text(ready).first).to_be_visible()
        entry()
    page.get_by_role("radio", name="Fast").click()
    expect(page).to_have_url(re.compile("schedule=One"))
    entry()

    assert lengths == list(range(before + 1, before + 1 + len(story)))
    assert len({json.loads(text)[0] for text in story}) == len(story)
    for text in reversed(story[:-1]):
        page.go_back()
        expect_shown(page, text)
    page.evaluate("history.go(3)")  # over the run to a cell of the matrix
    expect_shown(page, story[3])
    page.evaluate("entries => history.go(entries)", len(story) - 4)
    expect_shown(page, story[-1])
    assert page.evaluate("history.length") == lengths[-1]


def click_cell(page: Page, true: int, predicted: int) -> None:
    matrix = page.locator(".live-chart").first
    expect(matrix.locator(".main-svg").first).to_be_visible()
    box = plotting_area(matrix)
    page.mouse.move(0, 0)
    page.mouse.move(
        box["x"] + (predicted + 0.5) / 10 * box["width"],
        box["y"] + (true + 0.5) / 10 * box["height"],
    )
    expect(matrix.locator(".live-chart-aside")).to_contain_text(
        re.compile(f"{true} called {predicted}")
    )
    page.mouse.down()
    page.mouse.up()
