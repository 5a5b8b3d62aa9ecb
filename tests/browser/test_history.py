"""Back goes where one was: one act is at most one entry of the history, and an entry shows again
what was seen."""

import json
import re

from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.test_story import plotting_area

# What a page shows, as far as the visitor has chosen it: the address, the page, the boxes, the
# frame in the confusion matrix, and the epochs.
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
    return JSON.stringify(
        [location.pathname + location.search, document.querySelector("h1")?.textContent,
         boxes, epochs, frames]);
}
"""
# The same for half a second, with the app at rest.
AT_REST = f"""
() => {{
    const shown = ({SHOWN})();
    const app = document.querySelector('[data-testid="stApp"]');
    if (app?.dataset.testScriptState !== "notRunning" || window.shownBefore !== shown) {{
        window.shownBefore = shown;
        window.shownSince = performance.now();
    }}
    return performance.now() - window.shownSince > 500 && shown;
}}
"""


def shown(page: Page) -> str:
    """What the page shows, once it has come to rest."""
    text: str = page.wait_for_function(AT_REST).json_value()
    return text


def expect_shown(page: Page, text: str) -> None:
    """Wait until the page has come to rest and shows this."""
    try:
        page.wait_for_function(f"text => ({AT_REST})() === text", arg=text)
    except TimeoutError:
        assert json.loads(shown(page)) == json.loads(text)


def test_one_act_is_one_entry_and_back_shows_what_was_seen(offline_app, page):
    before = page.evaluate("history.length")
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
    expect(page.get_by_text("Test accuracy").first).to_be_visible(timeout=60_000)
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
    for text in story[1:]:
        page.go_forward()
        expect_shown(page, text)
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
