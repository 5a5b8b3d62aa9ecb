"""A long training gives way to others; the line goes on when the server has ended."""

import errno
import json
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from nn.runs.lock import take_lock
from tests.ui.runs.trainings import CONFIG, forsake, state_of, until, until_status
from ui.runs import line_file
from ui.runs.jobs import Jobs
from ui.runs.line import Entry, TrainingLine
from ui.runs.line_file import LineFile
from ui.runs.owners import Owner
from ui.runs.turns import others_wait
from ui.shared.operator_settings import TURN_SECONDS

MINE, OTHER = Owner(("a" * 64,)), Owner(("b" * 64,))


def test_a_long_training_gives_way_and_goes_on_by_itself(
    start_jobs: Callable[..., Jobs], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.runs.places.LOOK_SECONDS", 0.05)
    jobs = start_jobs()
    mine, later = jobs.start(CONFIG, MINE), jobs.start(CONFIG, MINE)
    until_status(jobs, mine, "running")
    assert state_of(jobs, mine).gives_way is None  # to oneself nobody gives way
    theirs = jobs.start(CONFIG, OTHER)
    told = state_of(jobs, mine)
    assert told.gives_way is not None
    assert told.gives_way < time.monotonic() + TURN_SECONDS.default
    with monkeypatch.context() as short:
        short.setenv("SCRATCH_NN_TURN_SECONDS", "1")
        until(lambda: state_of(jobs, mine).doing == "gave way")
    until_status(jobs, theirs, "running")
    state = state_of(jobs, mine)
    assert (state.status, state.place, state.doing) == ("waiting", 1, "gave way")
    assert state.is_moving
    assert state_of(jobs, later).place == 2
    assert state.run.last("stopped") is None
    assert not jobs.send(mine, {"command": "stop"})

    jobs.send(theirs, {"command": "finish"})
    until_status(jobs, mine, "running")
    assert state_of(jobs, mine).run.last("resumed") is not None
    assert state_of(jobs, theirs).status == "finished"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_look_that_fails_is_followed_by_another(
    start_jobs: Callable[..., Jobs], monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = threading.Event()

    def fail(*_: object) -> list[str]:
        failed.set()
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr("ui.runs.places.LOOK_SECONDS", 0.05)
    monkeypatch.setenv("SCRATCH_NN_TURN_SECONDS", "1")
    jobs = start_jobs()
    with monkeypatch.context() as full:
        full.setattr("ui.runs.places.who_gives_way", fail)
        mine, theirs = jobs.start(CONFIG, MINE), jobs.start(CONFIG, OTHER)
        until_status(jobs, mine, "running")
        assert failed.wait(60)
    until_status(jobs, theirs, "running")


def test_one_that_gave_way_can_be_taken_out_of_the_line(
    start_jobs: Callable[..., Jobs], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.runs.places.LOOK_SECONDS", 0.05)
    jobs = start_jobs()
    mine, theirs = jobs.start(CONFIG, MINE), jobs.start(CONFIG, OTHER)
    with monkeypatch.context() as short:
        short.setenv("SCRATCH_NN_TURN_SECONDS", "1")
        until(lambda: state_of(jobs, mine).doing == "gave way")
    until_status(jobs, theirs, "running")
    jobs.cancel(mine)
    state = state_of(jobs, mine)
    assert (state.status, state.place) == ("interrupted", None)  # what it has learned is kept


def test_a_clock_that_steps_back_leaves_no_run_at_its_start(
    start_jobs: Callable[..., Jobs], monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = start_jobs()
    with monkeypatch.context() as ahead:
        now = time.time() + 3600
        ahead.setattr(time, "time", lambda: now)
        run_id = jobs.start(CONFIG)
    state = until_status(jobs, run_id, "running")
    assert state.run.events[-1]["time"] < now  # all it says is from before its start


def test_the_line_goes_on_when_the_server_has_ended(start_jobs: Callable[..., Jobs]) -> None:
    before = start_jobs()
    running = before.start(CONFIG, MINE)
    waiting = [before.start(CONFIG, OTHER), before.start(CONFIG, MINE), before.start(CONFIG, OTHER)]
    until_status(before, running, "running")
    before.move(waiting[2], 1)
    places = [state.run.id for state in before.line().waiting]
    forsake(before)
    after = start_jobs()
    until_status(after, running, "running")
    assert state_of(after, running).run.last("resumed") is not None
    assert [state.run.id for state in after.line().waiting] == places
    third = start_jobs()  # a server beside it: the line is held already
    assert not third.line().waiting
    assert not third.line().active
    after.send(running, {"command": "stop"})
    until_status(after, places[0], "running")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_training_that_is_ended_together_with_its_server_goes_on(
    start_jobs: Callable[..., Jobs], tmp_path: Path
) -> None:
    """As a service manager does it: one signal for all."""
    jobs = start_jobs()
    run_id = jobs.start(CONFIG, MINE)
    until_status(jobs, run_id, "running")
    os.kill(jobs.process_id(run_id) or 0, signal.SIGTERM)
    until(lambda: not state_of(jobs, run_id).run.is_active)
    (kept,) = tmp_path.glob(".line-*/line.json")
    assert json.loads(kept.read_bytes())["under_way"]
    until(lambda: jobs.process_id(run_id) is None)  # but the server is still there
    assert not json.loads(kept.read_bytes())["under_way"]
    assert state_of(jobs, run_id).status == "interrupted"


def test_what_its_owner_had_stopped_or_paused_does_not_go_on_by_itself(
    start_jobs: Callable[..., Jobs],
) -> None:
    before = start_jobs(limit=2)
    stopped, paused = before.start(CONFIG, MINE), before.start(CONFIG, OTHER)
    for run_id, command, status in ((stopped, "stop", "stopped"), (paused, "pause", "paused")):
        until_status(before, run_id, "running")
        before.send(run_id, {"command": command})
        until_status(before, run_id, status)
    until(lambda: before.process_id(stopped) is None)
    forsake(before)
    after = start_jobs()
    assert not after.line().active
    assert not after.line().waiting
    assert state_of(after, paused).status == "interrupted"


def test_a_training_with_which_the_server_always_ends_is_left_at_last(tmp_path: Path) -> None:
    line, server, ends = TrainingLine(), LineFile(tmp_path), 0
    line.join(Entry("run", "visitor"))
    while line.waiting:
        line.begin(line.waiting[0])
        server.write(line)
        kill(server)
        ends += 1
        line, server = TrainingLine(), LineFile(tmp_path)
        server.take_over(line)
    assert ends == line_file.MOST_RESTARTS + 1
    assert "visitor" in line.turns


def kill(server: LineFile) -> None:
    """Its locks are free."""
    for lock in filter(None, (server._lock, *server._former.values())):
        lock.close()


def test_a_server_that_ends_while_it_takes_a_line_over_loses_none_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, line = LineFile(tmp_path), TrainingLine()
    line.join(Entry("run", "visitor"))
    first.write(line)
    kill(first)
    for _ in range(2):
        line, server = TrainingLine(), LineFile(tmp_path)
        server.take_over(line)
        assert [entry.run_id for entry in line.waiting] == ["run"]
        with monkeypatch.context() as full:
            full.setattr(line_file, "replacing", _no_room)
            server.write(line)
        beside, none = LineFile(tmp_path), TrainingLine()
        beside.take_over(none)  # another server, while this one lives
        assert not none.waiting
        kill(server)
    last, line = LineFile(tmp_path), TrainingLine()
    last.take_over(line)
    last.write(line)
    (kept,) = tmp_path.glob(".line-*/line.json")
    assert json.loads(kept.read_bytes())["waiting"][0]["run_id"] == "run"


def _no_room(path: Path) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", str(path))


def test_a_run_that_another_server_trains_begins_nowhere_else(
    start_jobs: Callable[..., Jobs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.runs.places.LOOK_SECONDS", 0.05)
    before = start_jobs(limit=0)
    run_id = before.start(CONFIG, MINE)
    forsake(before)
    with take_lock(tmp_path / run_id):
        after = start_jobs()
        assert state_of(after, run_id).place == 1
        assert not after.line().active
    until_status(after, run_id, "running")


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"waiting": 5}', b'{"waiting": [{"run_id": "../x"}]}', b"\xff"]
)
def test_a_spoilt_line_is_passed_over(
    start_jobs: Callable[..., Jobs], tmp_path: Path, content: bytes
) -> None:
    kept = tmp_path / ".line-0" / "line.json"
    kept.parent.mkdir()
    kept.write_bytes(content)
    jobs = start_jobs()
    assert not jobs.line().waiting
    assert not kept.exists()
    jobs.start(CONFIG)


def test_no_address_is_written_down(start_jobs: Callable[..., Jobs], tmp_path: Path) -> None:
    jobs = start_jobs()
    jobs.start(CONFIG, MINE, address="192.0.2.77")
    (kept,) = tmp_path.glob(".line-*/line.json")
    assert json.loads(kept.read_bytes())["under_way"]
    texts = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"192.0.2.77" in text for text in texts)


def test_where_a_visitor_may_have_two_the_second_gives_way_to_nobody_of_theirs() -> None:
    line = TrainingLine()
    for run_id in ("a1", "a2"):
        line.join(Entry(run_id, "a"))
    line.begin(line.waiting[0])
    assert not others_wait(line, "a", running_each=2)
    line.join(Entry("b1", "b"))
    assert others_wait(line, "a", running_each=2)
