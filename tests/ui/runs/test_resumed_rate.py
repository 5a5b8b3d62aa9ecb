"""Going on with another learning rate."""

from collections.abc import Callable
from pathlib import Path

import pytest

import nn
from nn import runs
from nn.search import Origin, write_origin
from tests.checkpoints import WHOLE
from tests.ui.runs.trainings import CONFIG, fake_command, forsake, state_of, until_status
from ui.runs import places
from ui.runs.jobs import Jobs
from ui.runs.resumed_rate import may_change_rate, suggested_rate


def diverged_run(folder: Path, *changes: float, rate: float = 0.3) -> runs.Run:
    """A run that diverged after its learning rate was changed so."""
    config = nn.TrainingConfig(dataset="digits", learning_rate=rate).to_dict()
    with runs.RunWriter(folder, config) as writer:
        writer.write("started")
        for value in changes:
            writer.write("set", name="learning_rate", value=value)
        writer.write("failed", message="training diverged", reason=runs.DIVERGED)
    run = runs.Run(folder)
    run.checkpoint_path.write_bytes(WHOLE)
    return run


def test_a_third_is_suggested_or_the_rate_that_did_well(tmp_path: Path) -> None:
    assert suggested_rate(diverged_run(tmp_path / "a")) == 0.1
    assert suggested_rate(diverged_run(tmp_path / "b", rate=90)) == 5
    assert suggested_rate(diverged_run(tmp_path / "c", rate=0.00001)) == pytest.approx(1e-5 / 3)
    assert suggested_rate(diverged_run(tmp_path / "d", 1.0, 5.0)) == 0.3
    with runs.RunWriter(tmp_path / "e", CONFIG.to_dict()) as writer:
        writer.write("started")
        writer.write("set", name="learning_rate", value=0.05)
        writer.write("stopped")
    assert suggested_rate(runs.Run(tmp_path / "e")) == 0.05


def test_the_rate_of_a_trial_is_its_searchs(tmp_path: Path) -> None:
    run = diverged_run(tmp_path / "r")
    assert may_change_rate(run)
    write_origin(run.folder, Origin("s", 1))
    assert not may_change_rate(run)


def test_a_run_that_diverged_goes_on_with_another_rate_also_on_the_next_server(
    start_jobs: Callable[..., Jobs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []

    def start(command_line: list[str], folder: Path) -> object:
        told.append((folder.name, command_line[-2:]))
        return real(command_line, folder)

    real = places.start_process
    monkeypatch.setattr(places, "start_process", start)
    diverged_run(tmp_path / "r")
    jobs = start_jobs()
    for wrong in (0.0, -1.0, float("nan"), 1e9):
        with pytest.raises(ValueError, match="learning_rate must be"):
            jobs.resume("r", learning_rate=wrong)
    first = jobs.start(CONFIG)
    until_status(jobs, first, "running")
    jobs.resume("r", learning_rate=0.07)
    assert state_of(jobs, "r").place == 1
    forsake(jobs)

    jobs = start_jobs(2)
    until_status(jobs, "r", "running")
    assert ("r", ["--lr", "0.07"]) in told
    assert [entry.learning_rate for entry in jobs._places.line.under_way] == [None, None]
    jobs.send("r", {"command": "stop"})
    until_status(jobs, "r", "stopped")
    jobs.resume("r")
    until_status(jobs, "r", "running")
    assert told[-1] == ("r", fake_command(tmp_path / "r", True)[-2:])
