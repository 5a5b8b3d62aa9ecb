"""What axe-core has to say about all pages but Train, whose states have a file of their own."""

from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import App, go_within
from tests.browser.test_how_it_works import all_are_there
from tests.browser.test_inside_phone import LINK, READY, open_tables
from tests.browser.test_story import SEVEN, draw
from tests.ui.run_list.runs_page import a_run
from ui.inside.views import VIEWS


def test_the_other_pages_break_no_rule_of_access(offline_app: App, still: Page) -> None:
    page, found = still, []
    page.goto(offline_app.url)
    expect(page.get_by_text("In a hurry?")).to_be_visible()
    found += violations(page, "home")

    go_within(page, "/how_it_works?image=many&step=0")
    all_are_there(page)
    expect(page.get_by_test_id("stAlert").filter(has_text="link")).to_have_count(2)
    found += violations(page, "how it works by a bad link")

    go_within(page, "/evaluate?true=x")
    expect(page.get_by_text("Take it with you")).to_be_visible()
    expect(page.locator(".live-chart .main-svg").first).to_be_visible()
    expect(page.get_by_test_id("stAlert").filter(has_text="link")).to_be_visible()
    found += violations(page, "evaluate by a bad link")

    go_within(page, "/draw?model=gone")
    draw(page, SEVEN)
    page.get_by_role("button", name="That was wrong").click()
    page.get_by_role("radio", name="2", exact=True).click()
    page.get_by_role("button", name="Learn it").click()
    expect(page.get_by_text("This is your own copy")).to_be_visible()
    found += violations(page, "draw by hand, after a lesson")
    page.get_by_role("radio", name="From a file").click()
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible()
    found += violations(page, "draw from a file")

    # Each of its views is looked at where all of them are opened, on a phone.
    first = next(iter(VIEWS))
    go_within(page, f"/inside?{LINK}&view={first}")
    expect(page.locator(READY[first])).to_be_visible()
    expect(page.get_by_text("from the image alone")).to_be_visible()
    open_tables(page)
    found += violations(page, f"inside: {first} with its tables")

    a_run(offline_app.folder / "runs", "looked-at", owner="")
    go_within(page, "/runs?view=nothing&search_of=nobody")
    page.get_by_role("button", name="Show all runs").click()
    page.locator("[data-testid=stDataFrame] canvas").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    expect(page.get_by_role("link", name="See its curves")).to_be_visible()
    page.get_by_text("Open a run from a file").click()
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible()
    found += violations(page, "runs by a bad link, one chosen")

    go_within(page, "/playground?lesson=spiral&step=2&compare=1&rate=100")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(page.get_by_test_id("stAlert").filter(has_text="link")).to_be_visible()
    page.get_by_text("Make a lesson of your own", exact=True).click()
    expect(page.get_by_role("textbox", name="Title")).to_be_visible()
    page.get_by_text("Take it along", exact=True).click()
    expect(page.get_by_role("button", name="NumPy code")).to_be_visible()
    found += violations(page, "playground by a bad link, in a lesson, with all that is below open")

    go_within(page, "/playground?data=plane")
    expect(page.locator(".st-key-playground_lesson")).to_have_count(0)
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_enabled()
    page.get_by_role("button", name="More", exact=True).click()
    expect(page.get_by_role("combobox", name="Loss")).to_be_disabled()
    found += violations(page, "playground, More", '[data-testid="stPopoverBody"]')
    assert found == []
