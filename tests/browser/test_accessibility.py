"""What axe-core has to say about the pages, in both themes."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from benchmarks.chromium import wait_for
from tests.browser.conftest import OPERATOR_SECRET, App, stop_button
from tests.browser.test_how_it_works import all_are_there
from tests.browser.test_inside_phone import READY
from tests.browser.test_story import SEVEN, draw
from tests.ui.run_list.runs_page import a_run
from ui.inside.views import VIEWS
from ui.train.watching.ways import WAYS

RUN = ".st-key-train_run"
"""The part of the Train page that changes with the run."""
WATCHING, WRONG = ".st-key-watching", ".st-key-what_goes_wrong"
"""Those of it that change with what is watched."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]

LOADED = Axe("")
"""axe-core, where the page has it already: loading it takes longer than what it is asked for."""

AT_REST = """
document.getAnimations().every(
    one => !(one instanceof CSSTransition) || one.playState !== "running")
"""
BACKGROUNDS = {"light": "rgb(252, 251, 248)", "dark": "rgb(20, 24, 29)"}

NOT_OURS: dict[tuple[str, str], str] = {}
"""(rule, part of the element's HTML) -> why it is not ours to mend: inside Streamlit's widgets."""


@pytest.fixture
def visitor(page: Page) -> Page:
    """Somebody who wants nothing to move."""
    page.emulate_media(reduced_motion="reduce")
    return page


def test_train_and_operators_break_no_rule_of_access(offline_app: App, visitor: Page) -> None:
    page, found = visitor, []
    page.goto(f"{offline_app.url}/train?epochs=many&run=gone&wrong=nothing&watch=nothing")
    expect(page.get_by_test_id("stAlert").filter(has_text="link")).to_have_count(4)
    for group in ("More settings", "Augmentation"):
        page.get_by_text(group, exact=True).click()
    expect(page.get_by_role("button", name="Shuffle")).to_be_visible()
    page.get_by_role("textbox", name="Hidden layers").fill("many")
    page.get_by_role("textbox", name="Hidden layers").press("Enter")
    expect(page.get_by_role("alert").filter(has_text="whole numbers")).to_be_visible()
    found += violations(page, "train by a bad link, before a run")

    page.goto(
        f"{offline_app.url}/train?dataset=digits&epochs=200&val_size=200&hidden=1024&batch_size=8"
    )
    page.get_by_role("button", name="Start training").click()
    expect(page.get_by_test_id("stMetricValue").first).to_contain_text("0.")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    page.get_by_text("Your trainings", exact=True).click()
    expect(page.get_by_text("Your browser knows")).to_be_visible()
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_text("Whoever opens this link")).to_be_visible()
    found += violations(page, "train while it rests, with the lists open")
    page.keyboard.press("Escape")
    expect(page.get_by_text("Whoever opens this link")).to_have_count(0)
    stop_button(page).click()
    expect(page.get_by_text(re.compile("Test accuracy"))).to_be_visible()
    part = RUN  # the settings beside it were looked at
    for name, way in WAYS.items():
        page.get_by_role("radio", name=way.title, exact=True).first.click()
        expect(page.locator(f".st-key-watching .watch-{name}")).to_be_visible()
        found += violations(page, f"train after a run, watching: {name}", part)
        part = WATCHING  # the rest is the same
    page.get_by_role("radio", name="Curves", exact=True).click()
    page.get_by_role("radio", name="Six sigmoid layers").click()
    expect(page.locator(".st-key-wrong_b .watch-health")).to_be_visible()
    found += violations(page, "train, what goes wrong", WRONG)
    page.get_by_text("Projector", exact=True).click()
    expect(page.get_by_role("combobox", name="Dataset")).to_be_hidden()
    found += violations(page, "train on a projector")

    page.goto(f"{offline_app.url}/operators")
    page.get_by_role("textbox", name="Secret").fill(OPERATOR_SECRET)
    found += violations(page, "the operator's entrance")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    found += violations(page, "operators")
    assert found == []


def test_the_other_pages_break_no_rule_of_access(offline_app: App, visitor: Page) -> None:
    page, found = visitor, []
    page.goto(offline_app.url)
    expect(page.get_by_text("In a hurry?")).to_be_visible()
    found += violations(page, "home")

    page.goto(f"{offline_app.url}/how_it_works?image=many&step=0")
    all_are_there(page)
    expect(page.get_by_test_id("stAlert").filter(has_text="link")).to_have_count(2)
    found += violations(page, "how it works by a bad link")

    page.goto(f"{offline_app.url}/evaluate?true=x")
    expect(page.get_by_text("Take it with you")).to_be_visible()
    expect(page.locator(".live-chart .main-svg").first).to_be_visible()
    expect(page.get_by_test_id("stAlert").filter(has_text="link")).to_be_visible()
    found += violations(page, "evaluate by a bad link")

    page.goto(f"{offline_app.url}/draw?model=gone")
    draw(page, SEVEN)
    page.get_by_role("button", name="That was wrong").click()
    page.get_by_role("radio", name="2", exact=True).click()
    page.get_by_role("button", name="Learn it").click()
    expect(page.get_by_text("This is your own copy")).to_be_visible()
    found += violations(page, "draw by hand, after a lesson")
    page.get_by_role("radio", name="From a file").click()
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible()
    found += violations(page, "draw from a file")

    page.goto(f"{offline_app.url}/inside?model=small&view={list(VIEWS)[-1]}")
    part = None
    for name, view in VIEWS.items():
        page.get_by_role("radio", name=view.title, exact=True).click()
        expect(page.locator(READY[name])).to_be_visible()
        expect(page.get_by_text("from the image alone")).to_be_visible()
        open_all = "all => all.forEach((one) => { one.open = true; })"
        page.locator(".inside-numbers, .backwards details").evaluate_all(open_all)
        found += violations(page, f"inside: {name} with its tables", part)
        part = ".st-key-inside_views"

    a_run(offline_app.folder / "runs", "looked-at", owner="")
    page.goto(f"{offline_app.url}/runs?view=nothing&search_of=nobody")
    page.get_by_role("button", name="Show all runs").click()
    page.locator("[data-testid=stDataFrame] canvas").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    expect(page.get_by_role("link", name="See its curves")).to_be_visible()
    page.get_by_text("Open a run from a file").click()
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible()
    found += violations(page, "runs by a bad link, one chosen")

    page.goto(f"{offline_app.url}/playground?lesson=spiral&step=2&compare=1&rate=100")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(page.get_by_test_id("stAlert").filter(has_text="link")).to_be_visible()
    page.get_by_text("Make a lesson of your own", exact=True).click()
    expect(page.get_by_role("textbox", name="Title")).to_be_visible()
    page.get_by_text("Take it along", exact=True).click()
    expect(page.get_by_role("button", name="NumPy code")).to_be_visible()
    found += violations(page, "playground by a bad link, in a lesson, with all that is below open")

    page.goto(f"{offline_app.url}/playground?data=plane")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_enabled()
    page.get_by_role("button", name="More", exact=True).click()
    expect(page.get_by_role("combobox", name="Loss")).to_be_disabled()
    found += violations(page, "playground, More", '[data-testid="stPopoverBody"]')
    assert found == []


def violations(page: Page, where: str, part: str | None = None) -> list[str]:
    """What axe-core finds on the page as it is, or in a part of it, one line each, without what is
    not ours: all rules in the light theme, those about colours in the dark one too. It begins with
    the theme that it finds: each change of it costs the page a drawing."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    found = []
    themes = [("dark", ["color-contrast"]), ("light", RULES)]
    if page.evaluate("matchMedia('(prefers-color-scheme: light)').matches"):
        themes.reverse()
    for theme, rules in themes:
        page.emulate_media(color_scheme=theme)
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", BACKGROUNDS[theme])
        # What fades in has its colours at the end.
        wait_for(page, AT_REST)
        if not page.evaluate("'axe' in window"):
            page.evaluate(Axe().axe_script)
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        found += [
            f"{where}, {theme}: {rule['id']}: {node['html'][:200]}: {node['failureSummary']}"
            for rule in LOADED.run(page, context=part, options=options).response["violations"]
            for node in rule["nodes"]
            if not any(rule["id"] == known and part in node["html"] for known, part in NOT_OURS)
        ]
    return found
