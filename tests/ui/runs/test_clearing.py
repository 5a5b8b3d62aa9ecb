"""Old trainings are cleared away, and nobody loses theirs to another."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import nn
from nn import runs
from nn.history.answers import answers_dtype
from nn.history.health import health_dtype
from nn.history.recorder import ANSWER_MOMENTS, ANSWERS, HEALTH_MOMENTS
from nn.history.weights import BYTES, whole_dtype
from nn.runs.archive import BROUGHT
from nn.runs.pinned import set_pinned
from nn.runs.thinning import MOST_BYTES
from nn.training.build import build_network
from tests.ui.runs.trainings import CONFIG, state_of, until_status
from ui.runs import files as run_files
from ui.runs import owners
from ui.runs.clearing import YOUNG_SECONDS, clear_away
from ui.runs.jobs import Jobs
from ui.shared.operator_settings import KEPT_MEGABYTES

MINE, OTHER = "a" * 64, "b" * 64
CLASSIC_BYTES = 9_000_000
"""What one of 784-128-64-10 takes after 50 epochs on MNIST."""


@pytest.fixture(autouse=True)
def three_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRATCH_NN_KEPT_RUNS", "3")


def ended(folder: Path, browser: str, *, old: bool = True, megabytes: int = 0) -> Path:
    """A run of the app that has ended; half a day ago, or just now."""
    path = folder / runs.new_run_id()
    with runs.RunWriter(path, CONFIG.to_dict()) as writer:
        writer.write("finished")
    run_files.write_token(path)
    owners.write_owner(path, owners.Owner((browser,)))
    (path / "model.safetensors").write_bytes(bytes(1_000_000 * megabytes))
    if old:
        ago = time.time() - 12 * YOUNG_SECONDS
        for one in (path / runs.Run(path).events_path.name, path):
            os.utime(one, (ago, ago))
    return path


def test_who_starts_many_loses_their_own_and_nobody_elses(tmp_path: Path) -> None:
    theirs = ended(tmp_path, OTHER)
    mine = [ended(tmp_path, MINE) for _ in range(32)]
    assert clear_away(tmp_path, (), ())
    assert theirs.exists()
    assert [path.exists() for path in mine] == [False] * 30 + [True] * 2


def test_what_is_younger_than_an_hour_or_looked_at_stays(
    start_jobs: Callable[..., Jobs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, seen = ended(tmp_path, OTHER), ended(tmp_path, OTHER)
    young = [ended(tmp_path, browser * 64, old=False) for browser in "cdefg"]
    jobs = start_jobs()
    looks = {("session", "run"): seen.name}
    monkeypatch.setattr("ui.runs.looked_at._looks", looks)
    until_status(jobs, jobs.start(CONFIG, owners.Owner((MINE,))), "running")
    assert all(path.exists() for path in (seen, *young))
    assert not old.exists()
    monkeypatch.setattr("ui.runs.looked_at._is_here", lambda session: False)  # it has ended
    jobs.start(CONFIG, owners.Owner((MINE,)))
    assert not seen.exists()


def test_runs_that_wait_take_nobodys_place(start_jobs: Callable[..., Jobs], tmp_path: Path) -> None:
    old = [ended(tmp_path, OTHER), ended(tmp_path, OTHER)]
    jobs = start_jobs()
    _, *waiting = [jobs.start(CONFIG, owners.Owner((MINE,))) for _ in range(4)]
    assert all(path.exists() for path in old)
    assert [state_of(jobs, run_id).place for run_id in waiting] == [1, 2, 3]


def test_ones_own_young_ones_are_no_more_than_all_that_are_kept(tmp_path: Path) -> None:
    mine = [ended(tmp_path, MINE, old=False) for _ in range(5)]
    clear_away(tmp_path, (), ())
    assert [path.exists() for path in mine] == [False] * 2 + [True] * 3


def test_a_disk_full_of_young_ones_is_said(
    start_jobs: Callable[..., Jobs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRATCH_NN_KEPT_MEGABYTES", "10")
    young = [ended(tmp_path, browser * 64, old=False, megabytes=6) for browser in "cd"]
    jobs = start_jobs()
    with pytest.raises(ValueError, match="take all the room that there is"):
        jobs.start(CONFIG)
    assert all(path.exists() for path in young)
    assert len(runs.list_runs(tmp_path)) == 2


def test_a_class_of_thirty_has_room_and_nobody_loses_theirs(
    start_jobs: Callable[..., Jobs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SCRATCH_NN_KEPT_RUNS")
    stranger = ended(tmp_path, OTHER)
    pupils = [f"{number:064x}" for number in range(30)]
    first = [ended(tmp_path, pupil, old=False) for pupil in pupils]
    for path in first:
        os.truncate(path / "model.safetensors", CLASSIC_BYTES)
    jobs = start_jobs()
    jobs.make_room()
    assert not stranger.exists()  # more than are kept, and it is old
    second = [ended(tmp_path, pupil, old=False) for pupil in pupils]
    for path in second:
        os.truncate(path / "model.safetensors", CLASSIC_BYTES)
    with pytest.raises(ValueError, match="Delete one of yours"):
        jobs.make_room()
    assert all(path.exists() for path in (*first, *second))


def test_a_classic_training_keeps_no_more_of_its_way_than_a_class_has_room_for() -> None:
    config = nn.TrainingConfig()
    images = np.zeros((config.batch_size, 28, 28), np.uint8)
    network = build_network(config, images, tuple("0123456789"))
    weights = max(8, BYTES // whole_dtype(network).itemsize) * whole_dtype(network).itemsize
    rest = ANSWER_MOMENTS * answers_dtype(ANSWERS).itemsize
    rest += HEALTH_MOMENTS * health_dtype(network).itemsize
    model = 4 * network.num_parameters
    assert weights + model < CLASSIC_BYTES
    assert 30 * (weights + rest + model + MOST_BYTES) < 1e6 * KEPT_MEGABYTES.default


def test_pinned_ones_stay(tmp_path: Path) -> None:
    oldest = ended(tmp_path, MINE)
    set_pinned(oldest, True)
    mine = [ended(tmp_path, MINE) for _ in range(4)]
    assert clear_away(tmp_path, (), ())
    assert oldest.exists()
    assert [path.exists() for path in mine] == [False, False, True, True]


def test_what_came_from_a_file_takes_nobodys_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRATCH_NN_KEPT_MEGABYTES", "10")
    brought = ended(tmp_path, OTHER, old=False, megabytes=8)
    (brought / BROUGHT).touch()
    ended(tmp_path, MINE, old=False, megabytes=4)
    assert clear_away(tmp_path, (), ())
    assert not brought.exists()
