"""Whose turn it is in the line of trainings."""

import pytest

from ui.runs.line import KEPT_TURNS, Entry, TrainingLine
from ui.runs.line_limits import check_line


def order(line: TrainingLine) -> str:
    return " ".join(entry.run_id for entry in line.waiting)


def join(line: TrainingLine, *run_ids: str) -> None:
    """Runs called as their visitor and a number: a1 is one of a."""
    for run_id in run_ids:
        line.join(Entry(run_id, run_id[0]))


def begin(line: TrainingLine) -> str:
    entry = line.next(1, lambda run_id: True)
    assert entry is not None
    line.begin(entry)
    return entry.run_id


def test_turns_go_round_between_visitors() -> None:
    line = TrainingLine()
    join(line, "a1", "a2", "a3", "b1", "b2", "c1")
    assert order(line) == "a1 b1 c1 a2 b2 a3"
    began = []
    while line.waiting:
        began.append(begin(line))
        line.end(began[-1])
    assert began == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_who_had_a_place_longest_ago_is_next() -> None:
    line = TrainingLine()
    join(line, "a1", "b1", "c1")
    for _ in range(3):
        line.end(begin(line))
    join(line, "c2", "b2", "a2")  # whoever comes first
    assert order(line) == "a2 b2 c2"


def test_who_trains_now_had_a_place_last() -> None:
    line = TrainingLine()
    join(line, "a1", "b1")
    assert begin(line) == "a1"
    join(line, "a2", "c1")
    assert order(line) == "b1 c1 a2"
    line.end("a1")
    assert order(line) == "b1 c1 a2"  # a place that was told stays true


def test_others_who_come_do_not_overtake_one_who_waits() -> None:
    line = TrainingLine()
    join(line, "a1", "b1", "a2")
    line.end(begin(line))
    begin(line)
    for name in "cdefgh":  # ever new browsers
        join(line, f"{name}1")
    assert order(line).startswith("a2 c1")


def test_a_visitor_has_one_under_way_and_others_are_not_held_up_by_that() -> None:
    line = TrainingLine()
    join(line, "a1", "a2")
    begin(line)
    assert line.next(1, lambda run_id: True) is None
    assert line.next(2, lambda run_id: True) == Entry("a2", "a")
    join(line, "b1")
    line.move("b1", 2)
    assert order(line) == "a2 b1"
    assert line.next(1, lambda run_id: True) == Entry("b1", "b")
    assert line.next(1, lambda run_id: run_id != "b1") is None


def test_a_run_that_gave_way_goes_on_after_the_others_and_before_its_visitors_next() -> None:
    line = TrainingLine()
    join(line, "a1", "a2", "b1", "c1")
    begin(line)
    line.wait_again("a1")
    assert order(line) == "b1 c1 a1 a2"
    line.end("a1")
    assert order(line) == "b1 c1 a1 a2"
    join(line, "d1")
    assert order(line) == "b1 c1 a1 d1 a2"


def test_a_given_place_counts_down_as_others_begin() -> None:
    line = TrainingLine()
    join(line, "a1", "b1", "c1", "d1")
    line.move("d1", 2)
    assert order(line) == "a1 d1 b1 c1"
    begin(line)
    assert order(line) == "d1 b1 c1"
    join(line, "e1")
    line.leave("d1")
    assert order(line) == "b1 c1 e1"


def test_the_place_of_one_who_would_join_is_told_and_changes_nothing() -> None:
    line = TrainingLine()
    join(line, "a1", "a2", "a3", "b1")
    begin(line)
    assert line.with_another("c").place("") == 2
    assert line.with_another("a").place("") == 4
    assert line.with_another("b").place("") == 3
    assert order(line) == "b1 a2 a3"
    assert "c" not in line.turns


def test_turns_of_long_ago_take_no_room() -> None:
    line = TrainingLine()
    join(line, "a1")
    for number in range(KEPT_TURNS + 10):
        line.join(Entry(f"x{number}", f"visitor {number}"))
        line.leave(f"x{number}")
    assert len(line.turns) <= KEPT_TURNS
    assert "a" in line.turns


def test_an_address_has_a_share_of_the_line_whatever_browsers_it_shows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SCRATCH_NN_LINE_ADDRESS", "4")
    line = TrainingLine()
    for number in range(4):
        check_line(line, f"browser {number}", "10.0.0.1")
        line.join(Entry(f"run {number}", f"browser {number}", "10.0.0.1"))
    with pytest.raises(ValueError, match="4 trainings that were started from your network address"):
        check_line(line, "browser 5", "10.0.0.1")
    check_line(line, "browser 5", "10.0.0.2")
    check_line(line, "browser 5", "")  # not known: all behind a proxy have none, or the same


def test_what_gave_way_is_not_one_of_those_that_may_wait() -> None:
    line = TrainingLine()
    join(line, "a1")
    begin(line)
    line.wait_again("a1")
    for number in (2, 3, 4):
        check_line(line, "a", "")
        join(line, f"a{number}")
    with pytest.raises(ValueError, match="3 of your trainings wait already"):
        check_line(line, "a", "")
