"""The trainings of a server: starting, waiting in line, steering, ending."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import nn
from nn import runs
from tests.ui.runs.trainings import CONFIG, fake_command, state_of, until, until_status
from ui.runs import text as run_text
from ui.runs.jobs import Jobs
from ui.runs.line_limits import PAUSE_SECONDS
from ui.runs.owners import Owner
from ui.shared.operator_settings import LINE_EACH, LINE_LENGTH


def test_a_run_starts_with_its_settings_and_obeys(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs()
    run_id = jobs.start(CONFIG)
    assert state_of(jobs, run_id).status in ("starting", "running")
    run = until_status(jobs, run_id, "running").run
    assert nn.TrainingConfig.from_dict(run.config) == CONFIG

    assert jobs.send(run_id, {"command": "pause"})
    assert until_status(jobs, run_id, "paused").is_moving
    assert jobs.send(run_id, {"command": "set", "name": "learning_rate", "value": 0.05})
    until(lambda: (state_of(jobs, run_id).run.last("set") or {}).get("value") == 0.05)
    assert jobs.send(run_id, {"command": "resume"})
    until_status(jobs, run_id, "running")
    assert jobs.send(run_id, {"command": "stop"})
    assert not until_status(jobs, run_id, "stopped").is_moving
    until(lambda: not jobs.send(run_id, {"command": "pause"}))


def test_where_there_is_no_room_for_a_thread_the_place_is_free_again(
    start_jobs: Callable[..., Jobs], monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoThread(threading.Thread):
        def start(self) -> None:
            raise RuntimeError("can't start new thread")

    jobs = start_jobs()
    with monkeypatch.context() as full:
        full.setattr(threading, "Thread", NoThread)
        left = jobs.start(CONFIG)
    state = state_of(jobs, left)
    assert not state.is_moving
    assert "ran out of memory" in (state.failure or "")
    assert jobs.process_id(left) is None
    until_status(jobs, jobs.start(CONFIG), "running")


def test_the_lock_of_what_trains_here_is_not_asked_for(
    start_jobs: Callable[..., Jobs], monkeypatch: pytest.MonkeyPatch
) -> None:
    """That takes milliseconds, of which each page that watches would wait for all others'."""
    jobs = start_jobs()
    run_id = jobs.start(CONFIG)
    until_status(jobs, run_id, "running")
    with monkeypatch.context() as asking:
        asking.setattr("nn.runs.reader.is_locked", lambda folder: pytest.fail("it was asked for"))
        assert [state.status for state in jobs.line().active] == ["running"]


def test_runs_wait_in_line_and_start_by_themselves(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs(limit=1)
    first, second, third = (jobs.start(CONFIG) for _ in range(3))
    until_status(jobs, first, "running")
    assert [state_of(jobs, run).place for run in (first, second, third)] == [None, 1, 2]
    assert state_of(jobs, third).status == "waiting"
    assert not jobs.send(third, {"command": "pause"})

    jobs.send(first, {"command": "finish"})
    until_status(jobs, second, "running")
    assert state_of(jobs, first).status == "finished"
    assert state_of(jobs, third).place == 1


def test_a_long_pause_makes_room_for_who_waits(
    start_jobs: Callable[..., Jobs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to look at the runs meanwhile: the test reads their folders alone."""
    monkeypatch.setattr("ui.runs.places.LOOK_SECONDS", 0.01)
    jobs = start_jobs(limit=1)
    paused = jobs.start(CONFIG)
    until_status(jobs, paused, "running")
    jobs.send(paused, {"command": "pause"})
    until_status(jobs, paused, "paused")
    waiting = jobs.start(CONFIG)
    look = jobs._places._next_look
    until(lambda: jobs._places._next_look not in (None, look))  # one has changed nothing
    assert runs.Run(tmp_path / paused).status == "paused"
    assert runs.Run(tmp_path / waiting).status == "waiting"
    monkeypatch.setattr("ui.runs.places.PAUSE_SECONDS", 0.0)
    until(lambda: runs.Run(tmp_path / waiting).status == "running")
    assert runs.Run(tmp_path / paused).status == "stopped"


def test_who_waits_and_who_pauses_are_told_of_it_two_minutes_before(
    start_jobs: Callable[..., Jobs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the pause is long already when somebody joins the line."""
    jobs = start_jobs(limit=1)
    paused = jobs.start(CONFIG)
    until_status(jobs, paused, "running")
    jobs.send(paused, {"command": "pause"})
    until_status(jobs, paused, "paused")
    assert state_of(jobs, paused).gives_way is None
    now = time.monotonic() + 1000
    with monkeypatch.context() as later:
        later.setattr("ui.runs.places.time.monotonic", lambda: now)
        waiting = jobs.start(CONFIG)
    assert state_of(jobs, paused).gives_way == now + PAUSE_SECONDS
    active, waits, limit = jobs.line()
    assert [state.gives_way for state in active] == [now + PAUSE_SECONDS]
    assert ([state.run.id for state in waits], limit) == ([waiting], 1)
    jobs.cancel(waiting)
    assert state_of(jobs, paused).gives_way is None


def test_two_run_at_once_where_the_limit_allows(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs(limit=2)
    both = [jobs.start(CONFIG), jobs.start(CONFIG)]
    for run_id in both:
        until_status(jobs, run_id, "running")
    assert [state_of(jobs, run_id).status for run_id in both] == ["running", "running"]


def test_a_waiting_run_can_leave_the_line(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs()
    _, second, third = (jobs.start(CONFIG) for _ in range(3))
    folder = state_of(jobs, second).run.folder
    jobs.cancel(second)
    assert jobs.state(second) is None
    assert not folder.exists()
    assert state_of(jobs, third).place == 1


def test_a_running_run_is_not_cancelled(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs()
    run_id = jobs.start(CONFIG)
    until_status(jobs, run_id, "running")
    jobs.cancel(run_id)
    assert state_of(jobs, run_id).status == "running"


def test_the_line_has_an_end(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs()
    for _ in range(1 + LINE_LENGTH.default):
        jobs.start(CONFIG)
    with pytest.raises(ValueError, match=f"{LINE_LENGTH.default} trainings wait already"):
        jobs.start(CONFIG)


def test_the_line_is_not_one_persons(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs()
    mine, other = Owner(("a" * 64,)), Owner(("b" * 64,))
    first, *_ = [jobs.start(CONFIG, mine) for _ in range(1 + LINE_EACH.default)]
    with pytest.raises(ValueError, match=f"{LINE_EACH.default} of your trainings wait already"):
        jobs.start(CONFIG, mine)
    theirs = jobs.start(CONFIG, other)
    until_status(jobs, first, "running")
    jobs.send(first, {"command": "finish"})
    until_status(jobs, theirs, "running")  # it is their turn
    with pytest.raises(ValueError, match="of your trainings wait already"):
        jobs.start(CONFIG, mine)
    jobs.send(theirs, {"command": "finish"})
    until(lambda: len(jobs.line().waiting) == LINE_EACH.default - 1)
    jobs.start(CONFIG, mine)


def test_a_run_gets_another_place_in_the_line(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs()
    _, second, third, fourth = (jobs.start(CONFIG) for _ in range(4))
    jobs.move(fourth, 1)
    assert [state.run.id for state in jobs.line().waiting] == [fourth, second, third]
    jobs.move(fourth, 99)
    jobs.move("unknown", 1)
    assert [state.run.id for state in jobs.line().waiting] == [second, third, fourth]
    jobs.move(third, 0)
    assert state_of(jobs, third).place == 1


def test_ones_own_runs_are_known_by_the_browser(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs()
    mine, other = Owner(("a" * 64,)), Owner(("b" * 64,))
    assert jobs.own_under_way("a" * 64) is None
    first, foreign, second = (jobs.start(CONFIG, owner) for owner in (mine, other, mine))
    assert [state.run.id for state in jobs.own("a" * 64)] == [second, first]
    assert jobs.own_under_way("a" * 64) == first  # it trains, the newer one waits
    assert jobs.own_under_way("b" * 64) == foreign
    until_status(jobs, first, "running")
    assert jobs.process_id(first) is not None
    jobs.send(first, {"command": "stop"})
    until_status(jobs, foreign, "running")
    assert jobs.own_under_way("a" * 64) == second
    assert jobs.process_id(first) is None


def test_a_stopped_run_is_resumed(start_jobs: Callable[..., Jobs]) -> None:
    resumed = []

    def command(folder: Path, resume: bool) -> list[str]:
        resumed.append(resume)
        return fake_command(folder, resume)

    jobs = start_jobs(command=command)
    run_id = jobs.start(CONFIG)
    until_status(jobs, run_id, "running")
    jobs.send(run_id, {"command": "stop"})
    until_status(jobs, run_id, "stopped")
    jobs.resume(run_id)  # its process may not have gone yet
    assert state_of(jobs, run_id).status in ("waiting", "starting", "running")
    until_status(jobs, run_id, "running")
    assert resumed == [False, True]
    assert state_of(jobs, run_id).run.last("resumed") is not None


def test_resuming_a_run_that_trains_changes_nothing(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs()
    run_id = jobs.start(CONFIG)
    until_status(jobs, run_id, "running")
    jobs.resume(run_id)
    assert state_of(jobs, run_id).place is None


def test_resuming_an_unknown_run_is_refused(start_jobs: Callable[..., Jobs]) -> None:
    with pytest.raises(ValueError, match="no such training any more"):
        start_jobs().resume("nothing")


def test_a_crash_is_told_in_words_and_the_next_run_starts(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs()
    first, second = jobs.start(CONFIG), jobs.start(CONFIG)
    until_status(jobs, first, "running")
    jobs.send(first, {"command": "crash"})
    until_status(jobs, second, "running")
    state = state_of(jobs, first)
    assert state.status == "interrupted"
    assert state.failure is not None
    assert "exit code 1" in state.failure
    assert "RuntimeError: no such images" in state.failure


@pytest.mark.skipif(os.name == "nt", reason="Windows doesn't tell that a process was killed")
def test_a_killed_process_is_told_in_words(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs()
    run_id = jobs.start(CONFIG)
    until_status(jobs, run_id, "running")
    os.kill(jobs.process_id(run_id) or 0, signal.SIGKILL)
    until(lambda: state_of(jobs, run_id).failure is not None)
    assert "killed" in str(state_of(jobs, run_id).failure)
    assert state_of(jobs, run_id).status == "interrupted"


@pytest.mark.skipif(os.name == "nt", reason="Windows can't hold a process")
def test_a_held_process_is_noticed_and_woken_up_by_a_command(
    start_jobs: Callable[..., Jobs], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.runs.standing.SILENT_SECONDS", 0.2)
    jobs = start_jobs()
    run_id = jobs.start(CONFIG)
    until_status(jobs, run_id, "running")
    process = jobs._places.processes[run_id]
    os.kill(process.pid, signal.SIGSTOP)
    until(lambda: state_of(jobs, run_id).silence is not None)
    assert "no sign of life for 1 s" in run_text.epoch_text(state_of(jobs, run_id), 50, 3, 37.0)
    assert jobs.send(run_id, {"command": "stop"})
    assert until_status(jobs, run_id, "stopped").silence is None


def test_a_process_that_does_not_do_what_it_is_told_can_be_ended(
    start_jobs: Callable[..., Jobs],
) -> None:
    jobs = start_jobs()
    run_id = jobs.start(CONFIG)
    until_status(jobs, run_id, "running")
    jobs.end_now(run_id)
    until(lambda: state_of(jobs, run_id).failure is not None)
    assert state_of(jobs, run_id).failure == "Ended at once, as asked. What was saved last is kept."
    assert state_of(jobs, run_id).run.can_go_on


def test_a_process_that_says_nothing_is_told_in_words(start_jobs: Callable[..., Jobs]) -> None:
    def broken(folder: Path, resume: bool) -> list[str]:
        return [sys.executable, "-c", "import sys; sys.exit('no such module')"]

    jobs = start_jobs(command=broken)
    run_id = jobs.start(CONFIG)
    until(lambda: state_of(jobs, run_id).failure is not None)
    assert "no such module" in str(state_of(jobs, run_id).failure)
    assert not state_of(jobs, run_id).is_moving


def test_a_command_that_does_not_exist_is_told_in_words(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs(command=lambda folder, resume: ["/nowhere/python"])
    run_id = jobs.start(CONFIG)
    assert "broke off" in str(state_of(jobs, run_id).failure)
