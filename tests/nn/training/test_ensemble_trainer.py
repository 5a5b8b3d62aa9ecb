"""Training several networks one after another, as one training."""

import numpy as np
import pytest

import nn
from nn.training.build import build_network, build_trainer
from nn.training.checkpoint import load_checkpoint, save_checkpoint
from nn.training.events import BatchEnd, EpochEnd, Finished, MemberBegins, Progress, Started

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


@pytest.mark.parametrize("resumed", [False, True])
def test_each_member_is_weighed_by_its_temperature(resumed, tmp_path):
    settings = {"val_size": 100, "label_smoothing": 0.3}
    rng = np.random.default_rng(1)
    labels = np.arange(200) % 3
    images = rng.integers(0, 120, (200, 6, 6), dtype=np.uint8)
    images[np.arange(200), labels] += 60

    def build(**changes):
        config = nn.TrainingConfig.from_dict(SETTINGS | settings | changes)
        return build_trainer(config, build_network(config, images, "abc"), images, labels)

    alone = [build(seed=seed) for seed in (4, 5)]
    for one in alone:
        for _ in one.run():
            pass
        nn.calibrate(one.network, one.val_images, one.val_labels)
    temperatures = [one.network.temperature for one in alone]
    assert abs(temperatures[0] - 1) > 0.02
    assert temperatures[0] != temperatures[1]
    ensemble = build(ensemble=2)
    for event in ensemble.run():
        if resumed and isinstance(event, BatchEnd) and event.step == 30:
            save_checkpoint(ensemble, tmp_path / "checkpoint.safetensors")
            ensemble = build(ensemble=2)
            load_checkpoint(ensemble, tmp_path / "checkpoint.safetensors")
            for _ in ensemble.run():
                pass
            break
    expected = nn.join([one.network for one in alone])
    np.testing.assert_array_equal(ensemble.network.parameters, expected.parameters)


def test_it_reports_like_one_training():
    ensemble, events = trained(ensemble=3)
    assert [(e.epochs, e.step, e.num_parameters) for e in of(events, Started)] == [
        (9, 0, 3 * (37 * 8 + 9 * 5 + 6 * 3))
    ]
    assert [(e.epoch, e.step) for e in of(events, EpochEnd)] == [(n, 5 * n) for n in range(1, 10)]
    assert all(type(event.epoch) is int for event in of(events, EpochEnd))
    assert [event.step for event in of(events, BatchEnd)] == list(range(1, 46))
    assert of(events, MemberBegins) == [MemberBegins(15, 3), MemberBegins(30, 6)]
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


def test_the_network_on_the_way_is_of_the_members_that_are_finished():
    ensemble = trainer(ensemble=3)
    members = [nn.member_count(ensemble.network) for e in ensemble.run() if isinstance(e, EpochEnd)]
    assert members == [1, 1, 1, 1, 1, 1, 2, 2, 2]
    assert nn.member_count(ensemble.network) == 3


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
    assert second.seconds == first.seconds > 0
    rest = list(second.run())
    (began,) = of(rest, Started)
    assert (began.step, began.epochs) == (step, 9)
    np.testing.assert_array_equal(second.network.parameters, whole.network.parameters)
    assert of(rest, EpochEnd)[-1].val_loss == of(events, EpochEnd)[-1].val_loss
    assert second.seconds > first.seconds


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
                ensemble.base_learning_rate = 0.002
            rates.append(ensemble.base_learning_rate)
    assert rates[:4] == [0.01] * 4
    assert rates[4:] == [0.002] * 26


def test_it_stays_after_a_checkpoint_too(tmp_path):
    first = trainer(ensemble=2, schedule="constant")
    for event in first.run():
        if isinstance(event, BatchEnd) and event.step == 5:
            first.base_learning_rate = 0.002
            break
    save_checkpoint(first, tmp_path / "checkpoint.safetensors")
    second = trainer(ensemble=2, schedule="constant")
    load_checkpoint(second, tmp_path / "checkpoint.safetensors")
    rates = [second.base_learning_rate for event in second.run() if isinstance(event, BatchEnd)]
    assert rates == [0.002] * 25


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("members.0.0.weight", np.zeros(1, np.float32), "members.0: 0.weight must have shape"),
        ("members.0.0.weight", None, "members.0: its tensors must be"),
        ("epochs", -3, "epochs must be a whole number from 0"),
        ("finished", 3, "finished must be a whole number from 0 to 2"),
        ("seconds", "x", "seconds must be a number"),
        ("base_learning_rate", -1, "learning_rate must be a number"),
        ("temperatures", [1.0], "temperatures must be 2 numbers, got "),
        ("temperatures", [1.0, 0.0], "temperature must be a number in"),
    ],
)
def test_a_damaged_state_is_refused_and_changes_nothing(name, value, words):
    made, _ = trained(ensemble=3, epochs=1)
    state = made.state()
    if name.startswith("members"):
        state.tensors.pop(name)
        if value is not None:
            state.tensors[name] = value
    else:
        state.values["ensemble"][name] = value
    other = trainer(ensemble=3, epochs=1)
    before = other.network.parameters.copy()
    with pytest.raises(ValueError, match=words):
        other.restore(state)
    assert (other.step, other.epoch, other.seconds) == (0, 0, 0)
    np.testing.assert_array_equal(other.network.parameters, before)


def test_weights_of_a_finished_member_that_are_no_numbers_are_refused():
    state = trained(ensemble=2, epochs=1)[0].state()
    state.tensors["members.0.0.weight"][0, 5] = np.nan
    with pytest.raises(ValueError, match=r"0\.weight must hold numbers"):
        trainer(ensemble=2, epochs=1).restore(state)


def test_seconds_are_those_of_all_members():
    ensemble = trainer(ensemble=2)
    seconds = [ensemble.seconds for event in ensemble.run() if isinstance(event, BatchEnd)]
    assert seconds == sorted(seconds)


def test_after_the_largest_seed_comes_the_smallest():
    ensemble, _ = trained(ensemble=2, epochs=1, seed=2**63 - 1)
    alone = [trained(epochs=1, seed=seed)[0].network for seed in (2**63 - 1, 0)]
    np.testing.assert_array_equal(ensemble.network.parameters, nn.join(alone).parameters)


# Unlike members

OTHERS = [
    {"hidden": [4], "batch_size": 8, "epochs": 2, "optimizer": "sgd", "learning_rate": 0.3},
    {"convolutions": [2], "hidden": []},
]


def test_unlike_networks_are_trained_as_each_would_be_alone():
    ensemble, events = trained(ensemble=2, other_members=OTHERS)
    alone = [trained(seed=seed)[0].network for seed in (4, 5)]
    alone += [
        trained(seed=seed, **changes)[0].network
        for seed, changes in zip((6, 7), OTHERS, strict=True)
    ]
    expected = nn.join(alone)
    np.testing.assert_array_equal(ensemble.network.parameters, expected.parameters)
    (began,) = of(events, Started)
    assert began.epochs == 3 + 3 + 2 + 3
    assert began.num_parameters == sum(network.num_parameters for network in alone)
    assert of(events, EpochEnd)[-1].epoch == 11


@pytest.mark.parametrize("step", [32, 45])
def test_a_checkpoint_of_unlike_networks_goes_on_exactly(step, tmp_path):
    whole, _ = trained(ensemble=2, other_members=OTHERS)
    first = trainer(ensemble=2, other_members=OTHERS)
    for event in first.run():
        if isinstance(event, BatchEnd) and event.step == step:
            break
    save_checkpoint(first, tmp_path / "checkpoint.safetensors")
    second = trainer(ensemble=2, other_members=OTHERS)
    load_checkpoint(second, tmp_path / "checkpoint.safetensors")
    for _ in second.run():
        pass
    np.testing.assert_array_equal(second.network.parameters, whole.network.parameters)


def test_when_a_member_diverges_it_is_named_and_those_before_it_are_kept():
    others = [{"optimizer": "sgd", "learning_rate": 100.0, "loss": "mse", "activation": "relu"}]
    settings = {"ensemble": 1, "loss": "mse", "other_members": others}
    made = trainer(**settings)
    with pytest.raises(nn.TrainingDiverged, match=r"^network 2 of 2: .*before it are kept$"):
        list(made.run())
    assert made.finished_members == 1
    alone, _ = trained(loss="mse")
    expected = nn.join([alone.network])
    np.testing.assert_array_equal(made.network.parameters, expected.parameters)
