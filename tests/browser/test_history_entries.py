"""What the browser makes an entry of its history, without the app."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ui.components import history_entries

SCRIPT = Path(history_entries.__file__).with_name("history_entries.js")
# The script comes at once, or when a click has been seen.
PAGE = f"""<button>Page</button><script type="module">
{SCRIPT.read_text(encoding="utf-8").replace("export default function", "function show")}
window.show = show;
const watching = () => show({{ data: {{ asked: "" }}, setTriggerValue: () => {{}} }});
if (location.pathname === "/at_once") watching();
else new PerformanceObserver(() => {{
  watching();
  document.querySelector("button").textContent = "Clicked";
}}).observe({{ type: "first-input" }});
</script>"""


# However slow the computer is, no time passes.
STILL = "{ const now = performance.now(); performance.now = () => now; }"


@pytest.fixture
def entries_page(page: Page) -> Page:
    page.add_init_script(STILL)
    page.route("http://entries.test/**", lambda route: route.fulfill(body=PAGE))
    return page


def entries(page: Page, *addresses: str) -> int:
    """How many entries become of these, as Streamlit would push them."""
    before: int = page.evaluate("history.length")
    page.evaluate("addresses => addresses.forEach(to => history.pushState({}, '', to))", addresses)
    after: int = page.evaluate("history.length")
    return after - before


def test_only_what_the_visitor_does_is_an_entry_and_only_once(entries_page: Page) -> None:
    page = entries_page
    page.goto("http://entries.test/at_once")
    assert entries(page, "?run=1") == 0
    page.get_by_role("button").click()
    assert entries(page, "?run=2", "?run=2&member=1") == 1
    page.keyboard.press("a")
    assert entries(page, "?run=3") == 1


def test_a_click_before_the_script_is_there_counts(entries_page: Page) -> None:
    click_before_it_comes(entries_page)
    assert entries(entries_page, "?run=1", "?run=1&member=1") == 1


def test_a_click_whose_entry_is_there_before_the_script_makes_no_second_one(
    entries_page: Page,
) -> None:
    click_before_it_comes(entries_page, pushed="?run=1")
    assert entries(entries_page, "?run=1&member=1") == 0


# Asks for the word that the history is watched over; what waits for a while is kept.
ASK = """() => {
  window.said = [];
  window.setTimeout = (act) => { window.later = act; return 1; };
  show({ data: { asked: "train" }, setTriggerValue: (...word) => said.push(word) });
}"""
CALM = """() => {
  const now = performance.now();
  performance.now = () => now + 1500;
  later();
}"""


def test_it_says_so_at_once_but_waits_for_what_a_click_brings(entries_page: Page) -> None:
    page = entries_page
    page.goto("http://entries.test/at_once")
    page.evaluate(ASK)
    assert page.evaluate("said") == [["watching", True]]
    page.get_by_role("button").click()
    it_waits(page)
    click_before_it_comes(page)
    it_waits(page)


def it_waits(page: Page) -> None:
    page.evaluate(ASK)
    assert page.evaluate("said") == []
    page.evaluate(CALM)
    assert page.evaluate("said") == [["watching", True]]


def click_before_it_comes(page: Page, *, pushed: str | None = None) -> None:
    page.goto("http://entries.test/with_a_click")
    if pushed is not None:
        assert entries(page, pushed) == 1
    page.get_by_role("button").click()
    expect(page.get_by_role("button")).to_have_text("Clicked")
