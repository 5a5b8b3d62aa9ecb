"""Which test images Train shows: some of each class, and those that are hard."""

import numpy as np
import pytest

import data
import nn
from ui.models import list as model_list
from ui.train.watching.shown_images import SHOWN, shown_images

ALL = tuple(range(355))  # test images of the built-in digits


@pytest.fixture(autouse=True)
def _nothing_kept():
    shown_images.cache_clear()
    yield
    shown_images.cache_clear()


def test_each_class_is_there_twice_and_the_others_are_the_hardest():
    digits = data.load("digits")
    shown = shown_images("digits", ALL)
    labels = digits.test_labels[shown.places]
    assert len(set(shown.places)) == SHOWN
    assert np.bincount(labels, minlength=10).min() >= 2
    network = nn.load(model_list.SHIPPED_FOLDER / "small.safetensors")
    sure = network.predict_proba(digits.test_images, averaging=nn.ALONE).max(axis=1)
    assert set(sure.argsort()[:4]) <= set(shown.places)
    assert shown.words == "Shown are 2 of each class, and 4 that the model “small” finds hard."
    shown_images.cache_clear()
    np.testing.assert_array_equal(shown_images("digits", ALL).places, shown.places)


def test_they_are_among_those_that_are_answered():
    answered = tuple(range(5, 345, 2))
    assert shown_images("digits", answered).places.min() >= 0
    assert shown_images("digits", answered).places.max() < len(answered)
    assert len(shown_images("digits", tuple(range(9))).places) == 9  # of few all


def test_where_the_model_is_not_there_they_are_any(tmp_path, monkeypatch):
    monkeypatch.setattr(model_list, "SHIPPED_FOLDER", tmp_path)
    shown = shown_images("digits", ALL)
    assert (len(set(shown.places)), shown.words) == (SHOWN, "")
