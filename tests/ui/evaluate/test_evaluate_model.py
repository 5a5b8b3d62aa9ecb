"""Asking a model about images: its predictions, made here or come with it."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

import data
import nn
from data.saved_predictions import predictions_path
from ui.evaluate import answers
from ui.evaluate import evaluate_model as module
from ui.evaluate.answers import NotComparable
from ui.evaluate.data_select import data_choices
from ui.evaluate.evaluate_model import evaluate_model
from ui.evaluate.evaluation import images_of
from ui.models import list as model_list
from ui.models.model_choice import ModelChoice


@pytest.fixture(autouse=True)
def own_folders(cache, monkeypatch):
    """No data but the embedded digits, no evaluation kept from other tests."""
    monkeypatch.delenv("SCRATCH_NN_DATA", raising=False)
    monkeypatch.setenv("SCRATCH_NN_CACHE", str(cache))
    module._answers.clear()
    module._saved.clear()


def model(path: Path, dataset: str = "digits", classes: int = 10, seed: int = 0) -> ModelChoice:
    """A network with random weights in a file."""
    network = nn.Network.mlp(
        [784, classes],
        seed=seed,
        metadata={"dataset": dataset, "labels": json.dumps([str(k) for k in range(classes)])},
    )
    nn.save(network, path)
    return ModelChoice(path.stem, path.stem, path, dataset, None)


def test_predictions_are_those_of_the_network(tmp_path):
    choice = model(tmp_path / "a.safetensors")
    evaluation = evaluate_model(choice, "digits", "test")
    digits = data.load("digits")
    np.testing.assert_array_equal(evaluation.true, digits.test_labels)
    np.testing.assert_allclose(
        evaluation.probabilities, nn.load(choice.path).predict_proba(digits.test_images), atol=1e-6
    )
    assert evaluation.labels == digits.info.labels
    assert len(evaluate_model(choice, "digits", "train").true) == len(digits.train_labels)


@pytest.mark.parametrize(("most", "alone"), [(10**12, False), (10**6, True)])
def test_averages_that_would_take_long_are_left_out(tmp_path, monkeypatch, most, alone):
    monkeypatch.setattr(answers, "MOST_ANSWERS_COST", most)
    choice = model(tmp_path / "a.safetensors")
    network = nn.load(choice.path)
    network.averaging = nn.Averaging(rotation=30.0)
    nn.save(network, choice.path)
    evaluation = evaluate_model(choice, "digits", "test")
    assert evaluation.alone == alone
    averaging = nn.ALONE if alone else network.averaging
    expected = network.predict_proba(data.load("digits").test_images, averaging=averaging)
    np.testing.assert_allclose(evaluation.probabilities, expected, atol=1e-6)


def test_predictions_are_made_once_until_the_file_changes(tmp_path):
    choice = model(tmp_path / "a.safetensors")
    first = evaluate_model(choice, "digits", "test")
    assert evaluate_model(choice, "digits", "test") is first
    model(choice.path, seed=5)
    again = evaluate_model(choice, "digits", "test")
    assert not np.allclose(again.probabilities, first.probabilities)


def test_only_a_few_evaluations_are_kept(tmp_path):
    choices = [model(tmp_path / f"{k}.safetensors", seed=k) for k in range(8)]
    first = evaluate_model(choices[0], "digits", "test")
    for choice in choices[1:]:
        evaluate_model(choice, "digits", "test")
    assert evaluate_model(choices[0], "digits", "test") is not first


def test_another_number_of_classes_is_refused_in_words(tmp_path):
    choice = model(tmp_path / "letters.safetensors", "emnist_letters", classes=26)
    with pytest.raises(NotComparable, match=r"tells 26 classes apart, Small digits.* has 10"):
        evaluate_model(choice, "digits", "test")


def test_another_number_of_pixels_is_refused_in_words(tmp_path):
    path = tmp_path / "tiny.safetensors"
    nn.save(nn.Network.mlp([64, 10]), path)
    with pytest.raises(NotComparable, match="looks at 64 pixels"):
        evaluate_model(ModelChoice("tiny", "tiny", path, "digits", None), "digits", "test")


def test_a_missing_dataset_and_a_broken_model_say_so(tmp_path):
    choice = model(tmp_path / "a.safetensors", "mnist")
    with pytest.raises(data.DatasetNotFound, match="MNIST is not on this computer"):
        evaluate_model(choice, "mnist", "test")
    choice.path.write_bytes(b"nonsense")
    with pytest.raises(ValueError, match=r"."):
        evaluate_model(choice, "digits", "test")
    choice.path.unlink()
    with pytest.raises((OSError, ValueError)):
        evaluate_model(choice, "digits", "test")


def save_predictions(choice: ModelChoice, **arrays: np.ndarray) -> np.ndarray:
    """Write predictions for 30 images, or these arrays, as those of the model's file."""
    probabilities = np.random.default_rng(0).dirichlet(np.ones(10), 30).astype(np.float16)
    arrays = arrays or {
        "probabilities": probabilities,
        "labels": np.arange(30, dtype=np.uint8) % 10,
    }
    digest = hashlib.sha256(choice.path.read_bytes()).hexdigest()
    np.savez(predictions_path(choice.path), model=np.array(digest), **arrays)
    return probabilities


def test_predictions_that_came_with_the_model_need_no_images(tmp_path):
    choice = model(tmp_path / "default.safetensors", "mnist")
    probabilities = save_predictions(choice)
    assert data_choices(choice) == ["mnist", "digits"]
    evaluation = evaluate_model(choice, "mnist", "test")
    assert evaluation.source == "30 MNIST test images"
    assert evaluation.is_saved
    np.testing.assert_array_equal(evaluation.probabilities, probabilities.astype(np.float32))
    with pytest.raises(data.DatasetNotFound):
        images_of(evaluation, np.array([0]))
    with pytest.raises(data.DatasetNotFound):
        evaluate_model(choice, "mnist", "train")


def test_predictions_that_came_with_the_model_are_not_made_again(tmp_path):
    choice = model(tmp_path / "a.safetensors")
    save_predictions(choice)
    assert len(evaluate_model(choice, "digits", "test").true) == 30
    assert not evaluate_model(choice, "digits", "train").is_saved


def test_predictions_of_another_model_file_do_not_count(tmp_path):
    choice = model(tmp_path / "a.safetensors")
    save_predictions(choice)
    assert evaluate_model(choice, "digits", "test").is_saved
    model(choice.path, seed=5)
    evaluation = evaluate_model(choice, "digits", "test")
    assert not evaluation.is_saved
    assert len(evaluation.true) == data.DATASETS["digits"].test_size


@pytest.mark.parametrize(
    "arrays",
    [
        {"labels": np.zeros(3, np.uint8)},
        {"probabilities": np.ones((3, 4)), "labels": np.zeros(3, np.uint8)},
        {"probabilities": np.ones((3, 10)), "labels": np.zeros(2, np.uint8)},
        {"probabilities": np.ones((3, 10)), "labels": np.full(3, 77, np.uint8)},
    ],
)
def test_unfit_saved_predictions_are_refused(tmp_path, arrays):
    choice = model(tmp_path / "default.safetensors", "mnist")
    save_predictions(choice, **arrays)
    with pytest.raises(ValueError, match=r"default\.test_predictions\.npz"):
        evaluate_model(choice, "mnist", "test")


def test_a_file_that_is_no_archive_does_not_count(tmp_path):
    choice = model(tmp_path / "a.safetensors")
    predictions_path(choice.path).write_bytes(b"PK nonsense")
    assert not evaluate_model(choice, "digits", "test").is_saved


def test_the_own_data_of_a_model_comes_first(tmp_path):
    assert data_choices(model(tmp_path / "a.safetensors", "usps")) == ["usps", "digits"]
    assert data_choices(model(tmp_path / "b.safetensors", "")) == ["mnist", "digits"]


def test_the_images_of_indices_are_those_of_the_dataset(tmp_path):
    choice = model(tmp_path / "a.safetensors")
    digits = data.load("digits")
    for part, images in (("test", digits.test_images), ("train", digits.train_images)):
        evaluation = evaluate_model(choice, "digits", part)
        np.testing.assert_array_equal(
            images_of(evaluation, np.array([7, 3])), images[np.array([7, 3])]
        )


@pytest.fixture(scope="module")
def mnist(mnist_folder, tmp_path_factory):
    """The real MNIST, in a cache which no other test finds it in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCRATCH_NN_DATA", str(mnist_folder))
        patch.setenv("SCRATCH_NN_CACHE", str(tmp_path_factory.mktemp("mnist")))
        return data.load("mnist")


@pytest.mark.parametrize("key", ["small", "default", "large"])
def test_the_saved_predictions_of_a_shipped_model_are_its_own(mnist, key):
    (shipped,) = [choice for choice in model_list.list_models() if choice.key == key]
    saved = evaluate_model(shipped, "mnist", "test")
    assert saved.is_saved
    np.testing.assert_array_equal(mnist.test_labels, saved.true)
    some = slice(None, None, 160)  # all of them take minutes
    probabilities = nn.load(shipped.path).predict_proba(mnist.test_images[some])
    np.testing.assert_allclose(probabilities, saved.probabilities[some], atol=2e-3)
