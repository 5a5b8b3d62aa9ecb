"""The trainings of a server: starting, waiting in line, steering, ending, clearing away."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import nn
from nn import runs
from ui import run_files
from ui.jobs import MAX_WAITING, Jobs, RunState, train_command

FAKE = Path(__file__).with_name("fake_training.py")
CONFIG = nn.TrainingConfig(dataset="digits", hidden=(8,), epochs=200)


def fake_command(folder: Path, resume: bool) -> list[str]:
    return [sys.executable, str(FAKE), str(folder)]


@pytest.fixture
def start_jobs(tmp_path: Path) -> Iterator[Callable[..., Jobs]]:
    made: list[Jobs] = []

    def start(limit: int = 1, command: Callable[..., list[str]] = fake_command) -> Jobs:
        made.append(Jobs(tmp_path, limit, command))
        return made[-1]

    yield start
    for jobs in made:
        for state in jobs.recent():
            jobs.cancel(state.run.id)
        for state in jobs.recent():
            jobs.send(state.run.id, {"command": "stop"})
        until(lambda jobs=jobs: not jobs._processes)


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for what another process or thread does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def state_of(jobs: Jobs, run_id: str) -> RunState:
    state = jobs.state(run_id)
    assert state is not None
    return state


def until_status(jobs: Jobs, run_id: str, *statuses: str) -> RunState:
    until(lambda: state_of(jobs, run_id).status in statuses)
    return state_of(jobs, run_id)


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
    start_jobs: Callable[..., Jobs], monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = start_jobs(limit=1)
    paused = jobs.start(CONFIG)
    until_status(jobs, paused, "running")
    jobs.send(paused, {"command": "pause"})
    until_status(jobs, paused, "paused")
    waiting = jobs.start(CONFIG)
    assert state_of(jobs, waiting).place == 1
    assert state_of(jobs, paused).status == "paused"
    monkeypatch.setattr("ui.jobs.PAUSE_SECONDS", 0.0)
    until_status(jobs, waiting, "running")
    assert state_of(jobs, paused).status == "stopped"


def test_two_run_at_once_where_the_limit_allows(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs(limit=2)
    for run_id in [jobs.start(CONFIG), jobs.start(CONFIG)]:
        until_status(jobs, run_id, "running")


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
    for _ in range(1 + MAX_WAITING):
        jobs.start(CONFIG)
    with pytest.raises(ValueError, match=f"{MAX_WAITING} trainings wait already"):
        jobs.start(CONFIG)


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
    with pytest.raises(ValueError, match="no run 'nothing'"):
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
    assert "MemoryError: no room for the images" in state.failure


def test_a_killed_process_is_told_in_words(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs()
    run_id = jobs.start(CONFIG)
    until_status(jobs, run_id, "running")
    os.kill(jobs._processes[run_id].pid, signal.SIGKILL)
    until(lambda: state_of(jobs, run_id).failure is not None)
    assert "killed" in str(state_of(jobs, run_id).failure)
    assert state_of(jobs, run_id).status == "interrupted"


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


def test_only_the_token_steers(start_jobs: Callable[..., Jobs], tmp_path: Path) -> None:
    jobs = start_jobs()
    mine, other = jobs.start(CONFIG), jobs.start(CONFIG)
    token = jobs.token(mine)
    assert token is not None
    assert len(token) >= 20
    assert jobs.may_steer(mine, token)
    assert not jobs.may_steer(other, token)
    assert not jobs.may_steer(mine, None)
    assert not jobs.may_steer(mine, "")
    assert not jobs.may_steer(mine, "tökèn")

    runs.write_config(tmp_path / "terminal", CONFIG.to_dict())
    assert jobs.token("terminal") is None
    assert not jobs.may_steer("terminal", "")


def test_a_run_of_the_terminal_is_shown(start_jobs: Callable[..., Jobs], tmp_path: Path) -> None:
    jobs = start_jobs()
    with runs.RunWriter(tmp_path / "terminal", CONFIG.to_dict()) as writer:
        writer.write("started")
        assert state_of(jobs, "terminal").status == "running"
        assert [state.run.id for state in jobs.recent()] == ["terminal"]
    assert state_of(jobs, "terminal").status == "interrupted"
    assert state_of(jobs, "terminal").failure is None


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "/etc", "x\0y", "y" * 500])
def test_no_name_leads_out_of_the_folder(start_jobs: Callable[..., Jobs], name: str) -> None:
    jobs = start_jobs()
    assert jobs.state(name) is None
    assert jobs.token(name) is None
    assert not jobs.may_steer(name, "token")


def finished_run(folder: Path, kilobytes: int = 0, ours: bool = True) -> Path:
    path = folder / runs.new_run_id()
    with runs.RunWriter(path, CONFIG.to_dict()) as writer:
        writer.write("finished")
    if ours:
        run_files.write_token(path)
    (path / "model.safetensors").write_bytes(bytes(1000 * kilobytes))
    return path


def test_old_runs_are_removed_by_number(
    start_jobs: Callable[..., Jobs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_files, "KEPT_RUNS", 3)
    terminal = finished_run(tmp_path, ours=False)
    old = [finished_run(tmp_path) for _ in range(4)]
    jobs = start_jobs()
    new = state_of(jobs, jobs.start(CONFIG)).run.folder
    kept = {path for path in tmp_path.iterdir() if path.is_dir()}
    assert kept == {terminal, *old[-2:], new}


def test_old_runs_are_removed_by_size(
    start_jobs: Callable[..., Jobs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_files, "KEPT_BYTES", 250_000)
    old = [finished_run(tmp_path, kilobytes=100) for _ in range(4)]
    start_jobs().start(CONFIG)
    assert [path.exists() for path in old] == [False, False, True, True]


def test_no_active_or_waiting_run_is_removed(
    start_jobs: Callable[..., Jobs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_files, "KEPT_RUNS", 1)
    jobs = start_jobs()
    running, *waiting = (jobs.start(CONFIG) for _ in range(3))
    until_status(jobs, running, "running")
    assert [state_of(jobs, run_id).place for run_id in waiting] == [1, 2]


def test_a_real_training_is_steered_stopped_and_resumed(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs(command=train_command)
    run_id = jobs.start(CONFIG)
    until(lambda: bool(state_of(jobs, run_id).run.progress))
    jobs.send(run_id, {"command": "pause"})
    until_status(jobs, run_id, "paused")
    jobs.send(run_id, {"command": "set", "name": "learning_rate", "value": 0.02})
    jobs.send(run_id, {"command": "resume"})
    until(lambda: state_of(jobs, run_id).run.progress[-1]["learning_rate"] == 0.02)
    jobs.send(run_id, {"command": "stop"})
    run = until_status(jobs, run_id, "stopped").run
    step = run.events[-1]["step"]
    assert step > 0
    assert nn.load(run.model_path).num_parameters == 784 * 8 + 8 + 8 * 10 + 10

    jobs.resume(run_id)
    until(lambda: state_of(jobs, run_id).run.events[-1]["step"] > step)
    resumed = state_of(jobs, run_id).run.last("resumed")
    assert resumed is not None
    assert resumed["from_step"] == step
    assert state_of(jobs, run_id).run.progress[-1]["learning_rate"] == 0.02


def test_a_real_training_finishes(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs(command=train_command)
    run_id = jobs.start(nn.TrainingConfig(dataset="digits", hidden=(32,), epochs=5))
    closing = until_status(jobs, run_id, "finished").run.events[-1]
    assert closing["test_accuracy"] > 0.7


def test_a_training_that_cannot_begin_says_why(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs(command=train_command)
    run_id = jobs.start(nn.TrainingConfig(dataset="digits", val_size=1_000_000))
    until(lambda: not state_of(jobs, run_id).is_moving)
    state = state_of(jobs, run_id)
    reason = state.failure or state.run.events[-1].get("message")
    assert "val_size" in str(reason)
