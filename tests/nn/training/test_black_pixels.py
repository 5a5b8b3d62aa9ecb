"""Leaving out what is black in a batch: the same numbers as with all pixels."""

import numpy as np
import pytest

import nn
from nn.training import black_pixels
from nn.training.black_pixels import InkedProducts, inked_pixels, pays


@pytest.fixture
def few_are_worth_it(monkeypatch):
    monkeypatch.setattr(black_pixels, "pays", lambda images, width: True)


def samples(count, dtype):
    """Images of 40 pixels, of which each shows 6, in one of 4 places; 12 are black in all."""
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 4, count)
    images = np.zeros((count, 40), np.uint8)
    for row, label in zip(images, labels, strict=True):
        row[label * 7 : label * 7 + 6] = rng.integers(1, 256, 6)
    return images if dtype == "uint8" else images / np.float32(255), labels


def make_trainer(images, labels, plain=False, mean=0.13, hidden=(12,), **arguments):
    class LayerByLayer(nn.CrossEntropyLoss):
        """Has no fast path."""

    network = nn.Network.mlp([40, *hidden, 4], input_mean=mean, input_std=0.3, dtype="float64")
    kind = arguments.pop("optimizer", nn.SGD)
    return nn.Trainer(
        network,
        kind(network.parameters, network.gradients, 0.01),
        (LayerByLayer if plain else nn.CrossEntropyLoss)(),
        images,
        labels,
        **{"batch_size": 8, "epochs": 2} | arguments,
    )


@pytest.mark.parametrize("dtype", ["uint8", "float32"])
@pytest.mark.parametrize("mean", [0, 0.13])
@pytest.mark.parametrize(
    "options",
    [
        {"optimizer": nn.SGD},
        {"optimizer": nn.Adam, "hidden": (12, 7)},
        {"optimizer": nn.SGD, "hidden": ()},
        {"optimizer": nn.SGD, "batch_size": 500},
    ],
    ids=["SGD", "Adam", "no hidden layer", "one batch"],
)
def test_same_weights_as_with_all_pixels(few_are_worth_it, dtype, mean, options):
    images, labels = samples(85, dtype)  # the last batch is smaller
    fast, plain = (make_trainer(images, labels, p, mean, **options) for p in (False, True))
    for trainer in (fast, plain):
        list(trainer.run())
    np.testing.assert_allclose(fast.network.parameters, plain.network.parameters, rtol=0, atol=1e-9)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("full", [0, 8])
def test_an_interrupted_training_goes_on_bit_for_bit(few_are_worth_it, full, seed):
    """Also where some batches have ink everywhere: going on prepares other batches at once."""
    images, labels = samples(85, "uint8")
    images[:full] += np.uint8(1)
    whole, first, second = (make_trainer(images, labels, seed=seed) for _ in range(3))
    list(whole.run())
    for event in first.run():
        if event.type == "batch" and event.step == 5:
            break
    second.restore(first.state())
    list(second.run())
    assert np.array_equal(second.network.parameters, whole.network.parameters)


def test_black_pixels_are_left_out_of_the_products(few_are_worth_it, monkeypatch):
    taken = []
    forward = InkedProducts.forward

    def seen(self, inputs, inked, out):
        taken.append(inked)
        forward(self, inputs, inked, out)

    monkeypatch.setattr(InkedProducts, "forward", seen)
    images, labels = samples(64, "uint8")
    images[:, 30] = 9
    list(make_trainer(images, labels, epochs=1, batch_size=64).run())
    expected = np.flatnonzero(images.any(axis=0))
    assert [inked.tolist() for inked in taken] == [expected.tolist()]


def test_images_with_ink_everywhere_stay_whole(few_are_worth_it, monkeypatch):
    taken = []
    monkeypatch.setattr(InkedProducts, "forward", lambda *arguments, out: taken.append(out))
    images, labels = samples(64, "uint8")
    list(make_trainer(images + np.uint8(1), labels, epochs=1).run())
    assert not taken


def test_inked_pixels():
    images = np.zeros((3, 8), np.uint8)
    assert inked_pixels(images).tolist() == []
    images[0, 2] = images[1, 2] = images[2, 7] = 1
    assert inked_pixels(images).tolist() == [2, 7]
    images[0] = 255
    assert inked_pixels(images) is None


@pytest.mark.parametrize(
    ("images", "width", "kernel", "threads", "expected"),
    [
        (32, 128, "Haswell", 1, True),
        (32, 128, "Zen", 1, True),
        (32, 128, "Nehalem", 1, True),
        (32, 128, "Katmai", 1, True),
        (31, 1024, "Haswell", 1, False),
        (64, 511, "Haswell", 2, False),
        (64, 512, "Haswell", 2, True),
        (64, 511, "SkylakeX", 1, False),
        (64, 512, "SkylakeX", 1, True),
        (64, 1024, "SkylakeX", 2, True),
        (64, 1024, None, 1, False),
    ],
)
def test_where_it_pays(monkeypatch, images, width, kernel, threads, expected):
    monkeypatch.setattr(black_pixels, "kernel", lambda: kernel)
    monkeypatch.setattr(black_pixels, "current_threads", lambda: threads)
    assert pays(images, width) is expected
