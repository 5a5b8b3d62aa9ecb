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


def check_last(folder, last, best, member=0):
    """The record at the end holds `last`, vectors of parameters both, and not `best`."""
    history = History(folder, member)
    found = history.network_at(history.whole()[-1]).parameters
    np.testing.assert_allclose(found, last, rtol=1e-3, atol=1e-6)
    assert not np.allclose(found, best, rtol=1e-2)
    return history


def test_a_training_that_ends_early_does_not_end_with_its_best_weights(tmp_path, no_time):
    trainer, last = with_patience(), None
    for event in trainer.run():
        if isinstance(event, EpochEnd):
            last = trainer.network.parameters.copy()
    again = with_patience()
    train(tmp_path, again)
    assert again.epochs_done == 3
    history = check_last(tmp_path, last, again.network.parameters)
    assert history.whole()["step"].tolist() == [0, 30]
    assert history.answers()["step"][-1] == 30


def test_nor_does_each_of_an_ensemble(tmp_path, no_time):
    members = nn.EnsembleTrainer(with_patience, [9, 9], 2 * with_patience().network.num_parameters)
    train(tmp_path, members)
    for member in range(2):
        last = None
        trainer = with_patience(member)
        for event in trainer.run():
            if isinstance(event, EpochEnd):
                last = trainer.network.parameters.copy()
        check_last(tmp_path, last, trainer.network.parameters, member)
