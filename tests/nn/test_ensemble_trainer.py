"""Training several networks one after another, as one training."""

import numpy as np
import pytest

import nn
from nn.build import build_network, build_trainer
from nn.checkpoint import load_checkpoint, save_checkpoint
from nn.events import BatchEnd, EpochEnd, Finished, Progress, Started

RNG = np.random.default_rng(0)
LABELS = np.arange(90) % 3
IMAGES = RNG.integers(0, 120, (90, 6, 6), dtype=np.uint8)
IMAGES[np.arange(90), LABELS] += 60
SETTINGS = {
    "hidden": (8, 5),
    "optimizer": "adam",
    "learning_rate": 0.01,
    "schedule": "cosine",
    "batch_size": 16,
    "epochs": 3,
    "val_size": 10,
    "seed": 4,
}


def trainer(**changes):
    config = nn.TrainingConfig.from_dict(SETTINGS | changes)
    return build_trainer(config, build_network(config, IMAGES, "abc"), IMAGES, LABELS)


def trained(**changes):
    made = trainer(**changes)
    return made, list(made.run())


def of(events, *kinds):
    return [event for event in events if isinstance(event, kinds)]


def test_the_members_are_the_networks_of_the_seeds_that_follow():
    ensemble, _ = trained(ensemble=3)
    alone = [trained(seed=seed)[0].network for seed in (4, 5, 6)]
    np.testing.assert_array_equal(ensemble.network.parameters, nn.join(alone).parameters)


def test_it_reports_like_one_training():
    ensemble, events = trained(ensemble=3)
    assert [(e.epochs, e.step, e.num_parameters) for e in of(events, Started)] == [
        (9, 0, 3 * (37 * 8 + 9 * 5 + 6 * 3))
    ]
    assert [(e.epoch, e.step) for e in of(events, EpochEnd)] == [(n, 5 * n) for n in range(1, 10)]
    assert all(type(event.epoch) is int for event in of(events, EpochEnd))
    assert [event.step for event in of(events, BatchEnd)] == list(range(1, 46))
    assert of(events, Progress)[-1].epoch == 9
    assert of(events, Finished) == events[-1:]
    assert (events[-1].step, events[-1].epoch, events[-1].stopped_early) == (45, 9, False)
    assert (ensemble.step, ensemble.epoch, ensemble.epochs_done) == (45, 9, 9)


def test_members_that_stop_early_leave_no_gap():
    def epochs(**changes):
        _, events = trained(
            patience=1, learning_rate=1.0, schedule="constant", epochs=20, **changes
        )
        assert events[-1].stopped_early
        return [event.epoch for event in of(events, EpochEnd)]

    alone = sum(len(epochs(seed=seed)) for seed in (4, 5))
    assert epochs(ensemble=2) == list(range(1, alone + 1))


def test_the_network_on_the_way_is_of_the_members_so_far():
    ensemble = trainer(ensemble=2)
    for event in ensemble.run():
        if isinstance(event, EpochEnd) and event.epoch in (2, 4):
            assert nn.members(ensemble.network) == (1 if event.epoch == 2 else 2)


@pytest.mark.parametrize("step", [7, 15, 16, 44])
def test_a_checkpoint_goes_on_exactly(step, tmp_path):
    whole, events = trained(ensemble=3)
    first = trainer(ensemble=3)
    for event in first.run():
        if isinstance(event, BatchEnd) and event.step == step:
            break
    save_checkpoint(first, tmp_path / "checkpoint.safetensors")
    second = trainer(ensemble=3)
    load_checkpoint(second, tmp_path / "checkpoint.safetensors")
    assert second.step == step
    rest = list(second.run())
    np.testing.assert_array_equal(second.network.parameters, whole.network.parameters)
    assert of(rest, EpochEnd)[-1].val_loss == of(events, EpochEnd)[-1].val_loss
    assert second.seconds > 0


@pytest.mark.parametrize(("saved", "loaded"), [(1, 2), (3, 2), (2, 1)])
def test_the_checkpoint_of_another_ensemble_is_refused(saved, loaded, tmp_path):
    made, _ = trained(ensemble=saved, epochs=1)
    save_checkpoint(made, tmp_path / "checkpoint.safetensors")
    with pytest.raises(ValueError, match=f"ensemble {saved}, this one has {loaded}"):
        load_checkpoint(trainer(ensemble=loaded, epochs=1), tmp_path / "checkpoint.safetensors")


def test_a_learning_rate_set_on_the_way_stays_for_the_members_after_it():
    ensemble = trainer(ensemble=2, schedule="constant")
    rates = []
    for event in ensemble.run():
        if isinstance(event, BatchEnd):
            if event.step == 5:
                ensemble.learning_rate = 0.002
            rates.append(ensemble.learning_rate)
    assert rates[:4] == [0.01] * 4
    assert rates[4:] == [0.002] * 26
