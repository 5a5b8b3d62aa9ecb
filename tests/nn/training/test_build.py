"""What is built from the settings: network, loss, optimizer, schedule, trainer."""

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
from tests.nn.training.test_config import LABELS, UNUSUAL, images, labels


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


def test_images_that_may_change_are_looked_at_again():
    images = np.zeros((4, 28, 28), np.uint8)
    images[:2] = 255
    assert build_network(nn.TrainingConfig(), images, "ab").input_mean == 0.5
    images[2] = 255
    assert build_network(nn.TrainingConfig(), images, "ab").input_mean == 0.75
    images.flags.writeable = False
    for _ in range(2):
        assert build_network(nn.TrainingConfig(), images, "ab").input_mean == 0.75
