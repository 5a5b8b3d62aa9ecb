"""The trainer: what it reports while it trains, and what it does with unusual data."""

import numpy as np
import pytest

import nn
from nn.schedules import CosineSchedule
from nn.training.divergence import TrainingDiverged
from nn.training.events import BatchEnd, EpochEnd, Finished, Progress, Started

FEATURES, CLASSES = 20, 4


def images(count, seed=0):
    """Images whose brightest quarter is their class, with noise, and the labels."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, CLASSES, count)
    pixels = rng.integers(0, 120, (count, FEATURES))
    for row, label in zip(pixels, labels, strict=True):
        row[label * 5 : label * 5 + 5] += 100
    return pixels.astype(np.uint8), labels.astype(np.uint8)


def make_trainer(
    *,
    samples=50,
    val_samples=0,
    dropout=0.0,
    batch_norm=False,
    loss=None,
    optimizer=nn.SGD,
    **arguments,
):
    """A small trainer."""
    network = nn.Network.mlp(
        [FEATURES, 12, CLASSES],
        dropout=dropout,
        batch_norm=batch_norm,
        input_mean=0.3,
        input_std=0.25,
    )
    if val_samples:
        val_images, val_labels = images(val_samples, seed=1)
        arguments |= {"val_images": val_images, "val_labels": val_labels}
    train_images, train_labels = images(samples)
    return nn.Trainer(
        network,
        optimizer(network.parameters, network.gradients, learning_rate=0.1),
        loss or nn.CrossEntropyLoss(),
        train_images,
        train_labels,
        **{"batch_size": 16, "epochs": 3} | arguments,
    )


def of_type(events, kind):
    return [event for event in events if isinstance(event, kind)]


def test_reports_a_whole_training():
    trainer = make_trainer(val_samples=20, epochs=2)
    events = list(trainer.run())
    assert events[0] == Started(
        step=0,
        epoch=0.0,
        epochs=2,
        batch_size=16,
        steps_per_epoch=4,
        train_samples=50,
        val_samples=20,
        num_parameters=20 * 12 + 12 + 12 * 4 + 4,
    )
    assert [e.step for e in of_type(events, BatchEnd)] == list(range(1, 9))
    assert [e.epoch for e in of_type(events, BatchEnd)][:4] == [0.25, 0.5, 0.75, 1.0]
    assert [(e.step, e.epoch) for e in of_type(events, EpochEnd)] == [(4, 1), (8, 2)]
    assert isinstance(events[-1], Finished)
    assert (events[-1].step, events[-1].epoch, events[-1].stopped_early) == (8, 2.0, False)
    assert of_type(events, Progress)
    assert trainer.seconds > 0


def test_learns():
    trainer = make_trainer(samples=400, val_samples=100, epochs=10)
    epochs = of_type(trainer.run(), EpochEnd)
    assert epochs[-1].train_accuracy > 0.95
    assert epochs[-1].val_accuracy > 0.95
    assert epochs[-1].train_loss < epochs[0].train_loss


def test_figures_of_an_epoch_are_means_over_its_samples():
    # With a learning rate of next to nothing the weights are the same in all batches.
    trainer = make_trainer(samples=50, epochs=1, progress_seconds=0)
    trainer.base_learning_rate = 1e-12
    events = list(trainer.run())
    network = trainer.network
    train_images, train_labels = images(50)
    logits = network.forward(network.scale_input(train_images)).copy()
    loss, _ = nn.CrossEntropyLoss()(logits, train_labels)
    accuracy = (logits.argmax(axis=1) == train_labels).mean()
    epoch = of_type(events, EpochEnd)[0]
    assert epoch.train_loss == pytest.approx(loss, rel=1e-5)
    assert epoch.train_accuracy == pytest.approx(accuracy)
    # One Progress per batch, and they weigh as much as their samples.
    progress = of_type(events, Progress)
    assert [e.step for e in progress] == [1, 2, 3, 4]
    mean = np.average([e.train_loss for e in progress], weights=[16, 16, 16, 2])
    assert mean == pytest.approx(epoch.train_loss)
    assert all(e.samples_per_second > 0 for e in progress)


def test_progress_of_a_short_training_comes_at_its_end():
    trainer = make_trainer(progress_seconds=3600, epochs=5)
    progress = of_type(trainer.run(), Progress)
    assert progress[-1].step == 20


def test_validation_is_of_the_network_as_it_predicts():
    trainer = make_trainer(val_samples=30, dropout=0.5, batch_norm=True, epochs=1)
    epoch = of_type(trainer.run(), EpochEnd)[0]
    val_images, val_labels = images(30, seed=1)
    probabilities = trainer.network.predict_proba(val_images)
    right = probabilities[np.arange(30), val_labels]
    assert epoch.val_loss == pytest.approx(-np.log(right).mean(), rel=1e-4)
    assert epoch.val_accuracy == (probabilities.argmax(axis=1) == val_labels).mean()


def test_no_validation_figures_without_validation_images():
    events = list(make_trainer(epochs=1).run())
    assert of_type(events, EpochEnd)[0].val_loss is None
    assert of_type(events, EpochEnd)[0].val_accuracy is None
    assert events[-1].best_epoch is None


def test_learning_rate_follows_the_schedule_in_every_step():
    trainer = make_trainer(schedule=CosineSchedule(), epochs=2, progress_seconds=0)
    rates = [e.learning_rate for e in of_type(trainer.run(), Progress)]
    expected = [0.1 * (1 + np.cos(np.pi * step / 8)) / 2 for step in range(8)]
    assert rates == pytest.approx(expected)


def test_learning_rate_may_change_while_training():
    trainer = make_trainer(schedule=lambda epoch, epochs: 0.5, epochs=2, progress_seconds=0)
    rates = []
    for event in trainer.run():
        if isinstance(event, Progress):
            rates.append(event.learning_rate)
        if isinstance(event, BatchEnd) and event.step == 5:
            trainer.base_learning_rate = 0.3
    assert rates == pytest.approx([0.05] * 5 + [0.15] * 3)
    assert trainer.base_learning_rate == 0.3


@pytest.mark.parametrize("value", [0, -1, 101, float("nan"), "fast", None])
def test_refuses_a_learning_rate_out_of_range(value):
    trainer = make_trainer()
    with pytest.raises(ValueError, match=r"learning_rate must be a number in \(0, 100\]"):
        trainer.base_learning_rate = value
    assert trainer.base_learning_rate == 0.1


def test_order_of_the_images_is_that_of_the_seed_and_the_epoch():
    seen = []

    class Spy:
        def __call__(self, logits, labels):
            seen.extend(labels.tolist())
            return nn.CrossEntropyLoss()(logits, labels)

    list(make_trainer(epochs=2, seed=7, loss=Spy()).run())
    _, labels = images(50)
    expected = [labels[np.random.default_rng([7, epoch]).permutation(50)] for epoch in (0, 1)]
    assert seen == np.concatenate(expected).tolist()


def test_seconds_do_not_count_what_happens_between_events(monkeypatch):
    clock = iter(range(1000))  # a second passes at every look at the clock
    trainer = make_trainer(epochs=2)
    monkeypatch.setattr("time.perf_counter", lambda: float(next(clock)))
    for event in trainer.run():
        if isinstance(event, BatchEnd):
            for _ in range(20):  # a long pause
                next(clock)
    assert trainer.seconds == 8  # one per batch


@pytest.mark.parametrize("loss", [nn.MSELoss(), nn.CrossEntropyLoss()])
@pytest.mark.parametrize("optimizer", [nn.SGD, nn.RMSprop])
def test_a_diverging_training_names_the_learning_rate(recwarn, loss, optimizer):
    trainer = make_trainer(epochs=50, loss=loss, optimizer=optimizer)
    trainer.network.parameters *= 1e20  # not all of them would diverge by the rate alone
    trainer.base_learning_rate = 90
    with pytest.raises(TrainingDiverged, match="learning_rate 90 is probably too high") as caught:
        list(trainer.run())
    assert isinstance(caught.value, FloatingPointError)
    assert not recwarn.list


@pytest.mark.parametrize("loss", [nn.MSELoss(), nn.CrossEntropyLoss()])
def test_a_run_left_off_but_not_closed_goes_on_in_the_next(loss):
    whole, trainer = make_trainer(epochs=2, loss=loss), make_trainer(epochs=2, loss=loss)
    expected = of_type(whole.run(), EpochEnd)
    left_off = trainer.run()
    while next(left_off) != BatchEnd(2, 0.5):
        pass
    epochs = []
    for event in trainer.run():
        left_off.close()
        if isinstance(event, EpochEnd):
            epochs.append(event)
    assert [e.train_accuracy for e in epochs] == [e.train_accuracy for e in expected]
    assert [e.train_loss for e in epochs] == pytest.approx([e.train_loss for e in expected])


def test_what_is_not_yet_counted_is_no_part_of_a_restored_state():
    trainer = make_trainer(epochs=1)
    start = trainer.state()
    left_off = trainer.run()
    while next(left_off) != BatchEnd(3, 0.75):
        pass
    trainer.restore(start)
    (epoch,), (expected,) = (
        of_type(one.run(), EpochEnd) for one in (trainer, make_trainer(epochs=1))
    )
    assert epoch.train_accuracy == expected.train_accuracy
    assert epoch.train_loss == pytest.approx(expected.train_loss)  # sums are rounded in other ways


def test_the_loss_is_chosen_once():
    with pytest.raises(AttributeError):
        make_trainer().loss = nn.MSELoss()


def test_weights_that_overflow_in_the_last_step_are_noticed():
    trainer = make_trainer(epochs=1)
    running = trainer.run()
    while next(running) != BatchEnd(4, 1.0):
        pass
    trainer.network.parameters[3] = np.inf
    with pytest.raises(TrainingDiverged, match=r"a weight is beyond 1,000,000 .* learning_rate"):
        list(running)


def test_absurd_weights_are_noticed_though_the_loss_is_finite():
    """Dead units answer the same for every image, with any weights behind them."""
    trainer = make_trainer(epochs=1)
    running = trainer.run()
    while next(running) != BatchEnd(4, 1.0):
        pass
    trainer.network.parameters[3] = -2e6
    with pytest.raises(TrainingDiverged, match=r"beyond 1,000,000 .* learning_rate"):
        list(running)


def test_fewer_images_than_a_batch():
    trainer = make_trainer(samples=5, batch_size=64, epochs=2)
    events = list(trainer.run())
    assert events[0].steps_per_epoch == 1
    assert events[-1].step == 2


def test_batches_of_one():
    trainer = make_trainer(samples=5, batch_size=1, epochs=1)
    assert list(trainer.run())[-1].step == 5


def test_floats_and_pictures_are_trained_like_bytes():
    train_images, train_labels = images(50)
    results = []
    for given in (
        train_images,
        train_images.reshape(50, 4, 5),
        (train_images / 255).astype(np.float64),
    ):
        trainer = make_trainer(epochs=2)
        network = trainer.network
        optimizer = nn.SGD(network.parameters, network.gradients)
        trainer = nn.Trainer(
            network, optimizer, nn.CrossEntropyLoss(), given, train_labels, batch_size=16, epochs=2
        )
        list(trainer.run())
        results.append(network.parameters.copy())
    np.testing.assert_array_equal(results[0], results[1])
    np.testing.assert_allclose(results[0], results[2], rtol=1e-3, atol=1e-5)


def test_images_mapped_from_a_file_are_not_copied(tmp_path):
    train_images, train_labels = images(50)
    np.save(tmp_path / "images.npy", train_images)
    mapped = np.load(tmp_path / "images.npy", mmap_mode="r")
    trainer = make_trainer()
    again = nn.Trainer(
        trainer.network, trainer.optimizer, trainer.loss, mapped, train_labels, epochs=1
    )
    assert np.shares_memory(again.train_images, mapped)
    list(again.run())
