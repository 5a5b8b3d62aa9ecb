"""How the layers fare: the numbers and histograms of the history."""

import numpy as np
import pytest

from nn.history import History, health
from nn.history.run_history import RunHistory
from nn.training.events import BatchEnd
from tests.nn.history.small_trainings import IMAGES, LABELS, TEST, make, train


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
