"""The folders of a server's trainings: whose they are, and how old ones are cleared away."""

from collections.abc import Callable
from pathlib import Path

import pytest

from nn import runs
from tests.ui.runs.trainings import CONFIG, state_of, until_status
from ui.runs import clearing
from ui.runs import files as run_files
from ui.runs.jobs import Jobs


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
def test_no_name_leads_out_of_the_folder(
    start_jobs: Callable[..., Jobs], tmp_path: Path, name: str
) -> None:
    runs.write_config(tmp_path, CONFIG.to_dict())  # even if that folder looks like a run itself
    run_files.write_token(tmp_path)
    jobs = start_jobs()
    assert jobs.state(name) is None
    assert jobs.token(name) is None
    assert not jobs.may_steer(name, run_files.read_token(tmp_path))


def finished_run(
    folder: Path, kilobytes: int = 0, ours: bool = True, file: str = "model.safetensors"
) -> Path:
    path = folder / runs.new_run_id()
    with runs.RunWriter(path, CONFIG.to_dict()) as writer:
        writer.write("finished")
    if ours:
        run_files.write_token(path)
    (path / file).parent.mkdir(parents=True, exist_ok=True)
    (path / file).write_bytes(bytes(1000 * kilobytes))
    return path


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (-15, "The training process was ended from outside (SIGTERM)."),
        (128 + 15, "The training process was ended from outside (SIGTERM)."),
        (0xC0000005, "The training process was ended by Windows (0xC0000005)."),
        (0xC0000017, "by Windows (0xC0000017). The computer was out of memory."),
        (1, "broke off (exit code 1). It left no message; perhaps it was ended from outside."),
    ],
)
def test_how_a_process_ended_is_told_in_words(tmp_path: Path, code: int, sentence: str) -> None:
    told = run_files.failure(tmp_path, code)
    assert told is not None
    assert told.endswith(sentence)


@pytest.mark.parametrize(
    ("code", "errors"),
    [
        (1, "OpenBLAS error: Memory allocation still failed after 10 retries, giving up."),
        (-6, "memory allocation of 22365712 bytes failed"),
        (1, "Traceback ...\nMemoryError"),
        (1, "ImportError: libx.so: failed to map segment from shared object"),
        (-9, ""),
        (-11, ""),
    ],
)
def test_a_want_of_memory_is_told_with_what_to_change(
    tmp_path: Path, code: int, errors: str
) -> None:
    run_files.errors_file(tmp_path).write_text(errors, encoding="utf-8")
    told = run_files.failure(tmp_path, code)
    assert told is not None
    assert "memory" in told
    assert "Choose a smaller batch size" in told
    assert "What was saved last is kept." in told


def test_old_runs_are_removed_by_number(
    start_jobs: Callable[..., Jobs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRATCH_NN_KEPT_RUNS", "3")
    monkeypatch.setattr(clearing, "YOUNG_SECONDS", 0)
    terminal = finished_run(tmp_path, ours=False)
    old = [finished_run(tmp_path) for _ in range(4)]
    jobs = start_jobs()
    new = state_of(jobs, jobs.start(CONFIG)).run.folder
    kept = {run.folder for run in runs.list_runs(tmp_path)}
    assert kept == {terminal, *old[-2:], new}


@pytest.mark.parametrize("file", ["model.safetensors", "history/0/weights.bin"])
def test_old_runs_are_removed_by_size(
    start_jobs: Callable[..., Jobs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    monkeypatch.setenv("SCRATCH_NN_KEPT_MEGABYTES", "10")
    monkeypatch.setattr(clearing, "YOUNG_SECONDS", 0)
    old = [finished_run(tmp_path, kilobytes=4000, file=file) for _ in range(4)]
    start_jobs().start(CONFIG)
    assert [path.exists() for path in old] == [False, False, True, True]


def test_no_active_or_waiting_run_is_removed(
    start_jobs: Callable[..., Jobs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRATCH_NN_KEPT_RUNS", "1")
    monkeypatch.setattr(clearing, "YOUNG_SECONDS", 0)
    jobs = start_jobs()
    running, *waiting = (jobs.start(CONFIG) for _ in range(3))
    until_status(jobs, running, "running")
    assert [state_of(jobs, run_id).place for run_id in waiting] == [1, 2]
