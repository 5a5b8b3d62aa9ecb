"""The bundled digits."""

import numpy as np
import pytest

import data
from data.datasets.catalog import small_digits
from data.datasets.small_images import enlarge


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCRATCH_NN_CACHE", str(tmp_path_factory.mktemp("cache")))
        return data.load("digits")


def test_are_those_of_scikit_learn():
    datasets = pytest.importorskip("sklearn.datasets")
    bundle = datasets.load_digits()
    images, labels = small_digits.read_original(small_digits.source_file())
    np.testing.assert_array_equal(images, bundle.images)
    np.testing.assert_array_equal(labels, bundle.target)


def test_test_part_is_a_fifth_of_every_class_and_never_in_the_training_part(loaded):
    _, labels = small_digits.read_original(small_digits.source_file())
    everything, held_out = np.bincount(labels), np.bincount(loaded.test_labels)
    np.testing.assert_array_equal(held_out, everything // 5)
    np.testing.assert_array_equal(np.bincount(loaded.train_labels), everything - held_out)
    train = {image.tobytes() for image in loaded.train_images}
    assert not any(image.tobytes() in train for image in loaded.test_images)


def test_images_are_laid_out_like_mnist(loaded):
    images = loaded.train_images.astype(float)
    ink = images > 0
    heights = ink.any(2).sum(1)
    widths = ink.any(1).sum(1)
    assert np.all(np.maximum(heights, widths) <= 20)
    assert np.mean(np.maximum(heights, widths) == 20) > 0.95
    rows = images.sum(2) @ np.arange(28) / images.sum((1, 2))
    assert np.all(np.abs(rows - 14) <= 0.5)
    # MNIST's mean pixel is 33; strokes of about the same weight.
    assert 25 < images.mean() < 45


def test_missing_scikit_learn_is_said(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert not data.is_available("digits")
    with pytest.raises(data.DatasetNotFound, match="pip install scikit-learn"):
        data.load("digits")


def test_enlarging_follows_the_stroke():
    # A vertical bar, blurred: it stays one bar, upright, in the middle, of full height.
    bar = np.zeros((1, 8, 8), np.float32)
    bar[0, 1:7, 3:5] = 1
    bar[0, 1:7, [2, 5]] = 0.3
    (image,) = enlarge(bar)
    rows, columns = np.flatnonzero(image.any(1)), np.flatnonzero(image.any(0))
    assert len(rows) == 20
    assert 6 <= len(columns) <= 10
    assert image[14, 14] == 255
