"""The newest numbers of a run."""

from pathlib import Path
from typing import Any

import pytest

import nn
from nn import runs
from ui.runs.numbers import (
    base_rate,
    loss_text,
    newest_numbers,
    rate_set_by,
    rate_text,
    schedule_of,
)

Events = list[tuple[str, float, dict[str, Any]]]


def a_run(folder: Path, events: Events = [], **settings: object) -> runs.Run:  # noqa: B006
    """A run with these events: type, epoch and fields."""
    config = nn.TrainingConfig.from_dict({"dataset": "digits", **settings})
    with runs.RunWriter(folder, config.to_dict()) as writer:
        for step, (kind, epoch, fields) in enumerate(events):
            writer.write(kind, step, epoch, **fields)
    return runs.Run(folder)


def moment(epoch: float, loss: float, rate: float = 0.1) -> tuple[str, float, dict[str, Any]]:
    numbers = {"train_loss": loss, "train_accuracy": 1 - loss / 10, "samples_per_second": 1e3}
    return "progress", epoch, numbers | {"learning_rate": rate}


def epoch_end(epoch: int, loss: float) -> tuple[str, float, dict[str, Any]]:
    return "epoch", epoch, {"train_loss": loss, "train_accuracy": 1 - loss / 10}


def test_the_operations_of_unlike_networks_are_the_mean_over_their_epochs(tmp_path: Path) -> None:
    run = a_run(tmp_path / "r", hidden=[], epochs=3, other_members=[{"hidden": [2], "epochs": 1}])
    # 784 · 10 weights take part in two products, 784 · 2 in two, 2 · 10 in three.
    mean = (3 * 4 * 7840 + (4 * 1568 + 6 * 20)) // 4
    assert f"an image takes {mean:,} of them" in newest_numbers(run)["GFLOP/s"][1]


def test_the_rate_in_use_is_told_and_what_it_comes_from(tmp_path: Path) -> None:
    events = [moment(1, 1.0, 0.003), moment(9, 0.1, 0.00012345)]
    settings = {"learning_rate": 0.003, "schedule": "cosine", "warmup_epochs": 1.0}
    run = a_run(tmp_path / "r", events, **settings)
    number, words = newest_numbers(run)["Learning rate"]
    assert number == "0.00012"
    assert "base rate, 0.003, times a factor" in words
    assert schedule_of(run) == "the warm-up and the schedule (Cosine)"
    with runs.RunWriter(run.folder, None) as writer:
        writer.write("set", 3, 9.0, name="learning_rate", value=0.01)
    run.refresh()
    assert base_rate(run) == 0.01
    assert "base rate, 0.01, times" in newest_numbers(run)["Learning rate"][1]


def test_without_a_schedule_the_rate_stays(tmp_path: Path) -> None:
    run = a_run(tmp_path / "r", [moment(1, 1.0)])
    assert newest_numbers(run)["Learning rate"][0] == "0.1"
    assert "stays as it is set" in newest_numbers(run)["Learning rate"][1]
    assert schedule_of(run) == ""


def rate_set(epoch: float, rate: float) -> tuple[str, float, dict[str, Any]]:
    return "set", epoch, {"name": "learning_rate", "value": rate}


def test_each_moment_has_the_rate_that_was_set_before_it(tmp_path: Path) -> None:
    events = [moment(1, 1.0), rate_set(2.5, 0.05), moment(3, 0.9), rate_set(4, 0.02)]
    run = a_run(tmp_path / "r", events, epochs=9)
    rates = [rate_set_by(run, 0, epoch) for epoch in (0, 2.4, 2.5, 3.9, 4, 9)]
    assert rates == [None, None, 0.05, 0.05, 0.02, 0.02]
    settings: dict[str, Any] = {"epochs": 3, "other_members": [{"learning_rate": 0.01}]}
    run = a_run(tmp_path / "e", events, **settings)
    assert [rate_set_by(run, 1, epoch) for epoch in (0, 0.9, 1)] == [0.05, 0.05, 0.02]


def test_in_an_ensemble_the_schedule_is_that_of_the_network_whose_turn_it_is(
    tmp_path: Path,
) -> None:
    settings: dict[str, Any] = {"epochs": 3, "other_members": [{"schedule": "step"}]}
    assert schedule_of(a_run(tmp_path / "a", [moment(2.5, 1.0)], **settings)) == ""
    later = a_run(tmp_path / "b", [moment(3.5, 1.0)], **settings)
    assert schedule_of(later) == "the schedule (Step)"


def test_of_short_epochs_the_last_one_counts_and_not_a_mean_over_many(tmp_path: Path) -> None:
    events = [moment(0.5, 2.0), epoch_end(1, 1.8), epoch_end(2, 1.0), epoch_end(3, 0.5)]
    run = a_run(tmp_path / "r", [*events, moment(3.1, 1.2)])
    assert newest_numbers(run)["Training loss"][0] == "0.5000"
    assert newest_numbers(run)["Training accuracy"][0] == "95.0\xa0%"


def test_values_that_are_no_numbers_are_a_dash(tmp_path: Path) -> None:
    nonsense = {"train_loss": "much", "train_accuracy": [], "learning_rate": {}}
    run = a_run(tmp_path / "r", [("progress", 1.0, nonsense)], val_size=100)
    numbers = newest_numbers(run)
    for name in ("Training loss", "Training accuracy", "Validation accuracy", "Learning rate"):
        assert numbers[name][0] == "–"


@pytest.mark.parametrize(
    ("loss", "text"),
    [
        (0.0, "0.0000"),
        (0.00004, "<0.0001"),
        (0.00006, "0.0001"),
        (0.08123, "0.0812"),
        (2.302585, "2.3026"),
        (52.5398, "52.5"),
        (123.45, "123"),
        (1234567.8, "1,230,000"),
        (3e20, "3.0e+20"),
    ],
)
def test_a_loss_is_written_with_four_decimals_unless_it_is_huge(loss: float, text: str) -> None:
    assert loss_text(loss) == text


@pytest.mark.parametrize(("rate", "text"), [(0.1, "0.1"), (1.2345e-5, "0.000012"), (1, "1")])
def test_a_rate_is_written_without_exponent(rate: float, text: str) -> None:
    assert rate_text(rate) == text


def test_at_the_end_the_speed_is_that_of_the_whole_training(tmp_path: Path) -> None:
    for closing in ("finished", "stopped"):
        end = (closing, 2.0, {"samples_per_second": 2e3})
        run = a_run(tmp_path / closing, [moment(1, 1.0), end])
        assert newest_numbers(run)["Images/s"][0] == "2,000"
