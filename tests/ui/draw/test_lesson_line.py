"""Lessons of several visitors: one after another, and who waits is told so."""

import queue
import threading
from collections.abc import Callable

import pytest

from ui.draw import lesson_line
from ui.draw.lesson_line import LEARNING, LessonLine

SECONDS = 20


class Visitor(threading.Thread):
    """Wants a lesson, and has it until it is told that it is over."""

    def __init__(self, line: LessonLine) -> None:
        super().__init__(daemon=True)
        self.told: queue.Queue[str] = queue.Queue()
        self.has_turn, self.over = threading.Event(), threading.Event()
        self._line = line

    def run(self) -> None:
        with self._line.turn(self.told.put):
            self.has_turn.set()
            self.over.wait(SECONDS)

    def next_text(self) -> str:
        return self.told.get(timeout=SECONDS)


@pytest.fixture
def come(monkeypatch: pytest.MonkeyPatch) -> Callable[[LessonLine], Visitor]:
    monkeypatch.setattr(lesson_line, "TELL_SECONDS", 0.01)

    def begin(line: LessonLine) -> Visitor:
        visitor = Visitor(line)
        visitor.start()
        return visitor

    return begin


def test_who_waits_is_told_how_many_learn_first(come: Callable[[LessonLine], Visitor]) -> None:
    line = LessonLine()
    first = come(line)
    assert first.has_turn.wait(SECONDS)
    second = come(line)
    assert second.next_text() == "Another visitor learns first ..."
    third = come(line)
    assert third.next_text() == "2 others learn first ..."
    first.over.set()
    assert second.has_turn.wait(SECONDS)
    assert second.next_text() == LEARNING
    assert third.next_text() == "Another visitor learns first, about 1 s ..."
    assert not third.has_turn.is_set()
    assert first.told.empty()
    second.over.set()
    assert third.has_turn.wait(SECONDS)
    third.over.set()


def test_who_leaves_the_page_holds_nobody_up(come: Callable[[LessonLine], Visitor]) -> None:
    class Left(Exception):
        pass

    def leave(text: str) -> None:
        raise Left(text)

    line = LessonLine()
    first = come(line)
    assert first.has_turn.wait(SECONDS)
    with pytest.raises(Left), line.turn(leave):
        pytest.fail("it was not their turn")
    last = come(line)
    assert last.next_text() == "Another visitor learns first ..."
    first.over.set()
    assert last.has_turn.wait(SECONDS)
    last.over.set()
