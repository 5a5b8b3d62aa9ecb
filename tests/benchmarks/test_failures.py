"""Recording what goes wrong: the same again, whenever it is done."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks import failures
from nn.failures import RECORDED, recording
from nn.history import History, recorder

TIMING = ("time", "seconds", "samples_per_second")


@pytest.fixture(autouse=True)
def budget(monkeypatch):
    """It is taken away while recording."""
    monkeypatch.setattr(recorder, "FREE_SECONDS", recorder.FREE_SECONDS)


def events(run):
    """Those that don't come by the clock, without what depends on it."""
    return [
        {name: value for name, value in event.items() if name not in TIMING}
        for event in run.events
        if event["type"] not in ("progress", "checkpoint", "measuring")
    ]


def test_a_recording_made_anew_is_the_same(tmp_path):
    runs = [failures.record("six-sigmoid-layers", tmp_path / name) for name in "ab"]
    assert events(runs[0]) == events(runs[1])
    for name in ("about.json", "weights.bin", "answers.bin", "health.bin"):
        first, second = ((run.folder / "history" / "0" / name).read_bytes() for run in runs)
        assert first == second, name
    assert sorted(path.name for path in runs[0].folder.iterdir()) == [
        "config.json",
        "events.jsonl",
        "history",
    ]


@pytest.mark.parametrize("name", ["six-sigmoid-layers", "healthy"])
def test_it_is_the_one_that_is_kept_but_for_rounding(tmp_path, name):
    kept, new = recording(name), failures.record(name, tmp_path / name)
    assert [event["step"] for event in events(kept)] == [event["step"] for event in events(new)]
    for field in ("train_loss", "train_accuracy", "test_accuracy"):
        assert new.epochs[0][field] == pytest.approx(kept.epochs[0][field], rel=0.02)
    mine, theirs = (History(run.folder) for run in (new, kept))
    np.testing.assert_array_equal(mine.health()["step"], theirs.health()["step"])
    np.testing.assert_array_equal(mine.whole()["step"], theirs.whole()["step"])
    np.testing.assert_array_equal(mine.whole()["values"][0], theirs.whole()["values"][0])


def test_one_that_diverges_is_recorded_up_to_where_it_broke(tmp_path, monkeypatch):
    diverging = replace(RECORDED["healthy"], activation="leaky_relu", learning_rate=5.0)
    monkeypatch.setitem(RECORDED, "healthy", diverging)
    run = failures.record("healthy", tmp_path / "run")
    assert run.status == "failed"
    assert "diverged" in run.events[-1]["message"]
    history = History(run.folder)
    for records in (history.whole(), history.answers(), history.health()):
        assert len(records) >= 3
        assert records["step"][0] == 0
    assert np.isfinite(history.whole()["values"]).all()
    assert np.isfinite(history.health()["layers"]["numbers"]).all()


def test_moments_are_evenly_spread():
    assert failures.spread(np.arange(0, 100, 10), 4).tolist() == [0, 30, 60, 90]
    assert failures.spread(np.array([0, 7]), 5).tolist() == [0, 7]
