"""What is kept for a while: how much of it, for how long, and made once for all threads."""

import threading

import pytest

from ui.shared import lately
from ui.shared.lately import Lately, forget_unasked


def test_what_is_there_is_not_made_again() -> None:
    kept: Lately[list[int]] = Lately(2)
    first = kept.get("a", lambda: [1])
    assert kept.get("a", lambda: [2]) is first
    kept.drop("a")
    assert kept.get("a", lambda: [2]) == [2]


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    kept: Lately[str] = Lately(2)
    for key in ("a", "b"):
        kept.keep(key, key)
    kept.find("a")
    kept.keep("c", "c")
    assert [kept.find(key) for key in "abc"] == ["a", None, "c"]


def test_sizes_count_and_the_newest_stays_however_large_it_is() -> None:
    kept: Lately[str] = Lately(100)
    kept.keep("a", "a", 60)
    kept.keep("b", "b", 40)
    assert kept.find("a") == "a"
    kept.get("c", lambda: "c", lambda made: 1)
    assert [kept.find(key) for key in "abc"] == ["a", None, "c"]
    kept.keep("d", "d", 1000)
    assert [kept.find(key) for key in "acd"] == [None, None, "d"]


def test_what_nobody_asks_for_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    kept: Lately[str] = Lately(5, clock=lambda: now[0])
    kept.keep("left", "left")
    kept.keep("asked for", "asked for")
    now[0] = lately.KEPT_SECONDS - 1
    kept.find("asked for")
    assert not kept.forget_unasked(lately.KEPT_SECONDS)
    now[0] += 1
    assert forget_unasked()
    assert [kept.find(key) for key in ("left", "asked for")] == [None, "asked for"]


def test_several_threads_that_want_the_same_have_it_made_once() -> None:
    kept: Lately[object] = Lately(5)
    is_made, go_on = threading.Event(), threading.Event()
    made: list[object] = []

    def make() -> object:
        is_made.set()
        go_on.wait(60)
        made.append(object())
        return made[-1]

    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(kept.get("a", make))) for _ in range(3)]
    threads[0].start()
    is_made.wait(60)
    for thread in threads[1:]:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join(60)
    assert len(made) == 1
    assert found == made * 3
