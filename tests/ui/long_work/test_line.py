"""Long work: one process at a time, shared by all who ask, ended when nobody wants it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ui.long_work import pieces
from tests.ui.runs.trainings import until
from ui.long_work import Done, Failed, LongWork, Piece, Running, State, Waiting
from ui.long_work import line as line_module
from ui.shared.lately import KEPT_SECONDS, forget_unasked


def piece(function: Callable[..., Any], *arguments: Any, key: str = "") -> Piece:
    return Piece(key or f"{function.__name__}{arguments}", function, arguments)


def outcome(work: LongWork, key: str) -> Done | Failed:
    found: list[State | None] = []

    def is_over() -> bool:
        found.append(work.state(key))
        return isinstance(found[-1], Done | Failed)

    until(is_over)
    assert isinstance(found[-1], Done | Failed)
    return found[-1]


def process_of(work: LongWork, key: str) -> int:
    """Of a piece that `until` does."""
    found: list[int] = []

    def begun() -> bool:
        state = work.state(key)
        if isinstance(state, Running) and state.progress.partial:
            found.append(state.progress.partial)
        return bool(found)

    until(begun)
    return found[0]


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_piece_is_done_elsewhere_and_its_result_is_kept() -> None:
    work = LongWork()
    squares = piece(pieces.squares, 4)
    assert work.state(squares.key) is None
    work.ask(squares, "anna")
    assert outcome(work, squares.key) == Done([0, 1, 4, 9])
    work.ask(squares, "ben")
    assert work.state(squares.key) == Done([0, 1, 4, 9])


def test_what_it_prints_disturbs_nothing_and_it_goes_after_pages() -> None:
    work = LongWork()
    work.ask(piece(pieces.talks), "anna")
    nice = os.nice(0) + 10 if hasattr(os, "nice") else 0
    assert outcome(work, piece(pieces.talks).key) == Done(f"nice {min(nice, 19)}")


def test_one_at_a_time_in_the_order_asked(tmp_path: Path) -> None:
    work = LongWork()
    first, second = (piece(pieces.until, str(tmp_path / name)) for name in ("a", "b"))
    work.ask(first, "anna")
    work.ask(second, "ben")
    process = process_of(work, first.key)
    assert work.state(second.key) == Waiting(1)
    (tmp_path / "a").touch()
    assert outcome(work, first.key) == Done(process)
    assert process_of(work, second.key) != process
    (tmp_path / "b").touch()
    outcome(work, second.key)


def test_what_another_visitor_wants_too_goes_on_and_what_nobody_wants_ends(tmp_path: Path) -> None:
    work = LongWork()
    shared = piece(pieces.until, str(tmp_path / "never"))
    work.ask(shared, "anna")
    work.ask(shared, "ben")
    process = process_of(work, shared.key)
    work.give_up("anna")
    assert isinstance(work.state(shared.key), Running)
    work.ask(piece(pieces.squares, 2), "ben")  # instead
    assert work.state(shared.key) is None
    assert outcome(work, piece(pieces.squares, 2).key) == Done([0, 1])
    assert is_gone(process)


def test_what_was_given_up_can_be_asked_for_again_at_once(tmp_path: Path) -> None:
    work = LongWork()
    again = piece(pieces.until, str(tmp_path / "a"))
    work.ask(again, "anna")
    process = process_of(work, again.key)
    work.give_up("anna")
    work.ask(again, "anna")
    until(lambda: process_of(work, again.key) != process)
    (tmp_path / "a").touch()
    assert outcome(work, again.key) != Done(process)


def test_a_piece_that_nobody_looks_at_any_more_is_not_begun(tmp_path: Path) -> None:
    now = [0.0]
    work = LongWork(clock=lambda: now[0])
    first, left, third = (piece(pieces.until, str(tmp_path / name)) for name in "abc")
    for asker, one in enumerate((first, left, third)):
        work.ask(one, str(asker))
    process_of(work, first.key)
    now[0] = 31.0
    assert isinstance(work.state(third.key), Waiting)  # its page is open
    (tmp_path / "a").touch()
    process_of(work, third.key)
    assert work.state(left.key) is None
    (tmp_path / "c").touch()
    outcome(work, third.key)


def test_what_nobody_looks_at_any_more_makes_way_for_who_waits(tmp_path: Path) -> None:
    now = [0.0]
    work = LongWork(clock=lambda: now[0])
    left, waiting = (piece(pieces.until, str(tmp_path / name)) for name in ("never", "b"))
    work.ask(left, "anna")
    process = process_of(work, left.key)
    now[0] = 31.0
    work.ask(waiting, "ben")  # who looks at it ...
    process_of(work, waiting.key)  # ... until its turn has come
    assert is_gone(process)
    assert work.state(left.key) is None
    (tmp_path / "b").touch()
    outcome(work, waiting.key)


def test_what_is_looked_at_goes_on_while_others_wait(tmp_path: Path) -> None:
    now = [0.0]
    work = LongWork(clock=lambda: now[0])
    first, second = (piece(pieces.until, str(tmp_path / name)) for name in ("a", "b"))
    work.ask(first, "anna")
    process = process_of(work, first.key)
    work.ask(second, "ben")
    for _ in range(3):
        now[0] += 20.0
        assert isinstance(work.state(first.key), Running)
        assert work.state(second.key) == Waiting(1)
    for name in ("a", "b"):
        (tmp_path / name).touch()
    assert outcome(work, first.key) == Done(process)
    outcome(work, second.key)


@pytest.mark.parametrize(
    ("function", "arguments", "message"),
    [
        (pieces.wrong, ("perplexity: 99 is more than the 30 points allow",), "perplexity: 99 is"),
        (
            pieces.deleted,
            ("/nowhere/history/about.json",),
            "what it is about is not there any more",
        ),
        (pieces.broken, (), "something went wrong on the server"),
        (pieces.killed, (), "the server has ended this: perhaps it has too little memory"),
    ],
)
def test_what_fails_says_why_and_may_be_tried_again(
    function: Callable[..., Any], arguments: tuple[str, ...], message: str
) -> None:
    work = LongWork()
    failing = piece(function, *arguments)
    for _ in range(2):
        work.ask(failing, "anna")
        state = outcome(work, failing.key)
        assert isinstance(state, Failed)
        assert state.message.startswith(message)


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    work = LongWork(most_seconds=0.5)
    endless = piece(pieces.until, str(tmp_path / "never"))
    work.ask(endless, "anna")
    assert outcome(work, endless.key) == Failed("this takes longer than the 0.5 s it may")


def test_the_oldest_results_go_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_module, "MOST_KEPT_BYTES", 250_000)
    work = LongWork()
    for name in "abc":
        work.ask(piece(pieces.large, 100_000, key=name), "anna")
        outcome(work, name)
    assert work.state("a") is None
    assert isinstance(work.state("b"), Done)
    assert isinstance(work.state("c"), Done)


def test_a_result_goes_when_nobody_has_asked_for_it_for_some_minutes() -> None:
    now = [0.0]
    work = LongWork(clock=lambda: now[0])
    squares = piece(pieces.squares, 4)
    work.ask(squares, "anna")
    outcome(work, squares.key)
    now[0] = KEPT_SECONDS - 1
    forget_unasked()
    assert work.state(squares.key) == Done([0, 1, 4, 9])
    now[0] += KEPT_SECONDS
    forget_unasked()
    assert work.state(squares.key) is None


def test_what_takes_a_moment_is_done_here_and_kept_with_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(line_module, "MOST_KEPT_BYTES", 250_000)
    work = LongWork()
    mine = piece(pieces.here, os.getpid())
    assert work.at_once(mine) == os.getpid()
    assert work.at_once(piece(pieces.broken, key=mine.key)) == os.getpid()  # it is not done again
    for name in "abc":
        work.at_once(piece(pieces.large, 100_000, key=name))
    assert [work.state(key) is None for key in (mine.key, *"abc")] == [True, True, False, False]


def test_the_process_ends_with_the_server(tmp_path: Path) -> None:
    work = LongWork()
    endless = piece(pieces.until, str(tmp_path / "never"))
    work.ask(endless, "anna")
    process = process_of(work, endless.key)
    running = work._line[endless.key].process
    assert running is not None
    assert running.stdin is not None
    running.stdin.close()  # as the system does it
    until(lambda: is_gone(process))


def test_where_no_process_can_be_begun_the_line_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    work = LongWork()
    with monkeypatch.context() as patch:
        patch.setattr("sys.executable", "/nowhere/python")
        work.ask(piece(pieces.squares, 2), "anna")
        failed = outcome(work, piece(pieces.squares, 2).key)
    assert failed == Failed("the server can't do this at the moment")
    work.ask(piece(pieces.squares, 2), "anna")
    assert outcome(work, piece(pieces.squares, 2).key) == Done([0, 1])
