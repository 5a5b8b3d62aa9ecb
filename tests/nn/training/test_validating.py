"""What is told while the validation images are gone through, and leaving off there."""

import numpy as np
import pytest

import nn
from nn.training import validation
from nn.training.events import BatchEnd, EpochEnd, Validating
from tests.nn.training.test_trainer import images, make_trainer, of_type


@pytest.fixture
def trainer(monkeypatch):
    """A new trainer for each call, that goes through 50 validation images in pieces of 20."""
    monkeypatch.setattr(validation, "SHARE_SECONDS", 0.0)

    def make(**arguments):
        trainer = make_trainer(val_samples=50, dropout=0.5, **arguments)
        trainer.network.inference_batch = 20
        return trainer

    return make


def test_the_share_that_is_done_is_told(trainer):
    one = trainer(epochs=2)
    events = [event for event in one.run() if not isinstance(event, BatchEnd)]
    told = of_type(events, Validating)
    assert [(event.step, event.epoch, event.share) for event in told] == [
        (4, 1.0, 0.4),
        (4, 1.0, 0.8),
        (4, 1.0, 1.0),
        (8, 2.0, 0.4),
        (8, 2.0, 0.8),
        (8, 2.0, 1.0),
    ]
    val_images, val_labels = images(50, seed=1)
    logits = one.network.predict_logits(val_images)
    best = min(of_type(events, EpochEnd), key=lambda event: event.val_loss)
    assert best.val_loss == pytest.approx(nn.CrossEntropyLoss()(logits, val_labels)[0])
    assert best.val_accuracy == np.mean(logits.argmax(axis=1) == val_labels)


def test_a_quick_look_is_not_told():
    assert not of_type(make_trainer(val_samples=50).run(), Validating)


def test_whoever_leaves_off_there_goes_on_as_if_nothing_had_been(trainer):
    whole = trainer()
    ends = of_type(whole.run(), EpochEnd)
    left = trainer()
    next(event for event in left.run() if isinstance(event, Validating) and event.epoch == 2)
    state = left.state()
    assert (left.step, left.epochs_done) == (8, 1)
    other = trainer()
    other.restore(state)
    assert [event.val_loss for event in of_type(other.run(), EpochEnd)] == [
        event.val_loss for event in ends[1:]
    ]
    for name, values in whole.network.state_dict().items():
        assert np.array_equal(values, other.network.state_dict()[name])
