"""Leaving the page Playground while its player asks for more."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import App

# The player asks in the moment of the click, when the server knows of it, and the browser does not
# know of the new page yet.
LEAVE = """async ([address, by]) => {
  const { ask } = await import(address);
  const asks = () => ask("step", { unit: "batch" });
  if (by === "back") {
    addEventListener("popstate", asks, { once: true });
    history.back();
  } else {
    [...document.querySelectorAll("a")].find((link) => link.textContent.includes(by)).click();
    asks();
  }
}"""
STORE = """performance.getEntriesByType("resource").map(({ name }) => name)
  .find((name) => /playground-[0-9a-f]+\\/store\\.js/.test(name))"""


def test_the_page_that_follows_stays_whole(app: App, page: Page) -> None:
    page.goto(f"{app.url}/evaluate")
    for by, title in (("Train", "Train"), ("Draw", "Draw"), ("back", "Draw")):
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.get_by_role("link", name="Playground").first.click()
        expect(page.get_by_role("button", name="Play", exact=True)).to_be_enabled()
        page.evaluate(LEAVE, [page.evaluate(STORE), by])
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        page.wait_for_timeout(500)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
