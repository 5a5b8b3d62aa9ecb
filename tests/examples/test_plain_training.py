"""The example is the training it explains."""

import inspect
import runpy

import numpy as np
import pytest

import nn
from examples import plain_training

EPOCHS = 3


@pytest.fixture
def samples():
    rng = np.random.default_rng(4)
    labels = rng.integers(0, 5, 203).astype(np.uint8)
    images = rng.integers(0, 120, (203, 6, 6))
    images.reshape(203, 36)[np.arange(203), 6 * labels] += 100
    return images.astype(np.uint8), labels


def make_network(activation, **options):
    return nn.Network.mlp(
        [36, 24, 12, 5], activation, input_mean=0.3, input_std=0.25, seed=1, **options
    )


def trained_by_trainer(network, samples):
    """The mean loss of each epoch."""
    optimizer = nn.SGD(network.parameters, network.gradients, learning_rate=0.1)
    trainer = nn.Trainer(
        network, optimizer, nn.CrossEntropyLoss(), *samples, batch_size=16, epochs=EPOCHS, seed=7
    )
    return [event.train_loss for event in trainer.run() if event.type == "epoch"]


def trained_plainly(network, samples):
    return list(plain_training.train(network, *samples, batch_size=16, epochs=EPOCHS, seed=7))


@pytest.mark.parametrize("options", [{}, {"batch_norm": True}, {"dropout": 0.2}])
@pytest.mark.parametrize("activation", ["tanh", "gelu", "leaky_relu"])
def test_equals_the_trainer_bit_for_bit(samples, activation, options):
    ours, theirs = (make_network(activation, **options) for _ in range(2))
    losses = trained_plainly(ours, samples)
    np.testing.assert_allclose(losses, trained_by_trainer(theirs, samples), rtol=1e-12)
    for name, tensor in ours.state_dict().items():
        np.testing.assert_array_equal(tensor, theirs.state_dict()[name], strict=True)


def test_equals_it_with_relu_bit_for_bit_where_the_fast_path_is_not_taken(samples, monkeypatch):
    monkeypatch.setattr("nn.training.trainer.is_fusible", lambda network, loss: False)
    ours, theirs = make_network("relu"), make_network("relu")
    trained_plainly(ours, samples)
    trained_by_trainer(theirs, samples)
    np.testing.assert_array_equal(ours.parameters, theirs.parameters, strict=True)


def test_equals_the_fast_path_but_for_rounding(samples):
    ours, theirs = (make_network("relu", dtype="float64") for _ in range(2))
    trained_plainly(ours, samples)
    trained_by_trainer(theirs, samples)
    np.testing.assert_allclose(ours.parameters, theirs.parameters, rtol=1e-9, atol=1e-12)


def test_the_whole_of_it_fits_on_a_page():
    assert len(inspect.getsource(plain_training).splitlines()) <= 60


def test_learns_the_digits(capsys):
    runpy.run_path(plain_training.__file__, run_name="__main__")
    last = capsys.readouterr().out.splitlines()[-1]
    assert float(last.split()[-1].rstrip("%")) > 95
