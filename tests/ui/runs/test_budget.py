"""What a training will take is told before it begins, and too much is refused, with a way out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import nn
from nn import runs
from nn.runs.schema import OUT_OF_TIME
from tests.ui.runs.trainings import CONFIG, until
from ui.runs import budget, process
from ui.runs import text as run_text
from ui.runs.budget import check_budget
from ui.runs.estimate import estimate
from ui.runs.jobs import Jobs
from ui.runs.pace import FEW, Pace
from ui.runs.state import RunState
from ui.settings.network_size import TooLarge

LARGEST = nn.TrainingConfig(
    convolutions=(64, 64), batch_size=8, epochs=200, ensemble=5, elastic=1.0, thickness=0.4
)


@pytest.mark.parametrize(
    ("config", "field"),
    [
        (LARGEST, "epochs"),
        (replace(LARGEST, epochs=10), "ensemble"),
        (nn.TrainingConfig(epochs=200), "epochs"),
        (nn.TrainingConfig(hidden=(2000, 1500), batch_size=8, epochs=1), "hidden"),
    ],
)
def test_more_time_than_allowed_is_refused_with_what_fits(
    config: nn.TrainingConfig, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRATCH_NN_MAX_MINUTES", "60" if config.ensemble > 1 else "1")
    pace = 3.0
    with pytest.raises(TooLarge, match=r"at most (1|60) min are allowed") as refused:
        check_budget(config, pace, at_once=1)
    assert refused.value.field == field
    if field != "hidden":
        number = int("".join(filter(str.isdigit, str(refused.value).partition("Train ")[2])))
        check_budget(replace(config, **{field: number}), pace, at_once=1)
        with pytest.raises(TooLarge):
            check_budget(replace(config, **{field: number + 2}), pace, at_once=1)


def test_more_memory_than_the_container_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "container_memory", lambda: 500_000_000)
    monkeypatch.setattr(budget, "own_memory", lambda: 250_000_000)
    small, wide = nn.TrainingConfig(), nn.TrainingConfig(hidden=(2000, 1500), optimizer="adam")
    in_pieces = nn.TrainingConfig(convolutions=(64, 64), batch_size=128)
    filters = replace(in_pieces, batch_norm=True)  # whose batches are looked at as a whole
    for config in (small, in_pieces, replace(filters, batch_size=32)):
        check_budget(config, pace=1.0, at_once=1)
    for config, field in ((wide, "hidden"), (filters, "batch_size")):
        with pytest.raises(TooLarge, match=r"at most 200 MB are here for one") as refused:
            check_budget(config, pace=1.0, at_once=1)
        assert refused.value.field == field
    with pytest.raises(TooLarge, match="at most 20 MB"):
        check_budget(small, pace=1.0, at_once=10)


def test_at_home_everything_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "container_memory", lambda: None)
    assert check_budget(LARGEST, pace=100.0, at_once=1).seconds > 100 * 3600


def test_nobody_gets_past_the_door(
    start_jobs: Callable[..., Jobs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRATCH_NN_MAX_MINUTES", "1")
    jobs = start_jobs()
    with pytest.raises(ValueError, match="are allowed"):
        jobs.start(LARGEST)
    assert not list(tmp_path.iterdir())
    assert "--max-seconds" in process.train_command_line(tmp_path / "run", False)
    assert jobs.start(CONFIG)


def test_of_a_run_with_a_dataset_that_is_not_known_nothing_is_thought(
    start_jobs: Callable[..., Jobs], tmp_path: Path
) -> None:
    jobs = start_jobs()
    seconds = []
    for dataset in ("digits", "of another version"):
        runs.write_config(tmp_path / dataset, nn.TrainingConfig(dataset=dataset).to_dict())
        seconds.append(jobs.seconds_of(runs.Run(tmp_path / dataset)))
    assert seconds[0]
    assert seconds[1] is None


def test_estimates_follow_what_trainings_here_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = nn.TrainingConfig(epochs=20)
    pace = Pace()
    for number in range(FEW):
        with runs.RunWriter(tmp_path / str(number), config.to_dict()) as writer:
            for kind, epoch, at in (("started", 0, 0.0), ("finished", 20, 600.0)):
                monkeypatch.setattr("time.time", lambda at=at: 1e9 + at)
                writer.write(kind, 0, epoch)
        pace.hear(runs.Run(tmp_path / str(number)))
    assert estimate(config, pace.factor).seconds == pytest.approx(600, rel=0.2)


def test_who_tells_of_an_ended_training_does_not_wait_for_a_trial(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pace, held = Pace(), []

    def trial(when: int) -> float:
        held.append(pace._lock.locked())
        return 2.0

    monkeypatch.setattr("ui.runs.pace._tried", trial)
    assert pace.factor == 2
    assert held == [False]


def test_a_training_that_takes_far_too_long_is_ended_and_says_so(
    start_jobs: Callable[..., Jobs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs.write_config(tmp_path / "r", nn.TrainingConfig(dataset="digits", epochs=2000).to_dict())
    command = process.train_command_line(tmp_path / "r", False)
    with process.start_process([*command, "--max-seconds", "0.2"], tmp_path / "r"):
        until(lambda: runs.Run(tmp_path / "r").status == "stopped")
    run = runs.Run(tmp_path / "r")
    assert run.events[-1]["reason"] == OUT_OF_TIME
    assert run.checkpoint_path.is_file()
    assert "took far longer than a training may" in run_text.ending(RunState(run, "stopped"))[1]
    monkeypatch.setenv("SCRATCH_NN_MAX_MINUTES", "1")
    budget.check_rest(run)  # its limit was another one
    monkeypatch.setattr(budget, "PATIENCE", 0.001)
    with pytest.raises(ValueError, match="far longer"):
        start_jobs().resume("r")


def test_what_is_mostly_the_start_of_a_process_takes_a_few_seconds() -> None:
    assert estimate(nn.TrainingConfig(dataset="digits", epochs=1)).words.startswith("a few seconds")
    assert estimate(nn.TrainingConfig()).words.startswith("about ")
