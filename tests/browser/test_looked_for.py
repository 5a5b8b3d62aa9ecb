"""The browser says when somebody reaches for a part of the page, or comes back to it."""

import json
from pathlib import Path

from playwright.sync_api import Page

import ui.components.looked_for

SCRIPT = Path(ui.components.looked_for.__file__).with_name("looked_for.js")

# A part that is meant and one that is not; the clock and what is visible are the test's.
MOUNT = """async (script) => {
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const { default: mount } = await import(address);
  document.body.innerHTML = `<p><button>elsewhere</button></p>
    <div class="st-key-box"><input></div><section></section>`;
  window.said = [];
  window.now = 10_000;
  performance.now = () => window.now;
  Object.defineProperty(document, "visibilityState", { get: () => window.seen ?? "visible" });
  const place = document.querySelector("section");
  window.leave = mount({
    data: { part: "box" }, parentElement: place,
    setTriggerValue: (name, value) => window.said.push([name, value]),
  });
}"""


def test_it_says_so_once_for_a_while_and_no_more_when_it_has_left(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate(MOUNT, SCRIPT.read_text(encoding="utf-8"))
    page.get_by_role("button").hover()
    page.get_by_role("button").focus()
    assert said(page) == []
    page.get_by_role("textbox").hover()
    page.get_by_role("textbox").focus()
    assert said(page) == [["looked", True]]  # a look and a press are one

    page.evaluate("window.now += 2_000")
    switch_tab(page, "hidden")
    assert len(said(page)) == 1
    switch_tab(page, "visible")
    assert len(said(page)) == 2

    page.evaluate(
        "() => { window.now += 2_000; document.querySelector('section').remove(); leave(); }"
    )
    switch_tab(page, "visible")
    assert len(said(page)) == 2


def switch_tab(page: Page, seen: str) -> None:
    page.evaluate(
        "(seen) => { window.seen = seen; document.dispatchEvent(new Event('visibilitychange')); }",
        seen,
    )


def said(page: Page) -> list[list[object]]:
    found: list[list[object]] = json.loads(page.evaluate("JSON.stringify(window.said)"))
    return found
