"""What axe-core has to say about a page, in both themes."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from benchmarks.chromium import wait_for

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
