"""The history of a training: what it holds, and that the training doesn't notice."""

import numpy as np
import pytest

import nn
from nn.history import History, health, recorder
from nn.history.run_history import RunHistory
from nn.training.build import build_network, build_trainer
from nn.training.checkpoint import load_checkpoint, save_checkpoint
from nn.training.events import BatchEnd, EpochEnd

RNG = np.random.default_rng(1)
LABELS = RNG.integers(0, 4, 260).astype(np.uint8)
IMAGES = RNG.integers(0, 100, (260, 8, 8)).astype(np.uint8)
IMAGES.reshape(260, 64)[np.arange(260), 16 * LABELS] += 150
TRAIN, TEST = slice(0, 200), slice(200, 260)


@pytest.fixture(autouse=True)
def enough_time(monkeypatch):
    """What is kept must not depend on how busy the machine is."""
    monkeypatch.setattr(recorder, "FREE_SECONDS", 1000.0)


def make(threads=1, **settings):
    config = nn.TrainingConfig(**{"hidden": (12, 6), "batch_size": 20, "epochs": 4} | settings)
    network = build_network(config, IMAGES[TRAIN], list("abcd"))
    return build_trainer(config, network, IMAGES[TRAIN], LABELS[TRAIN], threads)


def train(folder, trainer, until=None):
    """Train with a history, up to a step or to the end; the fields it adds to ends of epochs."""
    history, added = RunHistory(folder, trainer, IMAGES[TEST], LABELS[TEST]), []
    for event in trainer.run():
        more = history.see(event)
        if isinstance(event, EpochEnd):
            added.append(more)
        if isinstance(event, BatchEnd) and event.step == until:
            break
    history.end()
    return added


def test_it_holds_the_weights_of_many_moments(tmp_path):
    trainer = make()
    start = trainer.network.parameters.copy()
    train(tmp_path, trainer)
    records = History(tmp_path).whole()
    # 10 steps an epoch: powers of two, quarters of two epochs, then ends of epochs alone.
    expected = [0, 1, 2, 3, 4, 5, 8, 10, 13, 15, 16, 18, 20, 30, 40]
    assert records["step"].tolist() == expected
    for record, parameters in ((records[0], start), (records[-1], trainer.network.parameters)):
        found = History(tmp_path).network_at(record).parameters
        np.testing.assert_allclose(found, parameters, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"optimizer": "adam", "learning_rate": 0.003, "batch_norm": True, "dropout": 0.3},
        {"activation": "tanh", "val_size": 40, "patience": 3},
        {"ensemble": 2, "epochs": 2},
        {"batch_size": 40, "threads": 2},
        {"convolutions": (3,), "hidden": (8,)},
    ],
)
def test_the_training_does_not_notice(tmp_path, settings):
    kept, plain = make(**settings), make(**settings)
    train(tmp_path, kept)
    for _ in plain.run():
        pass
    for name, tensor in plain.network.state_dict().items():
        np.testing.assert_array_equal(kept.network.state_dict()[name], tensor, strict=True)


def test_answers_are_those_of_the_moment(tmp_path):
    trainer = make()
    added = train(tmp_path, trainer)
    history = History(tmp_path)
    answers = history.answers()
    places = history.about.test_images
    probabilities = trainer.network.predict_proba(IMAGES[TEST][places])
    np.testing.assert_array_equal(answers[-1]["classes"], probabilities.argmax(axis=1))
    shares = answers[-1]["probabilities"] / 255
    np.testing.assert_allclose(shares, probabilities.max(axis=1), atol=0.003)
    right = probabilities.argmax(axis=1) == LABELS[TEST][places]
    assert added[-1] == {"test_accuracy": pytest.approx(right.mean())}
    assert len(added) == 4


def test_several_threads_give_the_same_answers(tmp_path):
    trainer = make(threads=3, batch_size=60)
    train(tmp_path, trainer)
    history = History(tmp_path)
    answers = trainer.network.predict(IMAGES[TEST][history.about.test_images])
    np.testing.assert_array_equal(history.answers()[-1]["classes"], answers)


def test_health_is_what_the_numbers_say(tmp_path):
    trainer = make(activation="relu", learning_rate=0.05)
    train(tmp_path, trainer)
    last = History(tmp_path).health()[-1]
    weights = trainer.network.named_parameters()
    for row, name in zip(last["layers"], ("0.weight", "2.weight", "4.weight"), strict=True):
        lowest, highest, mean, std = row["numbers"][0]
        values = weights[name]
        assert (lowest, highest) == pytest.approx((values.min(), values.max()))
        assert (mean, std) == pytest.approx((values.mean(), values.std()), rel=1e-4)
        assert row["histograms"][0].sum() == values.size
        assert row["neurons"] == len(values)
    assert last["loss"] > 0


def test_a_sample_of_many_values_meets_all_neurons(tmp_path, monkeypatch):
    monkeypatch.setattr(health, "SAMPLE", 30)
    trainer = make(learning_rate=0.05)
    train(tmp_path, trainer)
    layer = History(tmp_path).health()[-1]["layers"][0]
    weight = trainer.network.named_parameters()["0.weight"]  # (12, 64): 26 would be every second
    assert layer["numbers"][0][1] == weight.max()
    assert 20 <= layer["histograms"][0].sum() <= 30
    values = health.sample(np.tile(np.arange(12), (64, 1)))
    assert set(values) == set(range(12))


@pytest.mark.parametrize("size", [1e8, 1e30])
def test_what_is_about_to_diverge_is_told_in_finite_numbers(tmp_path, size):
    trainer = make()
    trainer.network.parameters[:] *= np.float32(size)
    with np.errstate(all="ignore"):
        RunHistory(tmp_path, trainer, IMAGES[TEST], LABELS[TEST])
    history = History(tmp_path)
    for field in ("numbers", "update_ratio"):
        assert np.isfinite(history.health()[0]["layers"][field]).all()
    assert history.health()[0]["layers"]["numbers"][0, 0, 3] == pytest.approx(
        trainer.network.named_parameters()["0.weight"].astype(float).std(), rel=1e-4
    )
    assert np.isfinite(history.whole()[0]["values"]).all()


def test_the_update_is_what_the_step_changed(tmp_path):
    trainer, before = make(), {}
    history = RunHistory(tmp_path, trainer, IMAGES[TEST], LABELS[TEST])
    for event in trainer.run():
        history.see(event)
        if isinstance(event, BatchEnd) and event.step == 3:
            before = {k: v.copy() for k, v in trainer.network.named_parameters().items()}
        if isinstance(event, BatchEnd) and event.step == 4:
            break
    record = next(one for one in History(tmp_path).health() if one["step"] == 4)
    weight = trainer.network.named_parameters()["0.weight"]
    ratio = np.linalg.norm(weight - before["0.weight"]) / np.linalg.norm(weight)
    assert record["layers"][0]["update_ratio"] == pytest.approx(np.log10(ratio), abs=1e-3)


@pytest.mark.parametrize(
    ("settings", "counted"),
    [
        ({"initializer": "zeros"}, "dead"),
        ({"initializer": "zeros"}, "unchanged"),
        ({"activation": "sigmoid", "learning_rate": 100.0}, "saturated"),
    ],
)
def test_sick_neurons_are_counted(tmp_path, settings, counted):
    train(tmp_path, make(**settings))
    record = History(tmp_path).health()[-1]
    assert record["layers"][0][counted] >= 4
    healthy = tmp_path / "healthy"
    train(healthy, make(activation="sigmoid"))
    assert History(healthy).health()[-1]["layers"][0][counted] == 0


def test_a_resumed_training_goes_on_in_its_history(tmp_path):
    whole, parts = make(), make()
    train(tmp_path / "whole", whole)
    train(tmp_path / "parts", parts, until=16)
    save_checkpoint(parts, tmp_path / "checkpoint")
    train_on = make()
    load_checkpoint(train_on, tmp_path / "checkpoint")
    train(tmp_path / "lost", parts)  # what goes on without being saved
    train(tmp_path / "parts", train_on)
    first, second = (History(tmp_path / name) for name in ("whole", "parts"))
    for name in ("whole", "answers"):
        np.testing.assert_array_equal(getattr(first, name)(), getattr(second, name)())
    assert first.health()["step"].tolist() == second.health()["step"].tolist()


def test_what_came_after_the_checkpoint_is_dropped(tmp_path):
    first = make()
    train(tmp_path, first, until=10)
    save_checkpoint(first, tmp_path / "checkpoint")
    train(tmp_path, first, until=32)
    again = make()
    load_checkpoint(again, tmp_path / "checkpoint")
    RunHistory(tmp_path, again, IMAGES[TEST], LABELS[TEST])
    history = History(tmp_path)
    for records in (history.whole(), history.answers(), history.health()):
        assert records["step"].max() == 10


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


def test_each_network_of_an_ensemble_has_its_own(tmp_path):
    train(tmp_path, make(ensemble=2, epochs=2))
    for member in range(2):
        assert History(tmp_path, member).answers()["epoch"].max() == 2


def test_a_run_without_history_says_so(tmp_path):
    with pytest.raises(FileNotFoundError):
        History(tmp_path)


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


def test_it_takes_no_longer_than_it_may(tmp_path, monkeypatch):
    monkeypatch.setattr(recorder, "FREE_SECONDS", 0.0)
    monkeypatch.setattr(recorder, "SHARE", 0.0)
    train(tmp_path, make())
    # The first time nobody knows yet how long it takes.
    assert len(History(tmp_path).answers()) == 1
