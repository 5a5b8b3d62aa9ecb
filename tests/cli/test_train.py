"""`python -m nn train`: settings, folders, results, and what is refused."""

import dataclasses
import json
import subprocess

import numpy as np
import pytest

import data
import nn
from nn.runs import Run, write_config

QUICK = ("train", "--dataset", "digits", "--threads", 1)


def last_json(result):
    return json.loads(result.stdout.splitlines()[-1])


def test_the_result_is_that_of_the_saved_model(cli, runs):
    result = cli(*QUICK, "--epochs", 3, "--val-size", 200, "--seed", 5, "--json")
    assert result.exit_code == 0, result.output
    figures = last_json(result)
    dataset = data.load("digits")
    network = nn.load(figures["model"])
    right = network.predict(dataset.test_images) == dataset.test_labels
    assert figures["test_accuracy"] == pytest.approx(right.mean())
    assert figures["test_accuracy"] > 0.8
    assert 0 < figures["val_accuracy"] <= 1
    told = [event["type"] for event in Run(figures["run"]).events]
    assert told[-2:] == ["measuring", "finished"]  # said before it takes its time
    assert figures["train_loss"] > 0
    assert figures["seconds"] > 0
    assert figures["samples_per_second"] > 0
    (folder,) = runs.iterdir()
    run = Run(folder)
    assert run.status == "finished"
    assert [event["epoch"] for event in run.epochs] == [1, 2, 3]
    assert run.last("finished")["test_accuracy"] == figures["test_accuracy"]
    started = run.last("started")
    assert started["dataset"] == "digits"
    assert started["train_samples"] == len(dataset.train_images) - 200
    assert started["val_samples"] == 200
    assert started["test_samples"] == len(dataset.test_images)
    assert started["num_parameters"] == 784 * 128 + 128 + 128 * 64 + 64 + 64 * 10 + 10


def test_without_validation_part_its_figures_are_null(cli, runs):
    figures = last_json(cli(*QUICK, "--epochs", 1, "--json"))
    assert figures["val_accuracy"] is None
    assert figures["temperature"] is None
    assert nn.load(figures["model"]).max_energy is None


def test_the_saved_model_is_calibrated_on_the_validation_images(cli, runs):
    flags = (*QUICK, "--epochs", 3, "--val-size", 300, "--label-smoothing", 0.3)
    result = cli(*flags)
    assert result.exit_code == 0, result.output
    (folder,) = runs.iterdir()
    network = nn.load(folder / "model.safetensors")
    # Label smoothing makes a network less sure than it could be.
    assert 0.1 < network.temperature < 0.95
    assert Run(folder).last("finished")["temperature"] == network.temperature
    assert f"(temperature {network.temperature:.2f})" in result.stdout
    dataset = data.load("digits")
    error = nn.calibration_error(network.predict_proba(dataset.test_images), dataset.test_labels)
    network.temperature = 1
    plain = network.predict_proba(dataset.test_images)
    assert error < nn.calibration_error(plain, dataset.test_labels)
    unfamiliar = ~nn.is_familiar(network.predict_logits(dataset.test_images), network.max_energy)
    assert 0 < unfamiliar.mean() < 0.05


def test_the_defaults_are_those_of_the_settings(cli, runs):
    cli(*QUICK, "--epochs", 1)
    (folder,) = runs.iterdir()
    changed = {"dataset": "digits", "epochs": 1}
    assert Run(folder).config == nn.TrainingConfig().to_dict() | changed


def test_convolutions(cli, tmp_path):
    options = ["--dataset", "digits", "--epochs", "1", "--convolutions", "3,4", "--hidden", ""]
    result = cli("train", *options, "--run", tmp_path / "r")
    assert result.exit_code == 0, result.output
    model = tmp_path / "r" / "model.safetensors"
    assert nn.architecture(nn.load(model)) == "784-3C5-4C5-10"


def test_every_setting_has_an_option(cli, tmp_path):
    flags = {
        "convolutions": "",
        "hidden": "32,16",
        "activation": "tanh",
        "dropout": "0.1",
        "initializer": "glorot_uniform",
        "init_scale": "0.5",
        "loss": "cross_entropy",
        "label_smoothing": "0.05",
        "optimizer": "sgd",
        "lr": "0.03",
        "momentum": "0.8",
        "weight_decay": "0.0001",
        "l1": "0.00001",
        "max_grad_norm": "2",
        "schedule": "cosine",
        "warmup_epochs": "0.5",
        "batch_size": "32",
        "epochs": "1",
        "val_size": "100",
        "patience": "3",
        "seed": "9",
        "ensemble": "2",
        "test_time_shift": "1",
        "test_time_rotation": "5",
        "dataset": "digits",
        "rotation": "10",
        "scaling": "0.2",
        "shear": "5",
        "shift": "1.5",
        "elastic": "0.8",
        "elastic_sigma": "3",
        "thickness": "0.5",
        "writing_styles": "0.3",
    }
    options = [
        text for key, value in flags.items() for text in (f"--{key.replace('_', '-')}", value)
    ]
    result = cli("train", *options, "--batch-norm", "--nesterov", "--run", tmp_path / "r")
    assert result.exit_code == 0, result.output
    config = nn.TrainingConfig.from_dict(Run(tmp_path / "r").config)
    expected = nn.TrainingConfig(
        dataset="digits",
        hidden=(32, 16),
        activation="tanh",
        batch_norm=True,
        dropout=0.1,
        initializer="glorot_uniform",
        init_scale=0.5,
        label_smoothing=0.05,
        learning_rate=0.03,
        momentum=0.8,
        nesterov=True,
        weight_decay=0.0001,
        l1=0.00001,
        max_grad_norm=2,
        schedule="cosine",
        warmup_epochs=0.5,
        batch_size=32,
        epochs=1,
        val_size=100,
        patience=3,
        seed=9,
        ensemble=2,
        test_time_shift=1,
        test_time_rotation=5,
        rotation=10,
        scaling=0.2,
        shear=5,
        shift=1.5,
        elastic=0.8,
        elastic_sigma=3,
        thickness=0.5,
        writing_styles=0.3,
    )
    assert config == expected
    # The others are batch_norm, nesterov and keep_best; other_members stand in recipes alone.
    assert len(flags) + 4 == len(dataclasses.fields(nn.TrainingConfig))


def test_the_last_weights_can_be_asked_for(cli, tmp_path):
    options = ["--dataset", "digits", "--epochs", "1", "--val-size", "100", "--no-keep-best"]
    result = cli("train", *options, "--json", "--run", tmp_path / "r")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["best_epoch"] is None


def test_an_ensemble_is_trained_as_one_run(cli, tmp_path):
    options = ["--dataset", "digits", "--epochs", "2", "--val-size", "200", "--ensemble", "3"]
    ended = cli("train", *options, "--test-time-shift", "1", "--json", "--run", tmp_path / "r")
    result = last_json(ended)
    assert result["best_epoch"] is None
    assert ended.stderr.splitlines()[-1].startswith("epoch 6/6: ")
    run = Run(tmp_path / "r")
    assert [event["epoch"] for event in run.epochs] == list(range(1, 7))
    network = nn.load(run.model_path)
    assert nn.architecture(network) == "3 × 784-128-64-10"
    assert network.temperature == result["temperature"] != 1
    assert network.averaging.shift == 1
    digits = data.load("digits")
    right = network.predict(digits.test_images) == digits.test_labels
    assert result["test_accuracy"] == pytest.approx(right.mean())


@pytest.mark.parametrize("text", ["16, 8", "16 8"])
def test_widths_may_have_blanks_between_them(cli, tmp_path, text):
    assert cli(*QUICK, "--hidden", text, "--epochs", 1, "--run", tmp_path / "r").exit_code == 0
    assert Run(tmp_path / "r").config["hidden"] == [16, 8]


def test_no_hidden_layer(cli, tmp_path):
    assert cli(*QUICK, "--hidden", "", "--epochs", 1, "--run", tmp_path / "r").exit_code == 0
    assert len(nn.load(tmp_path / "r" / "model.safetensors").layers) == 1


@pytest.mark.parametrize(
    ("flag", "value", "words"),
    [
        ("--lr", "-1", ["--lr", "learning_rate must be a number in (0, 100], got -1"]),
        ("--lr", "nan", ["--lr", "learning_rate"]),
        ("--hidden", "128;64", ["--hidden", "128,64"]),
        ("--hidden", "0", ["--hidden", "hidden must be"]),
        ("--epochs", "0", ["--epochs", "epochs must be a whole number"]),
        ("--activation", "swish", ["--activation", "relu"]),
        ("--optimizer", "magic", ["--optimizer", "adamw"]),
        ("--dataset", "cifar", ["--dataset", "mnist", "digits", "'cifar'"]),
        ("--threads", "0", ["--threads"]),
        ("--patience", "2", ["--patience", "val_size"]),
        ("--max-seconds", "nan", ["--max-seconds", "no number"]),
    ],
)
def test_a_wrong_value_is_refused_by_name_and_leaves_no_folder(cli, runs, flag, value, words):
    result = cli("train", flag, value)
    assert result.exit_code == 2
    for word in words:
        assert word in " ".join(result.stderr.split())
    assert not runs.exists()


def test_writing_styles_are_refused_at_once_for_what_are_no_digits(cli, runs):
    result = cli("train", "--dataset", "fashion_mnist", "--writing-styles", 0.3)
    assert result.exit_code == 2
    assert "--writing-styles: writing_styles must be 0 for images that are no" in result.stderr
    assert not runs.exists()


def test_more_validation_images_than_there_are_are_refused_at_once(cli, tmp_path):
    result = cli(*QUICK, "--val-size", 1442, "--run", tmp_path / "r")
    assert result.exit_code == 2
    assert "val_size must be less than the 1442 training images, got 1442" in result.stderr
    assert not (tmp_path / "r").exists()


def test_a_setting_that_does_not_fit_the_data_fails_the_run(cli, tmp_path):
    config = nn.TrainingConfig(dataset="digits", val_size=100_000)
    write_config(tmp_path / "r", config.to_dict())
    result = cli("train", "--run", tmp_path / "r")
    assert result.exit_code == 1
    assert "val_size" in result.stderr
    run = Run(tmp_path / "r")
    assert run.status == "failed"
    assert "val_size" in run.last("failed")["message"]


@pytest.mark.parametrize("loss", ["mse", "cross_entropy"])
def test_a_training_that_diverges_fails_with_advice(cli, tmp_path, loss):
    result = cli(*QUICK, "--lr", 90, "--loss", loss, "--run", tmp_path / "r")
    assert result.exit_code == 1
    assert "learning_rate" in result.stderr
    assert Run(tmp_path / "r").status == "failed"


def test_a_network_that_learned_nothing_is_called_so(cli, tmp_path):
    options = ("--epochs", 2, "--activation", "tanh")
    result = cli(*QUICK, *options, "--lr", 90, "--run", tmp_path / "r")
    assert result.exit_code == 0
    assert "learned nothing" in result.stdout
    assert "neurons of layer 1 are saturated" in result.stdout
    assert "learning rate is too high" in Run(tmp_path / "r").last("finished")["hint"]

    same = cli(*QUICK, "--epochs", 2, "--initializer", "zeros", "--run", tmp_path / "same")
    assert "All neurons of layer 1 are alike" in same.stdout
    assert "too high" not in same.stdout

    good = cli(*QUICK, *options, "--lr", 0.1, "--run", tmp_path / "good")
    assert "learned nothing" not in good.stdout
    assert Run(tmp_path / "good").last("finished")["hint"] is None


def test_standard_input_is_ignored_without_control(start, tmp_path):
    """As under cron: standard input is at its end from the beginning."""
    folder = tmp_path / "r"
    process = start(*QUICK, "--epochs", 2, "--run", folder, "--json", stdin=subprocess.DEVNULL)
    code, out, err = process.end()
    assert code == 0, err
    assert json.loads(out)["status"] == "finished"
    assert "epoch 2/2" in err


def test_figures(cli, tmp_path):
    from PIL import Image

    folder = tmp_path / "r"
    result = cli(*QUICK, "--epochs", 4, "--val-size", 100, "--run", folder, "--figures")
    assert result.exit_code == 0, result.output
    names = {"confusion_train", "confusion_test", "loss", "accuracy", "predictions"}
    assert {path.stem for path in folder.glob("*.png")} == names
    for path in folder.glob("*.png"):
        with Image.open(path) as picture:
            assert np.ptp(np.asarray(picture.convert("L"))) > 100  # something is drawn on it
    with Image.open(folder / "loss.gif") as animation:
        assert 2 <= animation.n_frames <= 100


def test_real_mnist(cli, mnist_folder, tmp_path):
    result = cli("train", "--epochs", 1, "--threads", 1, "--run", tmp_path / "r", "--json")
    assert last_json(result)["test_accuracy"] > 0.93
