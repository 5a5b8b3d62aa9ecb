"""Validation decides which weights a training ends with, and with patience when it ends."""

import numpy as np

import nn
from nn.training.events import EpochEnd, Finished

VAL_SIZE = 17
"""Unlike every batch of the training, so that a loss can tell what it is asked for."""


class Script:
    """A loss that gives the validation losses of a list, one per epoch."""

    def __init__(self, val_losses):
        self.val_losses = iter(val_losses)

    def __call__(self, logits, labels):
        loss, gradient = nn.CrossEntropyLoss()(logits, labels)
        return (next(self.val_losses) if len(labels) == VAL_SIZE else loss), gradient


def scripted(val_losses, epochs, patience=None, keep_best=True):
    """A trainer that saw these validation losses, its weights after each epoch, and its events."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (40 + VAL_SIZE, 10), dtype=np.uint8)
    labels = images[:, :3].argmax(axis=1)
    network = nn.Network.mlp([10, 6, 3], batch_norm=True)
    trainer = nn.Trainer(
        network,
        nn.SGD(network.parameters, network.gradients),
        Script(val_losses),
        images[:40],
        labels[:40],
        val_images=images[40:],
        val_labels=labels[40:],
        batch_size=10,
        epochs=epochs,
        patience=patience,
        keep_best=keep_best,
    )
    after_epoch, events = [], []
    for event in trainer.run():
        events.append(event)
        if isinstance(event, EpochEnd):
            after_epoch.append(everything(trainer))
    return trainer, after_epoch, events


def everything(trainer):
    """All numbers a training leaves behind: parameters and batch normalisation's buffers."""
    buffers = trainer.network.named_buffers().values()
    return np.concatenate([trainer.network.parameters, *buffers])


def test_ends_with_the_weights_of_the_lowest_validation_loss():
    trainer, after_epoch, events = scripted([5.0, 3.0, 4.0, 3.0], epochs=4)
    assert events[-1] == Finished(step=16, epoch=4.0, best_epoch=2, stopped_early=False)
    np.testing.assert_array_equal(everything(trainer), after_epoch[1])
    assert (after_epoch[1] != after_epoch[3]).any()


def test_ends_with_the_last_weights_where_the_best_are_not_kept():
    trainer, after_epoch, events = scripted([5.0, 3.0, 4.0, 3.5], epochs=4, keep_best=False)
    assert events[-1] == Finished(step=16, epoch=4.0, best_epoch=None, stopped_early=False)
    np.testing.assert_array_equal(everything(trainer), after_epoch[3])


def test_stops_when_patience_is_at_its_end():
    trainer, after_epoch, events = scripted([5.0, 3.0, 4.0, 3.5, 3.2, 1.0], epochs=6, patience=3)
    assert events[-1] == Finished(step=20, epoch=5.0, best_epoch=2, stopped_early=True)
    np.testing.assert_array_equal(everything(trainer), after_epoch[1])


def test_goes_on_to_the_end_without_patience():
    _, _, events = scripted([1.0, 2.0, 3.0, 4.0, 5.0], epochs=5)
    assert sum(isinstance(event, EpochEnd) for event in events) == 5


def test_a_better_epoch_renews_patience():
    _, _, events = scripted([5.0, 6.0, 4.0, 6.0, 3.0, 6.0, 6.0], epochs=7, patience=2)
    assert sum(isinstance(event, EpochEnd) for event in events) == 7
    # All epochs were done, so nothing was cut short.
    assert events[-1].stopped_early is False
