"""Training on distorted images: who makes them, when they are new, and going on exactly."""

import sys

import numpy as np
import pytest

import data
import nn
from nn.augment import pool as augmented_pool
from nn.augment.pool import AugmentedPool
from nn.training.blas_threads import limited_threads
from nn.training.build import build_network, build_trainer
from nn.training.config import TrainingConfig
from nn.training.events import EpochEnd

SIDE = 8
TURNED = nn.Augmentation(rotation=40, shift=2, elastic=1, thickness=0.5)
WORKERS = [
    1,
    pytest.param(2, marks=pytest.mark.skipif(sys.platform != "linux", reason="needs fork")),
]


@pytest.fixture
def small_pool(monkeypatch):
    """A pool so small that it has to be filled several times in an epoch."""
    monkeypatch.setattr(augmented_pool, "POOL", 64)


def samples(count):
    """Pictures with a bright bar, level or upright."""
    rng = np.random.default_rng(5)
    labels = rng.integers(0, 2, count).astype(np.uint8)
    images = rng.integers(0, 90, (count, SIDE, SIDE)).astype(np.uint8)
    images[labels == 0, 3:5] += 150
    images[labels == 1, :, 3:5] += 150
    return images, labels


def make_trainer(*, count=200, images=None, labels=None, activation="relu", **arguments):
    if images is None:
        images, labels = samples(count)
    network = nn.Network.mlp([SIDE * SIDE, 12, 2], activation)
    return nn.Trainer(
        network,
        nn.Adam(network.parameters, network.gradients, learning_rate=0.01),
        nn.CrossEntropyLoss(),
        images,
        labels,
        **{"batch_size": 32, "epochs": 3, "augmentation": TURNED} | arguments,
    )


def pool_of(images, batch_size=32, augmentation=TURNED, seed=0):
    labels = np.zeros(len(images), np.uint8)
    return AugmentedPool(augmentation, images, labels, batch_size, seed)


def filled(pool, order, *, position=0, epoch=0, workers=1):
    """All images of the pool around a position, made by so many workers."""
    for worker in range(workers):
        pool.fill(position, order, epoch, worker, workers)
    positions = np.arange(position, min(pool.end, len(order)))
    out = np.empty((len(positions), SIDE * SIDE), np.uint8)
    pool.take(positions, out)
    return out


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_workers_together_make_every_image_at_its_place(workers):
    images = samples(50)[0].reshape(50, -1)
    order = np.random.default_rng(0).permutation(50)
    # Turned by next to nothing: the images can still be told apart.
    pool = pool_of(images, augmentation=nn.Augmentation(rotation=1e-9))
    assert np.array_equal(filled(pool, order, workers=workers), images[order])


def test_what_is_in_the_pool_and_what_is_not(small_pool):
    images = samples(150)[0].reshape(150, -1)
    pool = pool_of(images)
    assert not pool.holds(0)
    pool.fill(70, np.arange(150), 0, 0, 1)
    assert [pool.holds(position) for position in (63, 64, 127, 128)] == [False, True, True, False]
    assert pool.end == 128
    pool.empty()
    assert not pool.holds(64)


def test_the_last_images_of_an_epoch_are_fewer(small_pool):
    images = samples(150)[0].reshape(150, -1)
    pool = pool_of(images, augmentation=nn.Augmentation(rotation=1e-9))
    assert np.array_equal(filled(pool, np.arange(150), position=128), images[128:])


def test_every_epoch_and_every_seed_distorts_anew():
    images, order = samples(50)[0].reshape(50, -1), np.arange(50)
    first = filled(pool_of(images), order)
    assert np.array_equal(filled(pool_of(images), order), first)
    for other in (
        filled(pool_of(images), order, epoch=1),
        filled(pool_of(images, seed=1), order),
    ):
        assert np.all((other != first).any(axis=1))


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("batch_size", [64, 128])
def test_images_of_a_batch_are_distorted_differently(workers, batch_size):
    images = np.repeat(samples(1)[0].reshape(1, -1), 8192, axis=0)
    pool = pool_of(images, batch_size, nn.Augmentation(rotation=40, shift=2, elastic=1))
    made = filled(pool, np.arange(8192), workers=workers)
    for begin in (0, 4096 - batch_size, 8192 - batch_size):
        batch = made[begin : begin + batch_size]
        assert len(np.unique(batch, axis=0)) == batch_size


def test_every_epoch_of_a_training_sees_other_images():
    # With a learning rate of next to nothing only the images can change the loss.
    def losses(augmentation):
        trainer = make_trainer(augmentation=augmentation)
        trainer.base_learning_rate = 1e-12
        return [event.train_loss for event in trainer.run() if isinstance(event, EpochEnd)]

    plain = losses(nn.Augmentation())
    assert plain == pytest.approx([plain[0]] * 3, rel=1e-5)
    one, two, three = losses(TURNED)
    assert min(abs(one - two), abs(one - three), abs(two - three)) > 1e-4


@pytest.mark.parametrize("workers", WORKERS)
@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_going_on_in_the_middle_of_an_epoch_gives_the_same_weights_bit_for_bit(
    small_pool, activation, workers
):
    whole, first, second = (make_trainer(workers=workers, activation=activation) for _ in range(3))
    list(whole.run())
    for event in first.run():
        if event.step == 7 + 3:  # of 7 steps an epoch; the pool holds two batches
            break
    second.restore(first.state())
    list(second.run())
    assert np.array_equal(second.network.parameters, whole.network.parameters)
    list(first.run())
    assert np.array_equal(first.network.parameters, whole.network.parameters)


def test_layer_by_layer_and_fused_see_the_same_images(small_pool, monkeypatch):
    fused = make_trainer()
    monkeypatch.setattr("nn.training.trainer.is_fusible", lambda network, loss: False)
    plain = make_trainer()
    for trainer in (fused, plain):
        list(trainer.run())
    np.testing.assert_allclose(fused.network.parameters, plain.network.parameters, atol=1e-4)


def test_validation_images_are_not_distorted():
    images, labels = samples(60)
    trainer = make_trainer(val_images=images, val_labels=labels, epochs=1)
    (epoch,) = (event for event in trainer.run() if isinstance(event, EpochEnd))
    right = trainer.network.predict(images) == labels
    assert epoch.val_accuracy == right.mean()


def test_learns_to_read_moved_digits():
    digits = data.load("digits")
    images, labels = digits.train_images, digits.train_labels
    moved = np.roll(digits.test_images, 3, axis=2)

    def accuracy(**settings):
        config = TrainingConfig(
            dataset="digits", optimizer="adam", learning_rate=0.003, epochs=12, **settings
        )
        network = build_network(config, images, digits.info.labels)
        with limited_threads(1):
            list(build_trainer(config, network, images, labels).run())
        return np.mean(network.predict(moved) == digits.test_labels)

    augmented = accuracy(shift=4, rotation=10, scaling=0.1, elastic=0.7, writing_styles=0.2)
    assert augmented > 0.85
    assert augmented > accuracy() + 0.1


def test_writing_styles_are_refused_for_what_is_no_digit():
    images, labels = samples(40)
    config = TrainingConfig(hidden=(4,), writing_styles=0.3)
    network = build_network(config, images, ["level", "upright"])
    with pytest.raises(ValueError, match=r"writing_styles must be 0 for .* no digits, got 0\.3"):
        build_trainer(config, network, images, labels)


@pytest.mark.parametrize(
    ("shape", "kind", "named"),
    [
        ((40, SIDE, SIDE), np.float32, r"float32 of shape \(40, 8, 8\)"),
        ((40, 4, 16), np.uint8, r"uint8 of shape \(40, 4, 16\)"),
    ],
)
def test_refuses_to_train_on_what_cant_be_distorted(shape, kind, named):
    images, labels = np.zeros(shape, kind), np.zeros(40, np.uint8)
    with pytest.raises(ValueError, match="images to be augmented must be square .* got " + named):
        make_trainer(images=images, labels=labels)
    make_trainer(images=images, labels=labels, augmentation=nn.Augmentation())
