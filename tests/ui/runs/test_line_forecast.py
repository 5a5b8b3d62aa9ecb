"""When the trainings that wait will begin."""

import time
from pathlib import Path

import pytest

import nn
from nn import runs
from ui.runs.line_forecast import seconds_until_start
from ui.runs.line_limits import PAUSE_SECONDS
from ui.runs.state import Line, RunState

NOW = 1_000_000.0


def a_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, epoch: float = 0.0, **settings: object
) -> runs.Run:
    """A run of 100 epochs, half a second each, that got so far."""
    config = nn.TrainingConfig.from_dict(
        {"dataset": "mnist", "hidden": [128], "epochs": 100} | settings
    )
    if not epoch:
        runs.write_config(folder, config.to_dict())
        return runs.Run(folder)
    with runs.RunWriter(folder, config.to_dict()) as writer:
        for tenth in range(int(10 * epoch) + 1):
            at = NOW - 0.5 * (epoch - tenth / 10)
            monkeypatch.setattr(time, "time", lambda at=at: at)
            if not tenth:
                writer.write("started", epochs=config.epochs, train_samples=60_000)
            writer.write("progress", tenth, tenth / 10, samples_per_second=1.0)
    return runs.Run(folder)


def test_who_waits_begins_when_those_ahead_have_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = a_run(tmp_path / "r", monkeypatch, epoch=20)  # 80 epochs left
    line = Line(
        [RunState(running, "running")],
        [
            RunState(a_run(tmp_path / "same", monkeypatch), "waiting", place=1),
            RunState(a_run(tmp_path / "half", monkeypatch, epochs=50), "waiting", place=2),
        ],
        limit=1,
    )
    first, second, joining = seconds_until_start(line, NOW)
    assert first == pytest.approx(40, rel=0.05)
    assert second == pytest.approx(40 + 50, rel=0.05)
    assert joining == pytest.approx(40 + 50 + 25, rel=0.05)


def test_with_two_at_a_time_the_sooner_end_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = RunState(a_run(tmp_path / "early", monkeypatch, epoch=20), "running")
    late = RunState(a_run(tmp_path / "late", monkeypatch, epoch=90), "running")
    waiting = RunState(a_run(tmp_path / "w", monkeypatch), "waiting", place=1)
    begins, joining = seconds_until_start(Line([early, late], [waiting], limit=2), NOW)
    assert begins == pytest.approx(5, rel=0.1)
    assert joining == pytest.approx(40, rel=0.05)
    assert seconds_until_start(Line([early], [], limit=2), NOW) == [0.0]


def test_a_pause_ahead_ends_when_it_gives_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = a_run(tmp_path / "p", monkeypatch, epoch=20)
    waiting = RunState(a_run(tmp_path / "w", monkeypatch), "waiting", place=1)
    paused = RunState(run, "paused", gives_way=NOW + 70)
    assert seconds_until_start(Line([paused], [waiting], 1), NOW)[0] == 70
    # Nobody waits: it will give way to the one that joins.
    assert seconds_until_start(Line([RunState(run, "paused")], [], 1), NOW) == [PAUSE_SECONDS]


def test_what_is_not_known_is_not_guessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    starting = RunState(a_run(tmp_path / "s", monkeypatch), "starting")
    waiting = RunState(a_run(tmp_path / "w", monkeypatch), "waiting", place=1)
    assert seconds_until_start(Line([starting], [waiting], 1), NOW) == [None, None]
    with runs.RunWriter(tmp_path / "x", {"dataset": "my own"}) as writer:
        writer.write("started", epochs=5, train_samples=1)
        strange = RunState(runs.Run(tmp_path / "x"), "running")
    assert seconds_until_start(Line([strange], [strange], 1), NOW) == [None, None]
