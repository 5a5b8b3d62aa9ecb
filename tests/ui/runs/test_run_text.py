"""Words about a run."""

from dataclasses import replace
from pathlib import Path

import pytest

import nn
from nn import runs
from ui.runs import text as run_text
from ui.runs.state import RunState


def a_run(
    folder: Path,
    epoch: float = 1.0,
    closing: str = "",
    figures: dict[str, float] | None = None,
    **settings: object,
) -> RunState:
    """A run that got so far, and its state: "running" without a closing event."""
    config = nn.TrainingConfig.from_dict({"dataset": "digits", **settings})
    with runs.RunWriter(folder, config.to_dict()) as writer:
        writer.write(
            "started", epochs=sum(one.epochs for one in config.members), train_samples=1000
        )
        numbers = {"train_loss": 2.3, "train_accuracy": 0.1}
        writer.write("progress", 10, epoch, **numbers, samples_per_second=1e3, learning_rate=0.1)
        if closing:
            writer.write(closing, 10, epoch, **(figures or {}))
    return RunState(runs.Run(folder), closing or "running")


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (0.0, "Network 1 of 3, epoch 1 of 20"),
        (19.9, "Network 1 of 3, epoch 20 of 20"),
        (20.0, "Network 2 of 3, epoch 1 of 20"),
        (45.2, "Network 3 of 3, epoch 6 of 20"),
        (60.0, "Network 3 of 3, epoch 20 of 20"),
    ],
)
def test_an_ensemble_tells_whose_turn_it_is(tmp_path: Path, done: float, words: str) -> None:
    state = a_run(tmp_path / "r", ensemble=3, epochs=20)
    assert run_text.epoch_text(state, 60, done, None) == words
    assert run_text.epoch_text(state, 60, done, 30.0) == f"{words} · 30 s left"


def test_while_it_stops_it_says_what_it_does(tmp_path: Path) -> None:
    state = replace(a_run(tmp_path / "r"), doing="stopping")
    text = run_text.epoch_text(state, 60, 22.5, 30.0)
    assert text == "Stopped; measuring the test accuracy ..."


def test_with_early_stopping_epochs_are_counted_through(tmp_path: Path) -> None:
    state = a_run(tmp_path / "r", ensemble=3, epochs=20, val_size=100, patience=2)
    assert run_text.epoch_text(state, 60, 22.5, None) == "Epoch 23 of 60"


@pytest.mark.parametrize(
    ("epoch", "words"),
    [(107.0, "at epoch 107."), (1.26, "at epoch 1.3."), (0.02, "in the first epoch.")],
)
def test_a_stop_is_told_with_its_place(tmp_path: Path, epoch: float, words: str) -> None:
    kind, text = run_text.ending(a_run(tmp_path / "r", epoch, "stopped"))
    assert kind == "info"
    assert text.startswith(f"Stopped {words} ")


def test_the_name_of_an_ensemble_says_how_many(tmp_path: Path) -> None:
    assert " · 3 × 784-32-10 · " in run_text.line(
        nn.TrainingConfig(dataset="digits", hidden=(32,), ensemble=3).to_dict(), None, "training"
    )


UNLIKE: dict = {
    "hidden": [32],
    "epochs": 20,
    "ensemble": 2,
    "other_members": [{"hidden": [], "epochs": 5}, {"epochs": 10}],
}


def test_unlike_networks_are_named_with_all_their_sizes() -> None:
    config = nn.TrainingConfig.from_dict({"dataset": "digits"} | UNLIKE)
    assert " · 3 × 784-32-10 + 784-10 · " in run_text.line(config.to_dict(), None, "training")


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (39.5, "Network 2 of 4, epoch 20 of 20"),
        (40.0, "Network 3 of 4, epoch 1 of 5"),
        (45.0, "Network 4 of 4, epoch 1 of 10"),
        (55.0, "Network 4 of 4, epoch 10 of 10"),
    ],
)
def test_of_unlike_networks_the_epochs_of_each_are_counted(
    tmp_path: Path, done: float, words: str
) -> None:
    assert run_text.epoch_text(a_run(tmp_path / "r", **UNLIKE), 55, done, None) == words


@pytest.mark.parametrize("closing", ["finished", "stopped"])
def test_a_network_that_was_tested_has_its_accuracy_everywhere(
    tmp_path: Path, closing: str
) -> None:
    # 340 of the 355 test images.
    state = a_run(tmp_path / "r", 1.0, closing, {"test_accuracy": 340 / 355, "seconds": 5.0})
    outcome = run_text.outcome(state.run, state.status)
    assert outcome == ("95.8\xa0%" if closing == "finished" else "95.8\xa0%, stopped")
    assert "**95.8\xa0%**: this network reads 340 of the 355 test" in run_text.ending(state)[1]


def test_a_run_that_went_on_after_a_stop_has_no_accuracy_yet(tmp_path: Path) -> None:
    state = a_run(tmp_path / "r", 1.0, "stopped", {"test_accuracy": 0.9, "seconds": 5.0})
    with runs.RunWriter(state.run.folder, None) as writer:
        writer.write("resumed", 10, 1.0, from_step=10)
    state.run.refresh()
    assert run_text.outcome(state.run, "running") == "training"


@pytest.mark.parametrize("dataset", [[], {}, None, 3])
def test_settings_that_make_no_sense_have_a_name_without_sizes(dataset: object) -> None:
    text = run_text.line({"dataset": dataset, "hidden": [3]}, None, "training")
    assert "784" not in text
    assert text.startswith("Training of a moment ago · training")


def test_a_trial_that_its_search_has_ended_was_not_stopped(tmp_path: Path) -> None:
    trial = a_run(tmp_path / "r", 2.0, "stopped", {"reason": "pruned"})  # type: ignore[dict-item]
    told = run_text.ending(trial)[1]
    assert told.startswith("Ended early at epoch 2: other trials of its search were better. ")
    assert "ended early" in run_text.one_line(trial.run, trial.status)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.002, "0.01 s"),
        (0.04, "0.04 s"),
        (0.096, "0.1 s"),
        (9.96, "10 s"),
        (59.6, "1 min 0 s"),
        (87.2, "1 min 27 s"),
        (3599.7, "1 h 0 min"),
        (7384.0, "2 h 3 min"),
    ],
)
def test_a_time_that_was_measured_has_two_units(seconds: float, words: str) -> None:
    assert run_text.exact_duration(seconds) == words


@pytest.mark.parametrize("seconds", [-1e12, 1e12, 1e18])
def test_a_folder_may_be_of_any_time(seconds: float) -> None:
    assert run_text.date(seconds)
    assert run_text.clock_time(seconds)
