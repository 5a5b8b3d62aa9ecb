"""A search in the line of trainings: it has one place, gives way, goes on, and owns its trials."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from nn.runs.lock import RunLocked
from nn.search import SearchWriter
from tests.ui.runs.searching import SETTINGS, search_state, until_search
from tests.ui.runs.trainings import CONFIG, forsake, state_of, until, until_status
from ui.runs.jobs import Jobs
from ui.runs.line_forecast import seconds_until_start
from ui.runs.owners import Owner, read_owner
from ui.runs.process import command_line
from ui.runs.readers import search_key

MINE, OTHER = Owner(("a" * 64,), "Ada"), Owner(("b" * 64,))
Start = Callable[..., Jobs]


def test_a_search_is_its_visitors_one_training(start_jobs: Start) -> None:
    jobs = start_jobs(limit=2)
    search_id = jobs.searches.start(SETTINGS, MINE)
    until_search(jobs, search_id, "running")

    run_id = jobs.start(CONFIG, MINE)

    assert state_of(jobs, run_id).place == 1
    assert [state.key for state in jobs.line().active] == [search_key(search_id)]
    jobs.send(search_key(search_id), {"command": "stop"})
    until_status(jobs, run_id, "running")
    assert search_state(jobs, search_id).status == "stopped"


def test_a_search_waits_its_turn(start_jobs: Start) -> None:
    jobs = start_jobs()
    run_id = jobs.start(CONFIG, OTHER)
    until_status(jobs, run_id, "running")

    search_id = jobs.searches.start(SETTINGS, MINE)

    state = search_state(jobs, search_id)
    assert (state.status, state.place, state.is_moving) == ("waiting", 1, True)
    assert len(seconds_until_start(jobs.line(), 0.0)) == 2
    jobs.send(run_id, {"command": "finish"})
    until_search(jobs, search_id, "running")


def test_a_search_gives_way_and_goes_on_by_itself(
    start_jobs: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.runs.places.LOOK_SECONDS", 0.05)
    monkeypatch.setenv("SCRATCH_NN_TURN_SECONDS", "1")
    jobs = start_jobs()
    search_id = jobs.searches.start(SETTINGS, MINE)
    until_search(jobs, search_id, "running")

    run_id = jobs.start(CONFIG, OTHER)
    until(lambda: search_state(jobs, search_id).doing == "gave way")

    until_status(jobs, run_id, "running")
    assert search_state(jobs, search_id).place == 1
    jobs.send(run_id, {"command": "finish"})
    search = until_search(jobs, search_id, "running").search
    assert [event["type"] for event in search.events].count("resumed") == 1


def test_a_search_goes_on_when_the_server_has_ended(start_jobs: Start) -> None:
    first = start_jobs()
    search_id = first.searches.start(SETTINGS, MINE)
    until_search(first, search_id, "running")

    forsake(first)
    second = start_jobs()

    assert until_search(second, search_id, "running").search.last("resumed") is not None


def test_a_search_that_its_owner_had_paused_waits_for_them(start_jobs: Start) -> None:
    jobs = start_jobs()
    key = search_key(search_id := jobs.searches.start(SETTINGS, MINE))
    until_search(jobs, search_id, "running")

    assert jobs.send(key, {"command": "pause"})
    until_search(jobs, search_id, "paused")
    assert jobs.send(key, {"command": "resume"})
    until_search(jobs, search_id, "running")


def test_trials_that_have_ended_are_their_owners(start_jobs: Start, tmp_path: Path) -> None:
    jobs = start_jobs()
    search_id = jobs.searches.start(SETTINGS, MINE)
    until(lambda: len(search_state(jobs, search_id).search.ended) == 1)
    search_state(jobs, search_id)

    assert read_owner(tmp_path / "trial-0") == MINE
    assert jobs.token("trial-0") is not None
    assert [state.run.id for state in jobs.own(MINE.browsers[0])] == ["trial-0"]


def test_no_training_of_the_page_train_is_a_search(start_jobs: Start) -> None:
    jobs = start_jobs()
    search_id = jobs.searches.start(SETTINGS, MINE)
    until_search(jobs, search_id, "running")

    assert jobs.own_under_way(MINE.browsers[0]) is None
    assert jobs.state(search_key(search_id)) is None
    assert jobs.state("searches") is None
    assert jobs.searches.state("../trial-0") is None


def test_a_search_is_deleted_when_it_is_over_and_its_trials_stay(
    start_jobs: Start, tmp_path: Path
) -> None:
    jobs = start_jobs()
    search_id = jobs.searches.start(SETTINGS, MINE)
    until(lambda: len(search_state(jobs, search_id).search.ended) == 1)
    with pytest.raises(ValueError, match="stop it first"):
        jobs.searches.delete(search_id)
    jobs.send(search_key(search_id), {"command": "stop"})
    until(lambda: not search_state(jobs, search_id).is_moving and not jobs.line().active)

    jobs.searches.delete(search_id)

    assert jobs.searches.all() == []
    assert read_owner(tmp_path / "trial-0") == MINE


def test_one_that_never_began_is_gone_when_it_leaves_the_line(start_jobs: Start) -> None:
    jobs = start_jobs()
    until_status(jobs, jobs.start(CONFIG, OTHER), "running")
    search_id = jobs.searches.start(SETTINGS, MINE)

    jobs.searches.leave_line(search_id)

    assert jobs.searches.state(search_id) is None


def test_another_process_has_it(start_jobs: Start, tmp_path: Path) -> None:
    jobs = start_jobs()
    search_id = jobs.searches.start(SETTINGS, MINE)
    until_search(jobs, search_id, "running")

    with pytest.raises(RunLocked):
        SearchWriter(tmp_path / "searches" / search_id)


def test_the_oldest_searches_go_when_there_are_more_than_are_kept(
    start_jobs: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRATCH_NN_KEPT_RUNS", "1")
    jobs = start_jobs()
    first = jobs.searches.start(SETTINGS, MINE)
    until_search(jobs, first, "running")
    jobs.send(search_key(first), {"command": "finish"})
    until(lambda: not jobs.line().active)

    second = jobs.searches.start(SETTINGS, MINE)

    assert [state.search.id for state in jobs.searches.all()] == [second]


def test_on_the_cluster_it_is_told_the_operators_address(
    start_jobs: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = start_jobs()
    here, away = (jobs.searches.start(SETTINGS, MINE, on_cluster=on) for on in (False, True))
    monkeypatch.setenv("SCRATCH_NN_DASK", "tcp://10.0.0.5:8786")

    lines = [command_line(tmp_path / "searches" / one, False) for one in (here, away)]

    assert "--dask" not in lines[0]
    assert lines[1][-2:] == ["--dask", "tcp://10.0.0.5:8786"]
    monkeypatch.delenv("SCRATCH_NN_DASK")
    assert "--dask" not in command_line(tmp_path / "searches" / away, False)


def test_of_a_search_the_trials_that_are_not_its_best_are_cleared_away_first(
    start_jobs: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = start_jobs()
    before = jobs.start(CONFIG, MINE)
    until_status(jobs, before, "running")
    jobs.send(before, {"command": "finish"})
    search_id = jobs.searches.start(SETTINGS, MINE)
    until_search(jobs, search_id, "running")
    for _ in range(4):
        jobs.send(search_key(search_id), {"command": "trial"})
    until(lambda: len(search_state(jobs, search_id).search.ended) == 5)
    search_state(jobs, search_id)
    monkeypatch.setenv("SCRATCH_NN_KEPT_RUNS", "4")

    jobs.send(search_key(search_id), {"command": "finish"})
    until(lambda: not jobs.line().active)

    until(lambda: not (tmp_path / "trial-0").exists())
    left = {state.run.id for state in jobs.own(MINE.browsers[0])}
    assert left == {before, "trial-2", "trial-3", "trial-4"}  # each was better than the one before


@pytest.mark.parametrize(("asked", "gets"), [(None, 3), (20, 3), (2, 2)])
def test_all_trials_together_have_the_time_of_one_training(
    start_jobs: Start, monkeypatch: pytest.MonkeyPatch, asked: float | None, gets: float
) -> None:
    monkeypatch.setenv("SCRATCH_NN_MAX_MINUTES", "3")
    jobs = start_jobs()

    search_id = jobs.searches.start(replace(SETTINGS, minutes=asked), MINE)

    assert search_state(jobs, search_id).search.settings.minutes == gets
