"""The program for Keras, on PyTorch."""

import os
import sys
import tempfile

import numpy as np
import pytest

import data
import nn
from tests.nn.export.networks import (
    SHIPPED,
    assert_same,
    convolutional,
    ensemble,
    every_activation,
    images_and_rows,
    images_for,
    program,
)

os.environ["KERAS_BACKEND"] = "torch"
os.environ["KERAS_HOME"] = os.path.join(tempfile.gettempdir(), "keras")  # where it keeps settings


@pytest.fixture(autouse=True)
def keras():
    """Here and not above: it takes seconds to import, of each process that only lists the tests."""
    pytest.importorskip("torch")
    return pytest.importorskip("keras")


# What surrounds the network is the same in the program for NumPy, which is tried with all of them.
@pytest.mark.parametrize("made", [every_activation, convolutional, ensemble, images_and_rows])
def test_it_answers_as_the_network_does(made, tmp_path):
    network = made()
    images = images_for(network)
    assert_same(program(network, "keras", tmp_path)["probabilities"](images), network, images)


def test_a_model_that_ships_reads_test_images_as_it_does_here(tmp_path):
    network, images = nn.load(SHIPPED), data.load("digits").test_images[:3] / np.float32(255)
    assert_same(program(network, "keras", tmp_path)["probabilities"](images), network, images)


def test_keras_saves_and_opens_it(keras, tmp_path):
    names = program(every_activation(), "keras", tmp_path)
    names["network"].save(tmp_path / "network.keras")
    opened = keras.saving.load_model(tmp_path / "network.keras")
    images = images_for(every_activation())
    expected = keras.ops.convert_to_numpy(names["network"](images))
    np.testing.assert_allclose(keras.ops.convert_to_numpy(opened(images)), expected, atol=1e-6)


def test_dropout_and_momentum_are_those_of_the_training(keras, tmp_path):
    layers = [nn.Linear(9, 4), nn.BatchNorm(4, momentum=0.3), nn.Dropout(0.2), nn.Linear(4, 2)]
    network = program(nn.Network(layers), "keras", tmp_path)["network"]
    (norm,) = (one for one in network.layers if isinstance(one, keras.layers.BatchNormalization))
    (dropout,) = (one for one in network.layers if isinstance(one, keras.layers.Dropout))
    assert norm.momentum == pytest.approx(0.7)  # Keras says how much is kept
    assert dropout.rate == 0.2


def test_without_a_backend_one_is_told_how_to_choose_one(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "keras", None)
    with pytest.raises(ImportError, match=r"KERAS_BACKEND to torch or jax") as caught:
        program(every_activation(), "keras", tmp_path)
    assert caught.value.__suppress_context__
