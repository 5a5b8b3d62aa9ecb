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


def test_the_page_that_follows_stays_whole(offline_app: App, page: Page) -> None:
    sent: list[bytes] = []

    def note(frame: bytes) -> None:  # Playwright takes no method of a list
        sent.append(frame)

    page.on("websocket", lambda way: way.on("framesent", note))
    page.goto(f"{offline_app.url}/evaluate")
    for by, title in (("Draw", "Draw"), ("back", "Draw")):
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.get_by_role("link", name="Playground").first.click()
        expect(page.get_by_role("button", name="Play", exact=True)).to_be_enabled()
        rest = page.get_by_test_id("stApp")
        expect(rest).to_have_attribute("data-test-script-state", "notRunning")
        sent.clear()
        page.evaluate(LEAVE, [page.evaluate(STORE), by])
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(rest).to_have_attribute("data-test-script-state", "notRunning")
        assert sent  # the server was asked for the page
        assert not any(b"playground_stream__events" in frame for frame in sent)
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
