"""The settings: what is allowed, and what they are by default."""

import dataclasses
import json

import numpy as np
import pytest

import nn

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


@pytest.mark.parametrize("field", BAD)
def test_a_bad_value_is_refused_with_its_field_and_itself(field):
    for value in BAD[field]:
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
