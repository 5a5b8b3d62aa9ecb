"""How long a training will still take, at each moment of trainings that were recorded.

`recorded_trainings.json` has of each its events as [type, seconds since the start, epoch]. The
first batch of one on augmented images took 100 times as long as the others.
"""

import json
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

import nn
from nn import runs
from ui.runs.time_left import LEAST_SECONDS, seconds_left

RECORDED = json.loads(
    Path(__file__).with_name("recorded_trainings.json").read_text(encoding="utf-8")
)
BEGAN = 1_700_000_000.0
FINAL_TEST_SECONDS = 1.8
"""What a recorded training did after its last epoch: calibration and the test images."""


def a_run(folder: Path, all_epochs: float, **settings: object) -> runs.RunWriter:
    config = nn.TrainingConfig.from_dict({"dataset": "digits", **settings})
    writer = runs.RunWriter(folder, config.to_dict())
    writer.write("started", epochs=all_epochs, train_samples=1000, time=BEGAN)
    return writer


@pytest.mark.parametrize("name", RECORDED)
def test_an_estimate_comes_early_and_is_never_far_off(tmp_path: Path, name: str) -> None:
    *events, (_, end, epochs) = RECORDED[name]
    told = []
    with a_run(tmp_path / "r", epochs) as writer:
        run = runs.Run(tmp_path / "r")
        for kind, seconds, epoch in events[1:]:
            writer.write(kind, 1, epoch, time=BEGAN + seconds)
            run.refresh()
            left = seconds_left(run)
            if left is not None:
                told.append(seconds)
                rest = end - seconds
                assert rest / 2.5 - FINAL_TEST_SECONDS <= left <= 2.5 * rest, seconds
    assert told[0] < LEAST_SECONDS + 0.6
    assert seconds_left(run) == pytest.approx(0, abs=0.1)


def test_the_first_moment_tells_nothing(tmp_path: Path) -> None:
    with a_run(tmp_path / "r", 10) as writer:
        run = runs.Run(tmp_path / "r")
        assert seconds_left(run) is None
        writer.write("progress", 1, 0.001, time=BEGAN + 5)
        run.refresh()
        assert seconds_left(run) is None


def test_a_pause_does_not_count(tmp_path: Path) -> None:
    with a_run(tmp_path / "r", 10) as writer:
        for second in range(1, 4):
            writer.write("progress", 1, second, time=BEGAN + second)
        writer.write("paused", 1, 3.0, time=BEGAN + 4)
        writer.write("resumed", 1, 3.0, from_step=1, time=BEGAN + 104)
        run = runs.Run(tmp_path / "r")
        assert seconds_left(run) is None
        for second in range(1, 4):
            writer.write("progress", 1, 3 + second, time=BEGAN + 104 + second)
        run.refresh()
        assert seconds_left(run) == pytest.approx(4)


def test_a_training_that_slows_down_is_believed_within_seconds(tmp_path: Path) -> None:
    with a_run(tmp_path / "r", 1000) as writer:
        for second in range(50):
            writer.write("progress", 1, second, time=BEGAN + second)
        for second in range(12):
            writer.write("progress", 1, 50 + second / 10, time=BEGAN + 50 + second)
        run = runs.Run(tmp_path / "r")
        assert seconds_left(run) == pytest.approx(9490, rel=0.1)


def test_the_larger_networks_of_an_ensemble_take_longer(tmp_path: Path) -> None:
    members = [{"hidden": [100], "epochs": 4}]
    with a_run(tmp_path / "r", 8, hidden=[10], epochs=4, other_members=members) as writer:
        for second in range(1, 5):
            writer.write("progress", 1, float(second), time=BEGAN + second)
        run = runs.Run(tmp_path / "r")
        assert seconds_left(run) == pytest.approx(40, rel=0.1)


@pytest.mark.parametrize("epoch", [float("nan"), float("inf"), -5.0])
def test_strange_epochs_do_no_harm(tmp_path: Path, epoch: float) -> None:
    with a_run(tmp_path / "r", 8, ensemble=2, hidden=[10], epochs=4):
        pass
    with open(tmp_path / "r" / "events.jsonl", "a", encoding="utf-8") as file:
        for second, done in enumerate([1.0, 2.0, epoch]):
            event = {"type": "progress", "time": BEGAN + second, "step": 1, "epoch": done}
            file.write(json.dumps(event) + "\n")
    assert seconds_left(runs.Run(tmp_path / "r")) is None


def said(folder: Path, seconds_per_epoch: Callable[[int], float], epochs: int) -> list[float]:
    """What is said with each of four measurements in an epoch."""
    told, now = [], BEGAN
    with a_run(folder, epochs) as writer:
        run = runs.Run(folder)
        for measured in range(4 * epochs):
            now += seconds_per_epoch(measured) / 4
            writer.write("progress", 1, (measured + 1) / 4, time=now)
            run.refresh()
            left = seconds_left(run)
            if left is not None:
                told.append(left)
    return told


def test_it_counts_down_and_not_up_where_the_speed_wavers(tmp_path: Path) -> None:
    noise = random.Random(3)
    told = said(tmp_path / "r", lambda _: noise.uniform(1.0, 3.0), 60)
    settled = told[20:]
    assert all(later <= earlier for earlier, later in pairwise(settled))
    assert settled[0] == pytest.approx(2.0 * (60 - 24 / 4), rel=0.2)
    assert settled[-9] == pytest.approx(2.0 * 2, abs=1.0)
    assert settled[-1] == pytest.approx(0, abs=0.1)


def test_at_an_even_speed_it_is_exact(tmp_path: Path) -> None:
    told = said(tmp_path / "r", lambda _: 2.0, 20)
    assert told == pytest.approx([40 - 0.5 * (3 + k) for k in range(len(told))])


def test_a_jump_of_the_speed_is_said_at_once_and_once(tmp_path: Path) -> None:
    told = said(tmp_path / "r", lambda measured: 1.0 if measured < 40 else 4.0, 60)
    rises = [k for k, (earlier, later) in enumerate(pairwise(told)) if later > earlier]
    assert rises
    assert rises[-1] - rises[0] < 12, "the window's ten seconds, and then never again"
