"""A history ends with the weights that the training came to, whichever are taken as its best."""

from itertools import count

import numpy as np
import pytest

import nn
from nn.history import History, recorder
from nn.training.events import EpochEnd
from tests.nn.history.small_trainings import IMAGES, LABELS, TEST, TRAIN, train

VAL_SIZE = 17
"""Unlike every batch of the training, so that a loss can tell what it is asked for."""


class EverWorse:
    """A loss by which the first epoch was the best."""

    def __init__(self):
        self._val_losses = count(1.0)

    def __call__(self, logits, labels):
        loss, gradient = nn.CrossEntropyLoss()(logits, labels)
        return (next(self._val_losses) if len(labels) == VAL_SIZE else loss), gradient


@pytest.fixture
def no_time(monkeypatch):
    """Nothing is kept between the first and the last moment."""
    for name in ("FREE_SECONDS", "SHARE", "EPOCH_SHARE"):
        monkeypatch.setattr(recorder, name, 0.0)


def with_patience(seed=0):
    network = nn.Network.mlp([64, 8, 4], batch_norm=True, seed=seed)
    return nn.Trainer(
        network,
        nn.SGD(network.parameters, network.gradients),
        EverWorse(),
        IMAGES[TRAIN],
        LABELS[TRAIN],
        val_images=IMAGES[TEST][:VAL_SIZE],
        val_labels=LABELS[TEST][:VAL_SIZE],
        batch_size=20,
        epochs=9,
        patience=2,
    )


def last_and_best(trainer):
    """The parameters after the last epoch, and those that the network has in the end."""
    last = None
    for event in trainer.run():
        if isinstance(event, EpochEnd):
            last = trainer.network.parameters.copy()
    return last, trainer.network.parameters


def kept_at_end(folder, member=0):
    """The parameters in a history's last record, which has them in half precision."""
    history = History(folder, member)
    return history.network_at(history.whole()[-1]).parameters


def test_a_training_that_ends_early_does_not_end_with_its_best_weights(tmp_path, no_time):
    last, best = last_and_best(with_patience())
    trainer = with_patience()
    train(tmp_path, trainer)
    assert trainer.epochs_done == 3
    kept = kept_at_end(tmp_path)
    assert np.allclose(kept, last, rtol=1e-3, atol=1e-6)
    assert not np.allclose(kept, best, rtol=1e-2)
    assert History(tmp_path).whole()["step"].tolist() == [0, 30]
    assert History(tmp_path).answers()["step"][-1] == 30


@pytest.mark.parametrize("member", [0, 1])
def test_nor_does_each_of_an_ensemble(tmp_path, no_time, member):
    train(
        tmp_path,
        nn.EnsembleTrainer(with_patience, [9, 9], 2 * with_patience().network.num_parameters),
    )
    last, best = last_and_best(with_patience(member))
    kept = kept_at_end(tmp_path, member)
    assert np.allclose(kept, last, rtol=1e-3, atol=1e-6)
    assert not np.allclose(kept, best, rtol=1e-2)
