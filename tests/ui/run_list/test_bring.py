"""Opening a run that somebody sent."""

import io
from pathlib import Path

import pytest

from nn import runs
from nn.runs.archive import Archive, read_archive, write_archive
from tests.ui.run_list.runs_page import MINE, OTHER, a_run
from ui.run_list import bring
from ui.runs import owners
from ui.runs.jobs import Jobs

pytestmark = pytest.mark.usefixtures("jobs")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    file = io.BytesIO()
    write_archive(runs.Run(a_run(tmp_path / "elsewhere", "a", OTHER)), file)
    return read_archive(file)


@pytest.fixture(autouse=True)
def my_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bring, "this_browser", lambda: MINE)
    monkeypatch.setattr(bring, "person", lambda: "")


def test_it_is_a_run_of_the_visitor(archive: Archive, jobs: Jobs, tmp_path: Path) -> None:
    run_id = bring.add_run(archive)
    state = jobs.state(run_id)
    assert state is not None
    assert state.status == "finished"
    assert owners.read_owner(tmp_path / run_id).browsers == (MINE,)
    assert jobs.token(run_id) is not None


def test_it_counts_among_those_that_are_kept(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRATCH_NN_KEPT_RUNS", "2")
    brought = [bring.add_run(archive) for _ in range(4)]
    assert [run.id for run in runs.list_runs(tmp_path)] == brought[:1:-1]


@pytest.mark.parametrize("limit", ["MAX_PARAMETERS", "MAX_ANSWER_COST"])
def test_a_network_that_is_too_large_here_is_refused(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(bring, limit, 100)
    with pytest.raises(ValueError, match=r"too many|longer than"):
        bring.add_run(archive)
    assert runs.list_runs(tmp_path) == []
