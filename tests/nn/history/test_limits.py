"""What a history may take: room on the disk, and time."""

from itertools import count
from types import SimpleNamespace

import numpy as np
import pytest

import nn
from nn.history import History, recorder
from nn.history.run_history import RunHistory
from nn.training.build import build_network, build_trainer
from tests.nn.history.small_trainings import IMAGES, LABELS, TEST, make, train


def test_of_a_large_network_the_first_layer_is_kept_and_the_whole_three_times(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("nn.history.recorder.WHOLE_PARAMETERS", 100)
    monkeypatch.setattr("nn.history.reader.WHOLE_PARAMETERS", 100)
    trainer = make()
    train(tmp_path, trainer)
    history = History(tmp_path)
    assert history.whole()["epoch"].tolist() == [0, 1, 4]
    # Stopped within an epoch, and then gone on, it has but one end.
    stopped = make()
    train(tmp_path / "stopped", stopped, until=33)
    assert History(tmp_path / "stopped").whole()["step"].tolist() == [0, 10, 33]
    train(tmp_path / "stopped", stopped)
    assert History(tmp_path / "stopped").whole()["step"].tolist() == [0, 10, 40]
    last = history.first_layer()[-1]
    weight = trainer.network.named_parameters()["0.weight"]
    np.testing.assert_allclose(
        last["values"] * last["scale"], weight[last["neurons"]], atol=last["scale"] / 2 + 1e-7
    )


def test_beginning_and_end_are_kept_however_few_moments_there_are(tmp_path, monkeypatch):
    monkeypatch.setattr(recorder, "BYTES", 1)  # but 8 moments
    monkeypatch.setattr(recorder, "HEALTH_MOMENTS", 3)
    trainer = make(epochs=15)
    train(tmp_path, trainer)
    history = History(tmp_path)
    assert len(history.whole()) <= 9
    assert len(history.health()) <= 4
    for records in (history.whole(), history.answers(), history.health()):
        assert (records["step"][0], records["step"][-1]) == (0, 150)


@pytest.mark.parametrize(("epochs", "at_least"), [(50, 5e6), (300, 4e6)])
def test_the_classic_network_keeps_about_eight_megabytes(tmp_path, monkeypatch, epochs, at_least):
    # However slow the computer is.
    monkeypatch.setattr(recorder, "time", SimpleNamespace(perf_counter=lambda: 0.0))
    images = np.random.default_rng(0).integers(0, 256, (64, 28, 28), dtype=np.uint8)
    labels = np.arange(64, dtype=np.uint8) % 10
    config = nn.TrainingConfig(batch_size=32, epochs=epochs)
    network = build_network(config, images, [str(digit) for digit in range(10)])
    trainer = build_trainer(config, network, images, labels)
    history = RunHistory(tmp_path, trainer, images, labels)
    for event in trainer.run():
        history.see(event)
    history.end()
    kept = History(tmp_path)
    assert kept.whole().itemsize == pytest.approx(219_000, rel=0.01)
    size = sum(path.stat().st_size for path in kept.folder.iterdir())
    assert at_least <= size <= 9e6
    late = kept.whole()["epoch"][kept.whole()["epoch"] > 2]
    assert len(late) >= 12
    assert len(set(np.diff(late)[:-1])) == 1  # evenly spread; the end is kept in any case
    assert late[-1] == epochs
    assert len(kept.health()) <= 201


@pytest.mark.parametrize(("hidden", "neurons"), [((400,), 64), ((40, 6000), 40)])
def test_above_250_000_parameters_64_neurons_are_kept_as_whole_numbers(tmp_path, hidden, neurons):
    images = np.random.default_rng(0).integers(0, 256, (64, 28, 28), dtype=np.uint8)
    config = nn.TrainingConfig(hidden=hidden, batch_size=32, epochs=4)
    network = build_network(config, images, [str(digit) for digit in range(10)])
    assert network.num_parameters > 250_000
    labels = np.arange(64, dtype=np.uint8) % 10
    trainer = build_trainer(config, network, images, labels)
    history = RunHistory(tmp_path, trainer, images, labels)
    for event in trainer.run():
        history.see(event)
    history.end()
    kept = History(tmp_path)
    assert kept.whole()["epoch"].tolist() == [0, 1, 4]
    last = kept.first_layer()[-1]
    assert (last["epoch"], last["values"].dtype, last["values"].shape) == (4, "i1", (neurons, 784))
    weight = network.named_parameters()["0.weight"]
    lengths = np.linalg.norm(weight, axis=1)
    np.testing.assert_array_equal(last["neurons"], np.sort(np.argsort(-lengths)[:neurons]))
    np.testing.assert_allclose(
        last["values"] * last["scale"], weight[last["neurons"]], atol=last["scale"] / 2 + 1e-7
    )


def test_a_full_disk_ends_the_history_and_not_the_training(tmp_path, monkeypatch, capsys):
    trainer = make()
    history = RunHistory(tmp_path, trainer, IMAGES[TEST], LABELS[TEST])

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("nn.history.records.RecordFile.append", full)
    added = [history.see(event) for event in trainer.run()]
    assert trainer.epochs_done == 4
    assert not any(added)
    assert capsys.readouterr().err.count("No space left on device") == 1


@pytest.mark.parametrize(("epoch_share", "answered"), [(0.0, [0, 40]), (1e9, [0, 10, 20, 30, 40])])
def test_it_takes_no_longer_than_it_may(tmp_path, monkeypatch, epoch_share, answered):
    monkeypatch.setattr(recorder, "FREE_SECONDS", 0.0)
    monkeypatch.setattr(recorder, "SHARE", 0.0)
    monkeypatch.setattr(recorder, "EPOCH_SHARE", epoch_share)
    train(tmp_path, make())
    # Beginning and end are there in any case.
    history = History(tmp_path)
    assert history.answers()["step"].tolist() == answered
    for records in (history.whole(), history.health()):
        assert records["step"].tolist() == [0, 40]


def test_a_short_training_has_moments_all_along(tmp_path, monkeypatch):
    # Each record takes a second, of 20 in all: 8 are for answers, 4 of them from the start. A
    # quarter of the first epoch is over at step 3.
    monkeypatch.setattr(recorder, "FREE_SECONDS", 20.0)
    monkeypatch.setattr(recorder, "SHARE", 0.0)
    monkeypatch.setattr(recorder, "EPOCH_SHARE", 0.0)
    monkeypatch.setattr(recorder, "time", SimpleNamespace(perf_counter=count().__next__))
    train(tmp_path, make(epochs=40))
    history = History(tmp_path)
    assert history.answers()["step"].tolist() == [0, 1, 2, 3, 100, 200, 300, 400]
    assert history.health()["step"].tolist() == [0, 1, 2, 3, 100, 200, 300, 400]
    assert history.whole()["step"].tolist() == [0, 1, 200, 400]


@pytest.mark.parametrize("slow", ["answer", "health"])
def test_what_is_slow_leaves_the_others_their_time(tmp_path, monkeypatch, slow):
    monkeypatch.setattr(recorder, "FREE_SECONDS", 20.0)
    monkeypatch.setattr(recorder, "SHARE", 0.0)
    monkeypatch.setattr(recorder, "EPOCH_SHARE", 0.0)
    seconds, fields = [0.0], getattr(recorder.Recorder, f"_{slow}_fields")

    def slowly(self):
        seconds[0] += 100
        return fields(self)

    monkeypatch.setattr(recorder, "time", SimpleNamespace(perf_counter=lambda: seconds[0]))
    monkeypatch.setattr(recorder.Recorder, f"_{slow}_fields", slowly)
    train(tmp_path, make())
    history = History(tmp_path)
    kept = {"answer": history.answers(), "health": history.health(), "whole": history.whole()}
    assert kept.pop(slow)["step"].tolist() == [0, 40]
    for records in kept.values():
        assert records["step"].tolist()[:5] == [0, 1, 2, 3, 4]


def test_one_slow_record_does_not_end_the_history(tmp_path, monkeypatch):
    monkeypatch.setattr(recorder, "FREE_SECONDS", 20.0)
    monkeypatch.setattr(recorder, "SHARE", 0.0)
    monkeypatch.setattr(recorder, "EPOCH_SHARE", 0.0)
    seconds, fields = [0.0], recorder.Recorder._answer_fields

    def slow_at_step_2(self):
        seconds[0] += 100 if self.trainer.step == 2 else 0.1
        return fields(self)

    monkeypatch.setattr(recorder, "time", SimpleNamespace(perf_counter=lambda: seconds[0]))
    monkeypatch.setattr(recorder.Recorder, "_answer_fields", slow_at_step_2)
    train(tmp_path, make())
    kept = History(tmp_path).answers()["step"].tolist()
    assert kept == [0, 1, 2, 3, 4, 5, 8, 10, 13, 15, 16, 18, 20, 30, 40]
