"""What the browser makes an entry of its history, and what it hears meanwhile, without the app."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from benchmarks.chromium import wait_for
from ui.components import history_entries

SCRIPT = Path(history_entries.__file__).with_name("history_entries.js")
# The script comes at once, or when a click has been seen.
PAGE = f"""<button>Page</button><script type="module">
{SCRIPT.read_text(encoding="utf-8").replace("export default function", "function show")}
window.show = show;
const watching = () => show({{ data: {{ asked: "", shown: 1 }}, setTriggerValue: () => {{}} }});
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

    def answer(route: Route) -> None:
        if route.request.url.endswith(".js"):
            route.fulfill(path=SCRIPT.with_name("awaited_page.js"))
        else:
            route.fulfill(body=PAGE)

    page.route("http://entries.test/**", answer)
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
  show({ data: { asked: "train", shown: 1 }, setTriggerValue: (...word) => said.push(word) });
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


# Notes what the button hears, and what stands early on a page is there.
LISTEN = """() => {
  window.heard = [];
  const button = document.querySelector("button");
  for (const type of ["mousedown", "click", "keydown"])
    button.addEventListener(type, () => heard.push(type));
  show({ data: { opened: 1 } });
}"""
ALL = ["mousedown", "click", "keydown"]


def heard(page: Page) -> list[str]:
    """What the button hears of a click and a key."""
    page.evaluate("heard.length = 0")
    page.get_by_role("button").click()
    page.get_by_role("button").press("a")
    types: list[str] = page.evaluate("heard")
    return types


@pytest.mark.parametrize("told", [{"opened": 2}, {"asked": "", "shown": 2}])
def test_after_back_the_page_hears_nothing_until_the_server_has_gone_there(
    entries_page: Page, told: dict[str, object]
) -> None:
    page = entries_page
    page.goto("http://entries.test/at_once")
    page.evaluate(LISTEN)
    assert heard(page) == ALL
    entries(page, "?run=1", "?run=2")
    page.go_back()
    assert heard(page) == []
    page.evaluate(ASK)
    assert page.evaluate("said") == []  # nor does the page say that it watches
    page.evaluate("data => show({ data })", {"opened": 1})  # as it was
    assert heard(page) == []
    page.evaluate("data => show({ data, setTriggerValue: () => {} })", told)
    assert heard(page) == ALL


def test_back_to_another_part_of_the_page_is_there_at_once(entries_page: Page) -> None:
    page = entries_page
    page.goto("http://entries.test/at_once")
    page.evaluate(LISTEN)
    page.evaluate("location.hash = 'settings'")
    page.go_back()
    assert heard(page) == ALL


# Links as Streamlit makes them; the last is not for now.
LINKS = """() => {
  const add = (href, go, more = "") => {
    document.body.insertAdjacentHTML("beforeend", `<a href="${href}" ${more}>${href}${more}</a>`);
    document.body.lastChild.onclick = (event) => go && event.preventDefault();
  };
  add("/train", true);
  add("#settings", false);
  add("/draw", true, "disabled");
}"""


def test_after_a_link_to_another_page_this_one_hears_nothing_but_links(entries_page: Page) -> None:
    page = entries_page
    page.goto("http://entries.test/at_once")
    page.evaluate(LISTEN)
    page.evaluate(LINKS)
    for name in ("#settings", "/drawdisabled"):
        page.get_by_text(name, exact=True).click()
        assert heard(page) == ALL
    page.get_by_text("/train", exact=True).click()
    assert heard(page) == []
    page.evaluate("document.querySelector('a').addEventListener('click', () => heard.push('link'))")
    page.get_by_text("/train", exact=True).click()
    assert page.evaluate("heard") == ["link"]


# A field whose value is sent a moment after it was left, as Streamlit's are.
FIELD = """() => {
  window.heard = [];
  document.body.insertAdjacentHTML("beforeend", '<input><a href="/train">Train</a>');
  document.querySelector("input").onblur = () => setTimeout(() => heard.push("value"), 20);
  document.querySelector("a").onclick = (event) => {
    event.preventDefault();
    heard.push("link");
  };
}"""


def test_a_link_that_is_clicked_out_of_a_field_comes_after_its_value(entries_page: Page) -> None:
    page = entries_page
    page.goto("http://entries.test/at_once")
    page.evaluate(FIELD)
    page.locator("input").fill("5")
    page.get_by_text("Train", exact=True).click()
    assert wait_for(page, "heard.includes('link') && heard") == ["value", "link"]
