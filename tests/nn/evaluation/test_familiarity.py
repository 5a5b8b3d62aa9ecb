"""What a network has never seen has a high energy."""

import numpy as np
import pytest

import data
import nn
from nn.training.build import build_network, build_trainer


def test_energy_worked_out_by_hand():
    logits = np.log([[1.0, 2.0, 3.0], [1.0, 1.0, 1.0]])
    np.testing.assert_allclose(nn.energy(logits), [-np.log(6), -np.log(3)])


def test_large_logits_do_not_overflow():
    logits = np.array([[500.0, 500.0]], np.float32)
    assert nn.energy(logits)[0] == pytest.approx(-500 - np.log(2))


def test_a_hundredth_of_the_images_is_above_the_limit():
    # One class only: the energy is the logit, with the other sign.
    logits = -np.arange(1000.0)[:, np.newaxis]
    limit = nn.fit_max_energy(logits)
    assert np.flatnonzero(~nn.is_familiar(logits, limit)).tolist() == list(range(990, 1000))


def test_noise_and_blots_are_less_familiar_than_digits_not_seen_before():
    dataset = data.load("digits")
    config = nn.TrainingConfig(dataset="digits", epochs=15, val_size=300)
    network = build_network(config, dataset.train_images, dataset.info.labels)
    trainer = build_trainer(config, network, dataset.train_images, dataset.train_labels)
    for _ in trainer.run():
        pass
    nn.calibrate(network, trainer.val_images, trainer.val_labels)
    assert network.max_energy is not None

    noise = np.random.default_rng(0).integers(0, 256, (100, 28, 28), np.uint8)
    blot = np.zeros((1, 28, 28), np.uint8)
    blot[:, 11:17, 11:17] = 255
    strange = nn.energy(network.predict_logits(np.concatenate([noise // 3, blot])))
    digits = nn.energy(network.predict_logits(dataset.test_images))
    assert np.mean(digits > network.max_energy) < 0.06
    assert np.median(strange) > np.quantile(digits, 0.9)


def test_of_strange_images_it_is_less_sure_and_of_known_ones_as_ever():
    logits = np.array([[0, np.log(3)], [0, np.log(3)], [5, 9]])
    own = -np.log(4)  # the energy of the first two
    softer = nn.less_sure(logits, own - 2)
    # Two more than the limit: half of the logits.
    np.testing.assert_allclose(softer[0], [0, np.log(3) / 2])
    np.testing.assert_allclose(softer[2], logits[2])
    np.testing.assert_allclose(nn.less_sure(logits, own + 1e-9), logits)
