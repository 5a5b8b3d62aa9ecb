"""`python -m nn evaluate`, and the figures it prints."""

import errno
import hashlib
import json

import numpy as np
import pytest

import data
import nn
from nn.training.build import build_network, build_trainer


@pytest.fixture
def model(tmp_path):
    """A barely trained network for the built-in digits, in a file."""
    dataset = data.load("digits")
    config = nn.TrainingConfig(dataset="digits", hidden=(16,), epochs=2)
    network = build_network(config, dataset.train_images, dataset.info.labels)
    trainer = build_trainer(config, network, dataset.train_images, dataset.train_labels)
    for _ in trainer.run():
        pass
    path = tmp_path / "model.safetensors"
    nn.save(network, path)
    return path


def test_the_text_names_model_and_data(cli, model):
    result = cli("evaluate", model)
    assert result.exit_code == 0, result.output
    assert str(model) in result.stdout
    assert "784-16-10" in result.stdout
    info = data.DATASETS["digits"]
    assert f"{info.title}, test part, {info.test_size:,} images" in result.stdout
    assert "precision" in result.stdout
    assert "Confusion matrix" in result.stdout
    assert result.stderr == ""


def test_the_matrix_as_text(cli, tmp_path):
    """A network that calls everything 3 puts all images into one column."""
    network = nn.Network.mlp([784, 10], metadata={"dataset": "digits"})
    network.parameters[:] = 0
    network.named_parameters()["0.bias"][3] = 1
    nn.save(network, tmp_path / "three.safetensors")
    lines = cli("evaluate", tmp_path / "three.safetensors").stdout.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("Confusion matrix")) + 1
    counts = np.bincount(data.load("digits").test_labels)
    assert lines[start] == "  |  0  1  2  3  4  5  6  7  8  9"
    assert lines[start + 1] == "--+" + 30 * "-"
    for digit, line in enumerate(lines[start + 2 :]):
        assert line == f"{digit} |  .  .  . {counts[digit]}  .  .  .  .  .  ."


def test_json(cli, model):
    figures = json.loads(cli("evaluate", model, "--json").stdout)
    dataset = data.load("digits")
    right = nn.load(model).predict(dataset.test_images) == dataset.test_labels
    assert figures["dataset"] == "digits"
    assert figures["images"] == len(right)
    assert figures["accuracy"] == pytest.approx(right.mean())
    assert 0 < figures["calibration_error"] < 1
    assert np.trace(figures["confusion_matrix"]) == right.sum()
    assert [row["label"] for row in figures["classes"]] == [str(digit) for digit in range(10)]
    assert sum(row["images"] for row in figures["classes"]) == len(right)


def test_predictions_file(cli, model, tmp_path):
    path = tmp_path / "out.predictions"  # no .npz: the name is taken as it is
    assert cli("evaluate", model, "--predictions", path).exit_code == 0
    dataset = data.load("digits")
    with np.load(path) as arrays:
        assert set(arrays) == {"probabilities", "labels", "model"}
        assert str(arrays["model"]) == hashlib.sha256(model.read_bytes()).hexdigest()
        assert arrays["probabilities"].dtype == np.float16
        expected = nn.load(model).predict_proba(dataset.test_images)
        assert arrays["probabilities"] == pytest.approx(expected, abs=1e-3)
        assert arrays["labels"].dtype == np.uint8
        assert np.array_equal(arrays["labels"], dataset.test_labels)


def test_figures(cli, model, tmp_path):
    assert cli("evaluate", model, "--figures", tmp_path / "f").exit_code == 0
    names = {path.name for path in (tmp_path / "f").iterdir()}
    assert names == {"confusion_test.png", "predictions.png"}


def test_another_dataset_and_other_classes_bring_a_warning(cli, tmp_path):
    network = nn.Network.mlp([784, 26], metadata={"dataset": "emnist_letters"})
    nn.save(network, tmp_path / "letters.safetensors")
    result = cli("evaluate", tmp_path / "letters.safetensors", "--dataset", "digits", "--json")
    assert result.exit_code == 0, result.output
    assert "trained on emnist_letters" in result.stderr
    assert "26 classes" in result.stderr
    matrix = json.loads(result.stdout)["confusion_matrix"]
    assert len(matrix) == len(matrix[0]) == 26
    assert sum(map(sum, matrix)) == data.DATASETS["digits"].test_size


def test_fewer_classes_than_the_data_count_as_mistakes(cli, tmp_path):
    network = nn.Network.mlp([784, 2], metadata={"dataset": "digits"})
    nn.save(network, tmp_path / "two.safetensors")
    result = cli("evaluate", tmp_path / "two.safetensors", "--json")
    assert "2 classes" in result.stderr
    assert len(json.loads(result.stdout)["confusion_matrix"]) == 10


def test_what_is_no_model_is_refused(cli, model, tmp_path):
    (tmp_path / "text.safetensors").write_text("hello", encoding="utf-8")
    for path in (tmp_path / "text.safetensors", model):
        if path == model:
            path.write_bytes(path.read_bytes()[:-100])
        result = cli("evaluate", path)
        assert result.exit_code == 2
        assert f"MODEL: {path} " in result.stderr
    assert cli("evaluate", tmp_path / "missing").exit_code == 2
    assert cli("evaluate", tmp_path / "text.safetensors", "--dataset", "cats").exit_code != 0


def test_who_names_the_folder_of_a_run_is_told_its_model(cli, model, tmp_path):
    inside = model.rename(tmp_path / "model.safetensors")
    result = cli("evaluate", tmp_path)
    assert result.exit_code == 2
    assert f"{tmp_path} is a folder; its network is {inside}" in result.stderr


def test_a_model_for_other_images_is_refused(cli, tmp_path):
    nn.save(nn.Network.mlp([64, 10]), tmp_path / "small.safetensors")
    result = cli("evaluate", tmp_path / "small.safetensors", "--dataset", "digits")
    assert result.exit_code == 2
    assert "small.safetensors takes no images of Small digits" in result.stderr
    assert "64" in result.stderr


def test_how_far_off_its_certainty_is(cli, tmp_path):
    """A network that calls everything 3 and is as good as certain is right for the threes alone."""
    network = nn.Network.mlp([784, 10], metadata={"dataset": "digits"})
    network.parameters[:] = 0
    network.named_parameters()["0.bias"][3] = 50
    nn.save(network, tmp_path / "three.safetensors")
    share = np.mean(data.load("digits").test_labels == 3)
    text = cli("evaluate", tmp_path / "three.safetensors").stdout
    assert f"Certainty {100 * (1 - share):.1f} % off on average" in text


def test_averaging_over_shifts(cli, model):
    dataset = data.load("digits")
    padded = np.pad(dataset.test_images, ((0, 0), (1, 1), (1, 1)))
    network = nn.load(model)
    total = sum(
        network.predict_logits(padded[:, row : row + 28, column : column + 28])
        for row, column in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))
    )
    expected = np.mean(total.argmax(axis=1) == dataset.test_labels)
    alone = np.mean(network.predict(dataset.test_images) == dataset.test_labels)
    assert expected != alone

    def accuracy(*options):
        return json.loads(cli("evaluate", model, *options, "--json").stdout)["accuracy"]

    assert accuracy("--shift", "1") == pytest.approx(expected)
    network.averaging = nn.Averaging(1)
    nn.save(network, model)
    assert accuracy() == pytest.approx(expected)
    assert accuracy("--shift", "0") == pytest.approx(alone)
    assert "the mean over copies moved by up to 1 px" in cli("evaluate", model).stdout


def test_averaging_over_turns(cli, model):
    dataset = data.load("digits")
    network = nn.load(model)
    network.averaging = nn.Averaging(rotation=20.0)
    expected = np.mean(network.predict(dataset.test_images) == dataset.test_labels)
    assert expected != np.mean(nn.load(model).predict(dataset.test_images) == dataset.test_labels)
    result = json.loads(cli("evaluate", model, "--rotation", "20", "--json").stdout)
    assert result["accuracy"] == pytest.approx(expected)
    assert (result["test_time_shift"], result["test_time_rotation"]) == (0, 20)
    text = cli("evaluate", model, "--rotation", "20", "--shift", "1").stdout
    assert "Answers   the mean over copies moved by up to 1 px and turned by 20°" in text


def test_a_rotation_that_is_no_number_is_refused(cli, model):
    result = cli("evaluate", model, "--rotation", "nan")
    assert result.exit_code == 2
    assert "'--rotation': 'nan' is no number" in result.stderr


@pytest.mark.parametrize("option", ["--shift", "--rotation"])
def test_saved_predictions_are_the_models_own(cli, model, tmp_path, option):
    result = cli("evaluate", model, option, "1", "--predictions", tmp_path / "p.npz")
    assert result.exit_code == 2
    assert f"{option} must be left out or 0, got 1" in result.stderr
    assert not (tmp_path / "p.npz").exists()


@pytest.mark.parametrize("option", ["--predictions", "--figures"])
def test_what_cannot_be_written_is_said_before_anything_is_computed(
    cli, model, tmp_path, monkeypatch, option
):
    monkeypatch.delattr(nn.Network, "predict_proba")
    (tmp_path / "file").touch()
    target = tmp_path / "file" / "x"
    result = cli("evaluate", model, option, target)
    assert result.exit_code == 2
    assert f"Invalid value for {option}: {target} can't be written: " in result.stderr


def test_looking_whether_predictions_can_be_written_leaves_a_file_as_it_was(
    cli, model, tmp_path, monkeypatch
):
    def none(self, images):
        raise ValueError("no images")

    monkeypatch.setattr(nn.Network, "predict_proba", none)
    (tmp_path / "old.npz").write_text("old", encoding="utf-8")
    for name in ("old.npz", "new.npz"):
        assert cli("evaluate", model, "--predictions", tmp_path / name).exit_code == 2
    assert (tmp_path / "old.npz").read_text(encoding="utf-8") == "old"
    assert not (tmp_path / "new.npz").exists()


@pytest.mark.parametrize(
    ("option", "function"),
    [
        ("--predictions", "numpy.savez_compressed"),
        ("--figures", "nn.cli.figures.pictures.draw_confusion"),
    ],
)
def test_a_disk_that_becomes_full_is_said(cli, model, tmp_path, monkeypatch, option, function):
    def full(*arguments, **options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(function, full)
    result = cli("evaluate", model, option, tmp_path / "x")
    assert result.exit_code == 1
    assert result.stderr == f"Error: {tmp_path / 'x'} can't be written: No space left on device\n"
