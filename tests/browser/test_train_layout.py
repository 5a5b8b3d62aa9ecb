"""Where things stand on the Train page, and that they stay there."""

from playwright.sync_api import Locator, Page, expect

from benchmarks.chromium import wait_for
from tests.browser.conftest import WINDOW, App, stop_button
from ui.shared.pages import PAGES

MOST_TABS = 7 + len(PAGES)  # to each page goes a link


# All that moves for a while has come to its end.
OPENED = """() => document.getAnimations().every((one) =>
  one.playState !== "running" || one.effect.getTiming().iterations === Infinity)"""


def top(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"]


def test_where_things_stand_before_and_after_a_run(offline_app: App, page: Page) -> None:
    page.goto(f"{offline_app.url}/train?dataset=digits&hidden=128&epochs=200&batch_size=8")
    expect(page.get_by_role("button", name="Start training")).to_be_enabled()
    expect(page.locator(".live-chart .main-svg")).to_have_count(6)  # all is there
    the_settings_come_soon_with_the_keyboard(page)
    where_it_is_narrow_start_and_settings_come_before_the_charts(page)
    nothing_moves_by_an_error_or_a_run(page)
    where_it_is_narrow_a_link_leads_to_the_next_settings(page)


def the_settings_come_soon_with_the_keyboard(page: Page) -> None:
    expect(page.get_by_role("combobox", name="Dataset")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    names, hidden = [], []
    focus = """() => {
      const [it, bar] = [document.activeElement, document.querySelector('[data-testid=stHeader]')];
      const seen = it === document.body || it.tagName === "MAIN" || bar.contains(it) ||
        it.dataset.testid === "stSkipToContent" ||
        it.getBoundingClientRect().bottom > bar.getBoundingClientRect().bottom;
      return [it.getAttribute("aria-label") ?? it.innerText.trim(), seen];
    }"""
    for key in ["Tab"] * 40 + ["Shift+Tab"] * 20:
        page.keyboard.press(key)
        name, seen = page.evaluate(focus)
        names.append(name)
        if not seen:
            hidden.append(name)
    assert hidden == []
    assert names.index("Dataset") < MOST_TABS
    fields = names[names.index("Dataset") : names.index("Batch size")]
    assert not [name for name in fields if name.startswith("Help for")]
    assert names.index("Batch size") < names.index("Zoom")

    # The help of a field is one step back from it, and screen readers find it.
    page.get_by_role("combobox", name="Dataset").focus()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Help for Dataset")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Help for Dataset")).not_to_be_focused()


def where_it_is_narrow_start_and_settings_come_before_the_charts(page: Page) -> None:
    settings = page.get_by_role("heading", name="Settings")
    start = page.get_by_role("button", name="Start training")
    presets = page.get_by_role("radiogroup").first
    chart = page.locator(".live-chart").first
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    for width in (640, 390):
        page.set_viewport_size({"width": width, "height": 844})
        # Where the parts stand is settled once the browser is told of the page's style.
        expect(page.locator(".st-key-train_page")).to_have_css("display", "flex")
        assert top(presets) < top(start) < top(settings) < top(chart)
        expect(start).to_be_in_viewport(ratio=1)
    page.set_viewport_size(WINDOW)


def nothing_moves_by_an_error_or_a_run(page: Page) -> None:
    hidden, chart = page.get_by_role("textbox", name="Hidden layers"), page.locator(".live-chart")
    below = page.get_by_role("combobox", name="Activation")
    stood = top(below), top(chart.first)

    hidden.fill("many")
    hidden.press("Enter")
    told = page.get_by_role("alert").filter(has_text="Hidden layers: please enter whole numbers")
    expect(told).to_be_in_viewport()
    assert (top(below), top(chart.first)) == stood
    hidden.fill("2048 64")
    hidden.press("Enter")
    expect(page.get_by_text("1,739,466 parameters")).to_be_in_viewport()

    page.get_by_role("button", name="Start training").click()
    expect(page.get_by_text("Epoch", exact=False).first).to_be_visible()
    pause = page.get_by_role("button", name="Pause")
    expect(pause).to_be_visible()
    assert (top(below), top(chart.first)) == stood
    pause.click()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    the_settings_leave_the_run_in_sight_and_hide_no_focus(page)
    # The answer to the press does not wait for the server's.
    said = stop_button(page).evaluate(
        "button => { button.click(); "
        "return getComputedStyle(button.querySelector('p'), '::after').content; }"
    )
    assert said == '"Stopping ..."'
    expect(page.get_by_role("link", name="See its mistakes")).to_be_visible()
    assert (top(below), top(chart.first)) == stood


def the_settings_leave_the_run_in_sight_and_hide_no_focus(page: Page) -> None:
    """However long they are, the run stays beside them, and nothing lies over what has the
    focus."""
    page.get_by_text("More settings", exact=True).click()
    page.get_by_text("Augmentation", exact=True).click()
    page.set_viewport_size({"width": 1280, "height": 720})
    next_one = page.get_by_role("button", name="Train with these settings next")
    seed = page.get_by_role("spinbutton", name="Random seed")
    seed.scroll_into_view_if_needed()
    expect(seed).to_be_in_viewport()
    expect(next_one).to_be_in_viewport(ratio=1)
    wait_for(page, OPENED)
    focus = """() => {
      const [it, bar, header] = [document.activeElement,
        document.querySelector(".st-key-settings_outcome").parentElement,
        document.querySelector("[data-testid=stHeader]")];
      if (bar.contains(it)) return "the bar";
      const [at, lower, upper] = [it, bar, header].map((part) => part.getBoundingClientRect());
      const name = it.getAttribute("aria-label") ?? it.innerText.trim();
      if (!bar.parentElement.contains(it)) return "elsewhere";
      return at.bottom > lower.top + 1 || at.top < upper.bottom - 1 ? `hidden: ${name}` : name;
    }"""
    seen = []
    page.get_by_role("combobox", name="Dataset").focus()
    for key in ("Tab", "Shift+Tab"):
        while (name := page.evaluate(focus)) not in ("the bar", "elsewhere"):
            seen.append(name)
            page.keyboard.press(key)
        page.keyboard.press("Shift+Tab")
    assert len(seen) > 40
    assert [name for name in seen if name.startswith("hidden: ")] == []
    page.set_viewport_size(WINDOW)
    seed.scroll_into_view_if_needed()
    expect(page.locator(".live-chart").first).to_be_in_viewport(ratio=0.9)
    page.get_by_text("Augmentation", exact=True).click()
    page.get_by_text("More settings", exact=True).click()
    expect(seed).to_be_hidden()
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    wait_for(page, OPENED)


def where_it_is_narrow_a_link_leads_to_the_next_settings(page: Page) -> None:
    way = page.get_by_role("link", name="Settings of the next training")
    start = page.get_by_role("button", name="Start training")
    chart = page.locator(".live-chart").first
    for width in (640, 390):
        page.set_viewport_size({"width": width, "height": 844})
        expect(way).to_be_visible()
        assert top(way) < top(start) < top(chart)
    way.click()
    expect(page.get_by_role("heading", name="Next training")).to_be_in_viewport(ratio=1)
