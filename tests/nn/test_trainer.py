"""The trainer: what it reports, what it keeps, and that it goes on exactly where it was."""

import dataclasses

import numpy as np
import pytest

import nn
from nn.events import BatchEnd, EpochEnd, Finished, Progress, Started
from nn.schedules import ConstantSchedule, CosineSchedule
from nn.trainer import TrainingDiverged

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
    optimizer="sgd", *, samples=50, val_samples=0, dropout=0.0, batch_norm=False, **arguments
):
    """A small trainer; equal arguments make equal ones."""
    network = nn.Network.mlp(
        [FEATURES, 12, CLASSES],
        dropout=dropout,
        batch_norm=batch_norm,
        input_mean=0.3,
        input_std=0.25,
        seed=arguments.get("seed", 0),
    )
    options = {"momentum": 0.9, "learning_rate": 0.02} if optimizer == "momentum" else {}
    cls = nn.OPTIMIZERS["sgd" if optimizer == "momentum" else optimizer]
    if val_samples:
        val_images, val_labels = images(val_samples, seed=1)
        arguments |= {"val_images": val_images, "val_labels": val_labels}
    train_images, train_labels = images(samples)
    arguments = {"batch_size": 16, "epochs": 3} | arguments
    return nn.Trainer(
        network,
        cls(network.parameters, network.gradients, **options),
        nn.CrossEntropyLoss(),
        train_images,
        train_labels,
        **arguments,
    )


def everything(trainer):
    """All numbers a training leaves behind: parameters and buffers."""
    buffers = trainer.network.named_buffers().values()
    return np.concatenate([trainer.network.parameters, *buffers])


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
    trainer.learning_rate = 1e-12
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
            trainer.learning_rate = 0.3
    assert rates == pytest.approx([0.05] * 5 + [0.15] * 3)
    assert trainer.learning_rate == 0.3


@pytest.mark.parametrize("value", [0, -1, 101, float("nan"), "fast", None])
def test_refuses_a_learning_rate_out_of_range(value):
    trainer = make_trainer()
    with pytest.raises(ValueError, match=r"learning_rate must be a number in \(0, 100\]"):
        trainer.learning_rate = value
    assert trainer.learning_rate == 0.1


def test_order_of_the_images_is_that_of_the_seed_and_the_epoch():
    seen = []

    class Spy:
        def __call__(self, logits, labels):
            seen.extend(labels.tolist())
            return nn.CrossEntropyLoss()(logits, labels)

    trainer = make_trainer(epochs=2, seed=7)
    trainer.loss = Spy()
    list(trainer.run())
    _, labels = images(50)
    expected = [labels[np.random.default_rng([7, epoch]).permutation(50)] for epoch in (0, 1)]
    assert seen == np.concatenate(expected).tolist()


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_same_seed_same_weights_other_seed_other_weights(optimizer):
    first, second, third = (
        make_trainer(optimizer, seed=seed, dropout=0.3, batch_norm=True) for seed in (3, 3, 4)
    )
    for trainer in (first, second, third):
        list(trainer.run())
    np.testing.assert_array_equal(everything(first), everything(second))
    assert (everything(first) != everything(third)).any()


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
# In the first epoch, at the last batch of one, at an epoch's end, in the last epoch.
@pytest.mark.parametrize(
    "stop", [BatchEnd(2, 0.5), BatchEnd(8, 2.0), "epoch 2", BatchEnd(11, 2.75)]
)
def test_a_restored_training_ends_with_the_very_same_weights(optimizer, stop):
    arguments = {"val_samples": 30, "dropout": 0.3, "batch_norm": True}
    whole = make_trainer(optimizer, **arguments)
    whole_events = [dataclasses.astuple(e) for e in whole.run() if isinstance(e, EpochEnd)]

    broken_off = make_trainer(optimizer, **arguments)
    for event in broken_off.run():
        if event == stop or (isinstance(event, EpochEnd) and stop == f"epoch {event.epoch}"):
            break
    else:
        pytest.fail("the training did not come to the place to stop at")
    state = broken_off.state()

    resumed = make_trainer(optimizer, **arguments)
    resumed.restore(state)
    events = list(resumed.run())
    assert events[0].step == event.step
    np.testing.assert_array_equal(everything(resumed), everything(whole))
    # The reports are the same too, as far as they are still to come.
    later = [dataclasses.astuple(e) for e in of_type(events, EpochEnd)]
    assert later == whole_events[len(whole_events) - len(later) :]
    assert events[-1].best_epoch == resumed.best.epoch == whole.best.epoch


def test_a_state_is_a_copy():
    trainer = make_trainer("adam", val_samples=10, batch_norm=True)
    running = trainer.run()
    while not isinstance(next(running), EpochEnd):
        pass
    state = trainer.state()
    before = {name: tensor.copy() for name, tensor in state.tensors.items()}
    list(running)
    for name, tensor in before.items():
        np.testing.assert_array_equal(state.tensors[name], tensor)


def test_pausing_changes_nothing():
    whole = make_trainer("adam", dropout=0.3)
    list(whole.run())
    paused = make_trainer("adam", dropout=0.3)
    running = paused.run()
    for event in running:
        if isinstance(event, BatchEnd) and event.step == 6:
            break
    # Left alone for a while, asked for predictions meanwhile, and gone on with.
    paused.network.predict(images(2000)[0])
    list(running)
    np.testing.assert_array_equal(everything(paused), everything(whole))


def test_run_may_be_left_and_called_again():
    whole = make_trainer("adam", dropout=0.3)
    list(whole.run())
    left = make_trainer("adam", dropout=0.3)
    for event in left.run():
        if event == BatchEnd(6, 1.5):
            break
    events = list(left.run())
    assert (events[0].step, events[0].epoch) == (6, 1.5)
    np.testing.assert_array_equal(everything(left), everything(whole))


def test_seconds_do_not_count_what_happens_between_events(monkeypatch):
    clock = iter(range(1000))  # a second passes at every look at the clock
    trainer = make_trainer(epochs=2)
    monkeypatch.setattr("time.perf_counter", lambda: float(next(clock)))
    for event in trainer.run():
        if isinstance(event, BatchEnd):
            for _ in range(20):  # a long pause
                next(clock)
    assert trainer.seconds == 8  # one per batch


class Script:
    """A loss that gives the validation losses of a list, one per epoch."""

    def __init__(self, val_losses):
        self.val_losses = iter(val_losses)
        self.weights = []

    def __call__(self, logits, labels):
        loss, gradient = nn.CrossEntropyLoss()(logits, labels)
        return (next(self.val_losses) if len(labels) == 17 else loss), gradient


def scripted(val_losses, **arguments):
    """A trainer with these validation losses, and its weights and buffers after each epoch."""
    trainer = make_trainer(val_samples=17, batch_norm=True, **arguments)
    trainer.loss = Script(val_losses)
    after_epoch, events = [], []
    for event in trainer.run():
        events.append(event)
        if isinstance(event, EpochEnd):
            after_epoch.append(everything(trainer))
    return trainer, after_epoch, events


def test_ends_with_the_weights_of_the_lowest_validation_loss():
    trainer, after_epoch, events = scripted([5.0, 3.0, 4.0, 3.0], epochs=4)
    assert events[-1] == Finished(step=16, epoch=4.0, best_epoch=2, stopped_early=False)
    np.testing.assert_array_equal(everything(trainer), after_epoch[1])
    assert (after_epoch[1] != after_epoch[3]).any()


def test_stops_when_patience_is_at_its_end():
    trainer, after_epoch, events = scripted([5.0, 3.0, 4.0, 3.5, 3.2, 1.0], epochs=6, patience=3)
    assert events[-1] == Finished(step=20, epoch=5.0, best_epoch=2, stopped_early=True)
    np.testing.assert_array_equal(everything(trainer), after_epoch[1])


def test_goes_on_to_the_end_without_patience():
    _, _, events = scripted([1.0, 2.0, 3.0, 4.0, 5.0], epochs=5)
    assert len(of_type(events, EpochEnd)) == 5


def test_a_better_epoch_renews_patience():
    _, _, events = scripted([5.0, 6.0, 4.0, 6.0, 3.0, 6.0, 6.0], epochs=7, patience=2)
    assert len(of_type(events, EpochEnd)) == 7
    # All epochs were done, so nothing was cut short.
    assert events[-1].stopped_early is False


def test_a_diverging_training_names_the_learning_rate(recwarn):
    trainer = make_trainer(epochs=50)
    trainer.loss = nn.MSELoss()
    trainer.learning_rate = 90
    with pytest.raises(TrainingDiverged, match="learning_rate 90 is probably too high") as caught:
        list(trainer.run())
    assert isinstance(caught.value, FloatingPointError)
    assert not recwarn.list


def test_weights_that_overflow_in_the_last_step_are_noticed():
    trainer = make_trainer(epochs=1)
    running = trainer.run()
    while next(running) != BatchEnd(4, 1.0):
        pass
    trainer.network.parameters[3] = np.inf
    with pytest.raises(TrainingDiverged, match="a weight is not finite"):
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


def build(**changes):
    """A trainer from plain arguments, of which some are changed."""
    network = nn.Network.mlp([FEATURES, 5, CLASSES], batch_norm=changes.pop("batch_norm", False))
    train_images, train_labels = images(30)
    arguments = {
        "network": network,
        "optimizer": nn.SGD(network.parameters, network.gradients),
        "loss": nn.CrossEntropyLoss(),
        "train_images": train_images,
        "train_labels": train_labels,
        "schedule": ConstantSchedule(),
    }
    return nn.Trainer(**arguments | changes)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"train_images": np.zeros((30, 19), np.uint8)}, r"train_images must have shape \(n, 20\)"),
        ({"train_images": np.full((30, 20), 2.0)}, r"train_images must lie in \[0, 1\]"),
        ({"train_labels": np.zeros(29, int)}, "train_labels must be 30 whole numbers"),
        ({"train_labels": np.full(30, 4)}, r"train_labels must lie in 0\.\.3, got 4\.\.4"),
        (
            {"train_images": np.zeros((0, 20), np.uint8), "train_labels": np.zeros(0, int)},
            "train_images must be at least one, got none",
        ),
        (
            {"val_images": np.zeros((0, 20), np.uint8), "val_labels": np.zeros(0, int)},
            "val_images must be at least one, got none",
        ),
        ({"val_images": np.zeros((3, 20), np.uint8)}, "val_labels must be 3 whole numbers"),
        ({"val_labels": np.zeros(3, int)}, "val_images must have shape"),
        ({"batch_size": 0}, "batch_size must be a whole number from 1"),
        ({"batch_size": 2.5}, "batch_size must be a whole number"),
        ({"epochs": 0}, "epochs must be a whole number from 1"),
        ({"seed": -1}, "seed must be a whole number from 0"),
        ({"patience": 3}, "patience needs val_images"),
        ({"patience": 0}, "patience must be a whole number from 1"),
        ({"progress_seconds": -1}, "progress_seconds must be a number"),
        ({"batch_norm": True, "batch_size": 1}, "batches of at least 2 images"),
    ],
)
def test_refuses_what_does_not_fit(changes, message):
    with pytest.raises(ValueError, match=message):
        build(**changes)


def test_refuses_an_optimizer_of_another_network():
    other = nn.Network.mlp([FEATURES, 5, CLASSES])
    with pytest.raises(ValueError, match="optimizer must be made for the network's own parameters"):
        build(optimizer=nn.SGD(other.parameters, other.gradients))
