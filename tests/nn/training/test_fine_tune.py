"""Teaching a network an image it reads wrong, without its forgetting the rest."""

import sys
import time

import numpy as np
import pytest

import data
import nn
from nn.training.blas_threads import limited_threads
from nn.training.build import build_network, build_trainer

DIGITS = data.load("digits")


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    """On a busy computer several threads take many times as long as one."""
    with limited_threads(1):
        yield


def trained(**settings) -> nn.Network:
    """A network that reads most of the built-in digits."""
    config = nn.TrainingConfig(dataset="digits", hidden=(64,), epochs=15, **settings)
    network = build_network(config, DIGITS.train_images, DIGITS.info.labels)
    trainer = build_trainer(config, network, DIGITS.train_images, DIGITS.train_labels)
    for _ in trainer.run():
        pass
    return network


@pytest.fixture(scope="module")
def network(one_thread: None) -> nn.Network:
    return trained()


def drawing(*strokes) -> np.ndarray:
    """(28, 28) uint8 with white bars over these rows and columns."""
    image = np.zeros((28, 28), np.uint8)
    for rows, columns in strokes:
        image[rows, columns] = 255
    return image


# A 7 with a bar through its stem, as no 7 of the built-in digits has it.
SEVEN = drawing(
    (slice(5, 8), slice(8, 20)), (slice(8, 24), slice(16, 19)), (slice(13, 16), slice(11, 24))
)


def teach(network, images, labels, seconds=20.0):
    known = DIGITS.train_images[:1000], DIGITS.train_labels[:1000]
    return nn.fine_tune(network, np.stack(images), np.array(labels), *known, seconds=seconds)


def accuracy(network) -> float:
    return float(np.mean(network.predict(DIGITS.test_images) == DIGITS.test_labels))


@pytest.mark.parametrize("label", [0, 3, 7])
def test_it_reads_the_image_as_it_was_told_and_knows_the_rest(network, label):
    learned = teach(network, [SEVEN], [label])
    assert learned.predict_proba(SEVEN[np.newaxis])[0, label] > 0.8
    assert accuracy(learned) > accuracy(network) - 0.03


def test_an_ensemble_of_unlike_networks_learns_too():
    settings = {"dataset": "digits", "hidden": [32], "optimizer": "adam", "learning_rate": 0.003}
    settings |= {"epochs": 4, "other_members": [{"convolutions": [6], "hidden": []}]}
    config = nn.TrainingConfig.from_dict(settings)
    made = build_network(config, DIGITS.train_images, DIGITS.info.labels)
    trainer = build_trainer(config, made, DIGITS.train_images, DIGITS.train_labels)
    for _ in trainer.run():
        pass
    network = trainer.network
    assert network.predict_proba(SEVEN[np.newaxis])[0, 3] < 0.5
    learned = teach(network, [SEVEN], [3])
    assert learned.predict_proba(SEVEN[np.newaxis])[0, 3] > 0.8
    assert accuracy(learned) > accuracy(network) - 0.03


def test_it_reads_others_like_it_too_because_it_learns_from_distorted_copies(network, monkeypatch):
    others = nn.augment(
        np.tile(SEVEN, (200, 1, 1)),
        np.full(200, 7),
        nn.Augmentation(rotation=12, shift=2),
        np.random.default_rng(1),
    )

    def share_read(learned):
        return np.mean(learned.predict(others) == 7)

    with_copies = share_read(teach(network, [SEVEN], [7]))
    module = sys.modules["nn.training.fine_tune"]  # `nn.training.fine_tune` is the function
    monkeypatch.setattr(module, "DISTORTION", nn.Augmentation())
    assert with_copies > share_read(teach(network, [SEVEN], [7])) + 0.3
    assert with_copies > share_read(network) + 0.5


def test_what_it_was_taught_is_familiar_afterwards(network):
    network = network.copy()
    energy = float(nn.energy(network.predict_logits(SEVEN[np.newaxis]))[0])
    network.max_energy = energy - 1  # less than the image has
    learned = teach(network, [SEVEN], [7])
    assert nn.is_familiar(learned.predict_logits(SEVEN[np.newaxis]), energy - 1).all()


def test_the_network_itself_stays_as_it_is(network):
    parameters, gradients = network.parameters.copy(), network.gradients.copy()
    teach(network, [SEVEN], [7])
    np.testing.assert_array_equal(network.parameters, parameters)
    np.testing.assert_array_equal(network.gradients, gradients)


def test_several_images_are_learned_together(network):
    images = [SEVEN, np.roll(SEVEN[::-1], 3, axis=1), SEVEN.T]
    learned = teach(network, images, [7, 2, 4])
    assert learned.predict(np.stack(images)).tolist() == [7, 2, 4]


def test_what_has_been_set_for_the_network_goes_with_it(network):
    network = network.copy()
    network.temperature, network.max_energy = 1.7, -4.0
    learned = teach(network, [SEVEN], [7])
    assert (learned.temperature, learned.max_energy) == (1.7, -4.0)
    assert learned.metadata == network.metadata


def test_other_kinds_of_layers_learn_too():
    network = trained(activation="tanh", batch_norm=True, dropout=0.1)
    before = accuracy(network)
    learned = teach(network, [SEVEN], [3])
    assert learned.predict(SEVEN[np.newaxis])[0] == 3
    assert accuracy(learned) > before - 0.05


def test_it_ends_in_time_even_if_it_cannot_succeed(network):
    """Nobody can learn that one image is two things."""
    began = time.monotonic()
    teach(network, [SEVEN, SEVEN], [3, 7], seconds=0.2)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("images", "labels", "message"),
    [
        (np.zeros((1, 8, 8), np.uint8), [1], r"new_images must have shape \(n, 784\)"),
        (np.zeros((1, 28, 28), np.uint8), [10], r"new_labels must lie in 0\.\.9, got 10"),
        (np.zeros((0, 28, 28), np.uint8), np.zeros(0, int), "new_images must be at least one"),
        (np.zeros((1, 28, 28)), [1], "new_images must be uint8, got float64"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(network, images, labels, message):
    with pytest.raises(ValueError, match=message):
        nn.fine_tune(network, images, labels, DIGITS.train_images[:9], DIGITS.train_labels[:9])


def test_known_images_and_seconds_are_refused_by_name_too(network):
    new, known = ([SEVEN], [7]), DIGITS.train_images[:9] / 255
    with pytest.raises(ValueError, match="known_images must be uint8, got float64"):
        nn.fine_tune(network, *new, known, DIGITS.train_labels[:9])
    with pytest.raises(ValueError, match="seconds must be a number"):
        teach(network, *new, seconds="a")


# The copy


def test_a_copy_is_the_same_network_on_its_own():
    network = trained(batch_norm=True, dropout=0.2)
    network.temperature, network.max_energy = 1.3, -2.0
    twin = network.copy()
    assert repr(twin) == repr(network)
    images = DIGITS.test_images[:20]
    before = network.predict_proba(images)
    np.testing.assert_array_equal(twin.predict_proba(images), before)
    twin.parameters[:] = 0
    for buffer in twin.named_buffers().values():
        buffer[...] = 1
    np.testing.assert_array_equal(network.predict_proba(images), before)
