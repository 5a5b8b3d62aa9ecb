"""What the server is told of the hand's choices, and its late answers, without the app."""

from typing import Any

from playwright.sync_api import Page

# Places are told; what was sent is kept, and how often the visitor has gone Back.
MAKE = """async (address) => {
  const { Told } = await import(`${address}/told.js`);
  Object.assign(window, { place: null, sent: [], backs: 0, answers: [] });
  const send = () => {
    if (window.place === window.sent.at(-1)) return undefined;
    window.sent.push(window.place);
    return window.place;
  };
  window.told = new Told({ rest: 50, send, back: () => { window.backs += 1; } });
}"""


def test_an_answer_to_what_was_told_before_is_known_as_one(page: Page, address: str) -> None:
    start(page, address)
    page.evaluate("() => { for (const to of [401, 403]) { place = to; told.now(); } }")
    assert answers(page, 401) is True  # it comes when 403 has been chosen already
    assert answers(page, 403) is True
    assert answers(page, 401) is False  # now it is another choice, as by a link
    page.evaluate("() => { place = 405; told.now(); place = 407; told.now(); }")
    assert answers(page, 407) is True  # the server may leave one out
    assert answers(page, 405) is False
    page.evaluate("told.now()")  # nothing new is to be told
    assert page.evaluate("sent") == [401, 403, 405, 407]


def test_what_waits_is_told_once_and_not_when_it_counts_no_more(page: Page, address: str) -> None:
    start(page, address)
    page.evaluate("() => { place = 1; told.wait(); place = 2; told.wait(); }")
    page.wait_for_function("sent.length === 1 && !told.isWaiting")
    assert page.evaluate("sent") == [2]
    page.evaluate("() => { place = 3; told.wait(); told.drop(); }")
    assert answers(page, 2) is False
    page.evaluate("() => { place = 4; told.wait(); dispatchEvent(new Event('popstate')); }")
    assert page.evaluate("[told.isWaiting, backs]") == [False, 1]
    page.evaluate(
        "() => { told.end(); dispatchEvent(new Event('popstate')); place = 5; told.wait(); }"
    )
    page.wait_for_function("sent.length === 2")  # had 3 or 4 been told, it would be more by now
    assert page.evaluate("[sent, backs]") == [[2, 5], 1]


def test_what_waits_is_told_before_the_focus_is_elsewhere(page: Page, address: str) -> None:
    start(page, address)
    page.evaluate(
        """() => {
          document.body.innerHTML = "<p><button>a</button><button>b</button></p><button>c</button>";
          told.tellOnLeaving(document.querySelector("p"));
          told.rest = 1e6;
        }"""
    )
    focus = "(k) => document.querySelectorAll('button')[k].focus()"
    page.evaluate(focus, 0)
    page.evaluate("() => { place = 1; told.wait(); }")
    page.evaluate(focus, 1)
    assert page.evaluate("sent") == []
    page.evaluate(focus, 2)
    assert page.evaluate("sent") == [1]
    page.evaluate(focus, 0)
    page.evaluate("() => { place = 2; }")
    page.evaluate(focus, 2)  # nothing waits
    assert page.evaluate("sent") == [1]


def start(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate(MAKE, address)


def answers(page: Page, known: int) -> Any:
    return page.evaluate("(known) => told.isAnswer(known)", known)
