"""The settings: what is allowed, what they are by default, and what is built from them."""

import dataclasses
import json

import numpy as np
import pytest

import nn
from nn.images import pixel_statistics
from nn.training.build import (
    build_loss,
    build_network,
    build_optimizer,
    build_schedule,
    build_trainer,
)

LABELS = [str(digit) for digit in range(10)]

UNUSUAL = nn.TrainingConfig(
    dataset="digits",
    hidden=(32, 16, 8),
    activation="gelu",
    batch_norm=True,
    dropout=0.2,
    initializer="lecun_uniform",
    init_scale=0.5,
    label_smoothing=0.1,
    learning_rate=0.05,
    momentum=0.9,
    nesterov=True,
    weight_decay=1e-4,
    l1=1e-5,
    max_grad_norm=5.0,
    schedule="cosine",
    warmup_epochs=0.5,
    batch_size=32,
    epochs=7,
    val_size=50,
    patience=3,
    seed=11,
    test_time_shift=2,
    test_time_rotation=7.5,
)


def images(n: int = 200, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (n, 28, 28), dtype=np.uint8)


def labels(n: int = 200) -> np.ndarray:
    return (np.arange(n) % 10).astype(np.uint8)


# The list of settings


def test_the_defaults_are_the_seeds_set_up():
    assert nn.TrainingConfig().to_dict() == {
        "dataset": "mnist",
        "convolutions": [],
        "hidden": [128, 64],
        "activation": "relu",
        "batch_norm": False,
        "dropout": 0.0,
        "initializer": "he_normal",
        "init_scale": 1.0,
        "loss": "cross_entropy",
        "label_smoothing": 0.0,
        "optimizer": "sgd",
        "learning_rate": 0.1,
        "momentum": 0.0,
        "nesterov": False,
        "weight_decay": 0.0,
        "l1": 0.0,
        "max_grad_norm": None,
        "schedule": "constant",
        "warmup_epochs": 0.0,
        "batch_size": 64,
        "epochs": 50,
        "val_size": 0,
        "patience": None,
        "keep_best": True,
        "seed": 0,
        "ensemble": 1,
        "other_members": [],
        "test_time_shift": 0,
        "test_time_rotation": 0.0,
        "rotation": 0.0,
        "scaling": 0.0,
        "shear": 0.0,
        "shift": 0.0,
        "elastic": 0.0,
        "elastic_sigma": 4.0,
        "thickness": 0.0,
        "writing_styles": 0.0,
    }


@pytest.mark.parametrize("config", [nn.TrainingConfig(), UNUSUAL], ids=["defaults", "unusual"])
def test_settings_come_back_through_json(config):
    assert nn.TrainingConfig.from_dict(json.loads(json.dumps(config.to_dict()))) == config


def test_settings_that_are_left_out_have_their_defaults():
    assert nn.TrainingConfig.from_dict({"epochs": 3}) == nn.TrainingConfig(epochs=3)


def test_numbers_of_numpy_become_plain_ones():
    config = nn.TrainingConfig(learning_rate=np.float32(0.5), epochs=np.int64(3), dropout=0)
    assert json.loads(json.dumps(config.to_dict()))["learning_rate"] == 0.5
    assert type(config.epochs) is int
    assert type(config.dropout) is float


def test_settings_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        nn.TrainingConfig().epochs = 3


BAD = {
    "dataset": ["", None, 3],
    "convolutions": ["16,32", 16, [0], [1001], [1.5], [True], [None], [8] * 3, None],
    "hidden": ["128,64", 128, [0], [10_001], [1.5], [True], [None], [8] * 11, None],
    "activation": ["Relu", "swish", None, 1],
    "batch_norm": ["yes", 1, None],
    "dropout": [-0.1, 1, float("nan"), "0.1", None, True],
    "initializer": ["he", None],
    "init_scale": [0, -1, 1001, float("nan"), "2", None, True],
    "loss": ["nll", None],
    "label_smoothing": [-0.1, 1, float("nan"), None],
    "optimizer": ["SGD", "lion", None],
    "learning_rate": [0, -1, 100.1, float("nan"), float("inf"), 10**400, "0.1", None, True],
    "momentum": [-0.1, 1, None],
    "nesterov": ["no", 0],
    "weight_decay": [-1e-4, 11, None],
    "l1": [-1e-4, 11, float("inf")],
    "max_grad_norm": [0, -1, float("inf"), "1"],
    "schedule": ["linear", None],
    "warmup_epochs": [-1, 50.5, float("nan"), None],
    "batch_size": [0, -64, 1.5, "64", None, True],
    "epochs": [0, 100_001, 2.0, None],
    "val_size": [-1, 0.1, None],
    "patience": [0, -1, 1.5, "3"],
    "keep_best": ["yes", 1, None],
    "seed": [-1, 2**63, 0.5, None],
    "ensemble": [0, 21, 1.5, None],
    "test_time_shift": [-1, 4, 1.5, None],
    "test_time_rotation": [-1, 46, "5", None],
    "other_members": [3, None],
    "rotation": [-1, 181, float("nan"), None],
    "scaling": [-0.1, 1, None],
    "shear": [-1, 61, None],
    "shift": [-1, 15, "1"],
    "elastic": [-0.1, 11, None],
    "elastic_sigma": [0, 15, None],
    "thickness": [-0.1, 1.1, None],
    "writing_styles": [-0.1, 1.1, None],
}


@pytest.mark.parametrize(
    ("field", "value"),
    [(field, value) for field, values in BAD.items() for value in values],
    ids=lambda value: str(value)[:12],
)
def test_a_bad_value_is_refused_with_its_field_and_itself(field, value):
    with pytest.raises(ValueError, match=f"^{field} must be ") as refusal:
        nn.TrainingConfig(**{field: value})
    shown = value[0] if isinstance(value, list) and len(value) == 1 else value
    assert f"got {shown!r}" in str(refusal.value)


def test_every_field_has_bad_values_here():
    assert BAD.keys() == {field.name for field in dataclasses.fields(nn.TrainingConfig)}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"optimizer": "adam", "momentum": 0.9}, "momentum needs optimizer sgd, got adam"),
        ({"nesterov": True}, "nesterov needs a momentum above 0"),
        ({"loss": "mse", "label_smoothing": 0.1}, "label_smoothing needs loss cross_entropy"),
        ({"patience": 3}, "patience needs a val_size above 0"),
        ({"patience": 3, "val_size": 9, "keep_best": False}, "patience needs keep_best"),
        ({"epochs": 2, "warmup_epochs": 3}, r"warmup_epochs must be a number in \[0, 2\], got 3"),
        ({"lr": 0.1}, "setting must be one of dataset, .* got 'lr'"),
    ],
)
def test_settings_that_do_not_go_together_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        nn.TrainingConfig.from_dict(settings)


# What is built from them


def test_the_network_is_that_of_the_settings():
    config = dataclasses.replace(UNUSUAL, init_scale=1.0)
    network = build_network(config, images(), LABELS)
    expected = nn.Network.mlp(
        [784, 32, 16, 8, 10],
        "gelu",
        dropout=0.2,
        batch_norm=True,
        initializer="lecun_uniform",
        seed=11,
    )
    assert repr(network.layers) == repr(expected.layers)
    np.testing.assert_array_equal(network.parameters, expected.parameters)
    assert network.averaging == nn.Averaging(2, 7.5)
    assert network.metadata["dataset"] == "digits"
    assert json.loads(network.metadata["labels"]) == LABELS


def test_a_network_without_hidden_layers_is_one_linear_layer():
    network = build_network(nn.TrainingConfig(hidden=()), images(), LABELS)
    assert repr(network.layers) == "[Linear(in_features=784, out_features=10)]"


@pytest.mark.parametrize("unit", [np.uint8(1), np.float32(1 / 255)], ids=["uint8", "float32"])
def test_inputs_are_scaled_to_mean_0_and_standard_deviation_1(unit):
    pixels = images(2500) * unit  # more than are looked at in one go
    network = build_network(nn.TrainingConfig(), pixels, LABELS)
    inputs = network.scale_input(pixels).astype(np.float64)
    assert inputs.mean() == pytest.approx(0, abs=1e-5)
    assert inputs.std() == pytest.approx(1, abs=1e-5)


def test_the_first_weights_are_as_large_as_the_settings_say():
    settings = {"convolutions": (4,), "hidden": (16,), "batch_norm": True}
    usual, large = (
        build_network(nn.TrainingConfig(**settings, init_scale=scale), images(), LABELS)
        for scale in (1.0, 10.0)
    )
    for name, values in usual.named_parameters().items():
        is_weight = type(usual.layers[int(name[0])]) in (nn.Linear, nn.Conv2d)  # biases are 0
        expected = 10 * values if is_weight else values
        np.testing.assert_array_equal(large.named_parameters()[name], expected)


def test_images_all_of_one_grey_are_no_division_by_zero():
    network = build_network(nn.TrainingConfig(), np.full((3, 28, 28), 51, np.uint8), LABELS)
    assert (network.input_mean, network.input_std) == (pytest.approx(0.2), 1)


def test_the_pixel_statistics_of_mnist_are_the_well_known_ones(mnist_folder):
    import data

    mean, std = pixel_statistics(data.load("mnist").train_images)
    assert (round(mean, 4), round(std, 4)) == (0.1307, 0.3081)


def test_the_trainer_is_that_of_the_settings():
    network = build_network(UNUSUAL, images(), LABELS)
    trainer = build_trainer(UNUSUAL, network, images(), labels())
    assert (trainer.batch_size, trainer.epochs, trainer.validation.patience, trainer.seed) == (
        32,
        7,
        3,
        11,
    )
    assert trainer.base_learning_rate == 0.05
    assert (trainer.train_samples, trainer.val_samples) == (150, 50)
    assert isinstance(trainer.loss, nn.CrossEntropyLoss)
    assert trainer.loss.label_smoothing == 0.1
    optimizer = trainer.optimizer
    assert isinstance(optimizer, nn.SGD)
    assert optimizer.parameters is network.parameters
    assert optimizer.gradients is network.gradients
    assert (optimizer.momentum, optimizer.nesterov) == (0.9, True)
    assert (optimizer.weight_decay, optimizer.l1, optimizer.max_grad_norm) == (1e-4, 1e-5, 5.0)
    assert isinstance(trainer.schedule, nn.Warmup)
    assert isinstance(trainer.schedule.schedule, nn.CosineSchedule)


@pytest.mark.parametrize("name", nn.OPTIMIZERS)
def test_every_optimizer_takes_its_settings(name):
    config = nn.TrainingConfig(optimizer=name, learning_rate=0.02, weight_decay=0.1, l1=0.2)
    optimizer = build_optimizer(config, nn.Network.mlp([4, 2]))
    assert type(optimizer) is nn.OPTIMIZERS[name]
    assert (optimizer.learning_rate, optimizer.weight_decay, optimizer.l1) == (0.02, 0.1, 0.2)


@pytest.mark.parametrize(
    ("name", "factors"),
    [
        ("constant", [1, 1, 1, 1]),
        ("step", [1, 0.1, 0.1, 0.01]),
        ("exponential", [1, 0.01 ** (1 / 3), 0.1, 0.01 ** (2 / 3)]),
        ("cosine", [1, 0.75, 0.5, 0.25]),
        ("one_cycle", [0.04, 0.9944, 0.8117, 0.4626]),
    ],
)
def test_every_schedule_stretches_over_the_epochs(name, factors):
    assert name in nn.SCHEDULES
    schedule = build_schedule(nn.TrainingConfig(schedule=name, epochs=30))
    assert [schedule(epoch, 30) for epoch in (0, 10, 15, 20)] == pytest.approx(factors, abs=1e-3)


@pytest.mark.parametrize("epochs", [1, 2, 3, 4, 5, 7, 50, 99_999])
def test_the_step_schedule_drops_twice_in_a_training_of_any_length(epochs):
    schedule = build_schedule(nn.TrainingConfig(schedule="step", epochs=epochs))
    shares = np.array([0, 0.33, 0.34, 0.66, 0.67, 0.999])
    factors = [schedule(epoch, epochs) for epoch in shares * epochs]
    assert factors == pytest.approx([1, 1, 0.1, 0.1, 0.01, 0.01])


def test_the_mse_loss_is_built_too():
    assert isinstance(build_loss(nn.TrainingConfig(loss="mse")), nn.MSELoss)


def test_the_validation_images_are_drawn_and_the_same_for_every_seed():
    numbered = np.zeros((200, 784), np.uint8)
    numbered[:, 0] = np.arange(200)

    def split(seed: int) -> tuple[list[int], list[int]]:
        config = nn.TrainingConfig(val_size=50, seed=seed)
        trainer = build_trainer(config, nn.Network.mlp([784, 10]), numbered, labels())
        for pixels, classes in (
            (trainer.train_images, trainer.train_labels),
            (trainer.val_images, trainer.val_labels),
        ):
            np.testing.assert_array_equal(pixels[:, 0] % 10, classes)
        return trainer.train_images[:, 0].tolist(), trainer.val_images[:, 0].tolist()

    train, val = split(seed=0)
    assert len(val) == 50
    assert sorted(train + val) == list(range(200))
    assert val not in (list(range(50)), list(range(150, 200)))
    assert split(seed=1) == (train, val)


@pytest.mark.parametrize(
    ("settings", "train_labels", "message"),
    [
        ({"val_size": 200}, labels(), "val_size must be less than the 200 training images"),
        ({}, labels(199), "labels must be 200 whole numbers"),
        ({}, labels() + 1, r"labels must lie in 0\.\.9, got 1\.\.10"),
        ({}, labels() / 1, "labels must be 200 whole numbers, got float64"),
    ],
)
def test_samples_that_do_not_fit_are_refused(settings, train_labels, message):
    config = nn.TrainingConfig(**settings)
    with pytest.raises(ValueError, match=message):
        build_trainer(config, nn.Network.mlp([784, 10]), images(), train_labels)


# Unlike networks


def mixed(*others: dict) -> nn.TrainingConfig:
    return nn.TrainingConfig.from_dict(
        {"hidden": [9], "epochs": 4, "ensemble": 2, "seed": 6, "other_members": list(others)}
    )


def test_other_members_say_only_in_what_they_differ():
    config = mixed({"hidden": [5, 3], "batch_size": 7}, {"convolutions": [2]})
    members = config.members
    assert [(one.hidden, one.convolutions, one.batch_size, one.epochs) for one in members] == [
        ((9,), (), 64, 4),
        ((9,), (), 64, 4),
        ((5, 3), (), 7, 4),
        ((9,), (2,), 64, 4),
    ]
    assert [(one.seed, one.ensemble, one.other_members) for one in members] == [
        (seed, 1, ()) for seed in (6, 7, 8, 9)
    ]


def test_other_members_come_back_from_a_file():
    config = mixed({"hidden": [5, 3], "batch_size": 7}, {})
    written = json.loads(json.dumps(config.to_dict()))
    assert written["other_members"] == [{"hidden": [5, 3], "batch_size": 7}, {}]
    assert nn.TrainingConfig.from_dict(written) == config


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"dataset": "digits"}, r"other_members\[0\]: dataset must be that of all, mnist, got dig"),
        ({"seed": 3}, r"other_members\[0\]: seed must be that of all, 6, got 3"),
        ({"test_time_rotation": 3}, "test_time_rotation must be that of all, 0.0, got 3.0"),
        ({"ensemble": 2}, r"other_members\[0\] must be settings of one network, got 2"),
        ({"depth": 3}, r"other_members\[0\]: setting must be one of .*'depth'"),
        ({"epochs": 0}, r"other_members\[0\]: epochs must be a whole number from 1"),
        ({"other_members": [{}]}, r"other_members\[0\]: other_members must be a list of"),
    ],
)
def test_other_members_that_do_not_fit_are_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        mixed(changes)


def test_other_members_that_are_no_list_of_settings_are_refused():
    for value in (3, "abc", {"hidden": [3]}, [3]):
        with pytest.raises(ValueError, match="other_members must be a list of less than 20"):
            nn.TrainingConfig.from_dict({"other_members": value})
    with pytest.raises(ValueError, match=r"other_members must be a list of .*, got \(3,\)"):
        nn.TrainingConfig(other_members=(3,))


def test_an_ensemble_has_a_limit_with_all_its_members():
    with pytest.raises(ValueError, match="other_members must be a list of less than 20 settings"):
        nn.TrainingConfig.from_dict({"other_members": [{}] * 100_000})
    with pytest.raises(ValueError, match="ensemble must be at most 20 with other_members, got 19"):
        nn.TrainingConfig.from_dict({"ensemble": 19, "other_members": [{}, {}]})


def test_a_kinds_own_setting_may_have_any_default(monkeypatch):
    class Picky(nn.SGD):
        name = "picky"
        settings = (*nn.SGD.settings, "batch_size")  # 64 by default

    monkeypatch.setitem(nn.OPTIMIZERS, "picky", Picky)
    assert nn.TrainingConfig(optimizer="adam").optimizer == "adam"
    with pytest.raises(ValueError, match="batch_size needs optimizer picky, got adam"):
        nn.TrainingConfig(optimizer="adam", batch_size=32)
