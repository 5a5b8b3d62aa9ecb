"""What a training looks like, and what to try: rules over its events."""

import re
import time
from pathlib import Path
from typing import Any

import pytest

import nn
from nn import runs
from nn.failures import FAILURES, Failure, recording
from tests.nn.history.small_trainings import make, train
from ui.figures.run_charts.loss import LOSS
from ui.runs.numbers import loss_text
from ui.train.health import Finding, finding

BEGAN = time.time()


class Training:
    """A run that is written as a training would, a moment every 0.2 s."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        config = nn.TrainingConfig.from_dict({"dataset": "mnist"} | settings)
        self._writer = runs.RunWriter(folder, config.to_dict())
        self._write("started", 0, epochs=config.epochs, train_samples=60_000)
        self.seconds = 0.0
        self._step = 0
        self.run = runs.Run(folder)

    def moment(self, loss: float, accuracy: float) -> Finding | None:
        self.seconds += 0.2
        self._step += 100
        numbers = {"train_loss": loss, "train_accuracy": accuracy, "learning_rate": 0.1}
        self._write("progress", self._step, self._step / 938, **numbers)
        return self.finding

    def epoch(self, train: float, val: float | None, accuracies: tuple[float, float]) -> None:
        numbers = {"train_loss": train, "train_accuracy": accuracies[0]}
        number = len(self.run.epochs) + 1
        self._write(
            "epoch", 938 * number, number, **numbers, val_loss=val, val_accuracy=accuracies[1]
        )
        self.run.refresh()

    @property
    def finding(self) -> Finding | None:
        self.run.refresh()
        return finding(self.run)

    def _write(self, kind: str, step: int, epoch: float = 0.0, **fields: Any) -> None:
        now = BEGAN + (self.seconds if step else 0)
        self._writer.write(kind, step, epoch, time=now, **fields)


def at_chance(training: Training, loss: float = 2.31) -> str:
    """What is said of a training that stays at chance, at the latest after 3 seconds."""
    while training.seconds < 3:
        said = training.moment(loss, 0.104)
        if said is not None:
            assert said.kind == "nothing learned"
            assert said.is_trouble
            assert "as if it guessed (10.4\xa0% right lately)" in said.text
            return said.text
    raise AssertionError("nothing was said")


def test_a_training_that_goes_well_is_left_alone(tmp_path: Path) -> None:
    training = Training(tmp_path / "r")
    losses = [2.4, 2.2, *[1.5 / i for i in range(1, 40)]]
    assert not any(training.moment(loss, 1 - loss / 2.5) for loss in losses)


def test_a_slow_start_is_no_trouble(tmp_path: Path) -> None:
    training = Training(tmp_path / "r", learning_rate=0.01)
    assert not any(training.moment(2.3 - i / 20, 0.1 + i / 20) for i in range(12))


@pytest.mark.parametrize(
    ("settings", "advice"),
    [
        ({"initializer": "zeros"}, "all weights began at zero"),
        ({"learning_rate": 2.0}, "learning rate is too high: try 0.2. Its neurons may be dead"),
        ({"learning_rate": 0.0001}, "may be too low: try 0.001"),
        ({"optimizer": "adam", "learning_rate": 0.00001}, "may be too low: try 0.0001"),
        ({"optimizer": "adam", "learning_rate": 0.1}, "too high: try 0.01"),
        ({"init_scale": 10.0}, "initial weights are 10 times as large as usual"),
        ({"init_scale": 0.01}, "only 0.01 times as large as usual"),
        ({"init_scale": 0.01, "learning_rate": 2.0}, "learning rate is too high: try 0.2"),
        (
            {"hidden": [64] * 4, "activation": "sigmoid"},
            "Gradients get lost in 4 layers of Sigmoid",
        ),
    ],
)
def test_where_nothing_is_learned_it_says_what_to_try(
    tmp_path: Path, settings: dict[str, Any], advice: str
) -> None:
    assert advice in at_chance(Training(tmp_path / "r", **settings))


@pytest.mark.parametrize(
    ("settings", "cause"),
    [
        ({"learning_rate": 20.0}, "neurons of layer 2 are dead: they say 0 to each training image"),
        ({"learning_rate": 90.0, "activation": "tanh"}, "neurons of layer 1 are saturated"),
        ({"init_scale": 0.0001}, "only 0.0001 times as large as usual"),
        ({"initializer": "zeros", "convolutions": [2], "hidden": []}, "all weights began at zero"),
    ],
)
def test_the_cause_is_that_which_the_history_tells(
    tmp_path: Path, settings: dict[str, Any], cause: str
) -> None:
    training = Training(tmp_path / "r", **settings)
    train(tmp_path / "r", make(**settings))
    said = at_chance(training)
    assert cause in said
    assert "may be dead" not in said


def test_leaky_relu_has_no_dead_neurons(tmp_path: Path) -> None:
    training = Training(tmp_path / "r", activation="leaky_relu", learning_rate=2.0)
    assert "dead" not in at_chance(training)


def test_the_mean_squared_error_is_measured_by_its_own_guess(tmp_path: Path) -> None:
    assert "too high" in at_chance(Training(tmp_path / "r", loss="mse", learning_rate=1.0), 0.091)


def test_the_learning_rate_that_was_set_on_the_way_is_the_one_to_change(tmp_path: Path) -> None:
    training = Training(tmp_path / "r", learning_rate=0.1)
    training._write("set", 1, name="learning_rate", value=4.0)
    assert "try 0.4" in at_chance(training)


def test_a_loss_that_explodes_is_told_at_once_and_what_it_leaves_too(tmp_path: Path) -> None:
    training = Training(tmp_path / "r", learning_rate=3.0)
    training.moment(2.9, 0.09)
    said = training.moment(1e6, 0.1)
    assert said is not None
    assert said.kind == "exploded"
    assert "1,000,000" in said.text
    for _ in range(30):
        said = training.moment(2.31, 0.1)
    assert said is not None
    assert said.kind == "exploded"
    assert "Start again with 0.3" in said.text


def test_a_jump_that_came_back_is_told_for_a_while(tmp_path: Path) -> None:
    training = Training(tmp_path / "r")
    training.moment(0.3, 0.9)
    training.moment(900.0, 0.5)
    for _ in range(8):
        said = training.moment(0.4, 0.9)
    assert said is not None
    assert said.kind == "jumped"
    assert not said.is_trouble
    for _ in range(60):
        said = training.moment(0.4, 0.9)
    assert said is None


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"dropout": 0.5}, "neurons are left out at random (dropout)"),
        ({"rotation": 10.0}, "the training images are distorted"),
        ({"rotation": 10.0, "dropout": 0.1}, "distorted and neurons are left out"),
    ],
)
def test_validation_above_training_is_explained(
    tmp_path: Path, settings: dict[str, Any], reason: str
) -> None:
    training = Training(tmp_path / "r", val_size=5000, **settings)
    training.epoch(0.9, 0.5, (0.8, 0.9))
    said = training.finding
    assert said is not None
    assert said.kind == "validation above"
    assert reason in said.text


def test_without_augmentation_and_dropout_there_is_no_such_reason(tmp_path: Path) -> None:
    training = Training(tmp_path / "r", val_size=5000)
    training.epoch(0.9, 0.5, (0.8, 0.9))
    assert training.finding is None


def test_overfitting_is_told_with_its_beginning(tmp_path: Path) -> None:
    training = Training(tmp_path / "r", val_size=5000)
    for i, loss in enumerate([0.5, 0.3, 0.2, 0.22, 0.24, 0.25, 0.26, 0.27, 0.28]):
        training.epoch(0.5 / (i + 1), loss, (0.9, 0.9))
    said = training.finding
    assert said is not None
    assert said.kind == "overfitting"
    assert "Overfitting since epoch 3" in said.text
    assert "lowest there (0.2000) and is 0.2800 now" in said.text
    assert "weights of the best epoch are kept" in said.text


@pytest.mark.parametrize("config", [{}, {"dataset": "my own", "hidden": "x"}, {"dataset": []}])
def test_settings_and_events_that_make_no_sense_do_no_harm(
    tmp_path: Path, config: dict[str, Any]
) -> None:
    with runs.RunWriter(tmp_path / "r", config) as writer:
        writer.write("started", train_samples="many")
        for step in range(20):
            writer.write("progress", step, step, time=BEGAN + step, train_loss="much")
            writer.write("epoch", step, step, train_loss=None, val_loss="low")
    assert finding(runs.Run(tmp_path / "r")) is None


def test_strange_events_of_a_sound_run_do_no_harm(tmp_path: Path) -> None:
    training = Training(tmp_path / "r")
    for step in range(1, 20):
        training._write("progress", step, step, train_loss="much", train_accuracy=None)
        training._write("epoch", step, step, train_loss=None, val_loss="low", val_accuracy=[])
    assert training.finding is None


CAUSES = {
    "six-sigmoid-layers": "Gradients get lost in 6 layers of Sigmoid",
    "learning-rate-5": "the learning rate is too high. Start again with 0.5.",
    "all-zero-weights": "all weights began at zero",
    "weights-x-10": "the initial weights are 10 times as large as usual",
}


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.name)
def test_of_what_is_known_to_go_wrong_the_cause_is_told(failure: Failure) -> None:
    said = finding(recording(failure.name))
    assert said is not None
    assert said.is_trouble
    assert [name for name, cause in CAUSES.items() if cause in said.text] == [failure.name]
    assert finding(recording(failure.twin)) is None


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.name)
def test_what_is_said_of_the_loss_and_the_chart_agree(failure: Failure) -> None:
    run = recording(failure.name)
    figure = LOSS.figure(run)
    (losses,) = (trace["y"] for trace in figure["data"] if trace["name"] == "Training")
    notes = [note["text"] for note in figure["layout"].get("annotations", [])]
    peak = loss_text(max(losses))
    said = finding(run)
    assert said is not None
    if re.search(r"loss (begins at more|of more)", failure.see):
        assert notes == [f"peaks up to {peak} are cut off"]
        assert f"(up to {peak})" in said.text
    else:
        assert notes == []
        assert said.kind != "exploded"
