"""The fast path of training against the plain one, layer by layer."""

from itertools import product

import numpy as np
import pytest

import nn
from nn.training import small_products
from nn.training.batch_gradient import BatchGradient
from nn.training.events import EpochEnd
from nn.training.fused_gradient import FusedGradient, is_fusible

FEATURES, CLASSES = 30, 5


class LayerByLayer(nn.CrossEntropyLoss):
    """Cross-entropy for which there is no fast path."""


@pytest.fixture
def samples():
    rng = np.random.default_rng(3)
    labels = rng.integers(0, CLASSES, 203).astype(np.uint8)
    pixels = rng.integers(0, 120, (203, FEATURES))
    for row, label in zip(pixels, labels, strict=True):
        row[label * 6 : label * 6 + 6] += 100
    return pixels.astype(np.uint8), labels


def make_trainer(samples, loss, *, hidden=(24, 12), dtype="float64", workers=1, **arguments):
    network = nn.Network.mlp(
        [FEATURES, *hidden, CLASSES], input_mean=0.3, input_std=0.25, seed=1, dtype=dtype
    )
    optimizer = nn.SGD(network.parameters, network.gradients, learning_rate=0.1)
    return nn.Trainer(
        network,
        optimizer,
        loss,
        *samples,
        **{"batch_size": 16, "epochs": 1, "workers": workers} | arguments,
    )


def steps(trainer, count):
    """Make so many steps."""
    for event in trainer.run():
        if event.type == "batch" and event.step == count:
            return


def test_the_usual_network_takes_the_fast_path(samples):
    network = make_trainer(samples, nn.CrossEntropyLoss()).network
    assert is_fusible(network, nn.CrossEntropyLoss())
    assert not is_fusible(network, nn.MSELoss())
    assert not is_fusible(network, LayerByLayer())


@pytest.mark.parametrize(
    "layers",
    [
        [nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 2)],
        [nn.Linear(4, 3), nn.ReLU(), nn.Dropout(), nn.Linear(3, 2)],
        [nn.Linear(4, 3), nn.BatchNorm(3), nn.ReLU(), nn.Linear(3, 2)],
        [nn.Linear(4, 3), nn.ReLU()],
        [nn.Linear(4, 3), nn.Linear(3, 2)],
    ],
)
def test_other_networks_go_layer_by_layer(layers):
    assert not is_fusible(nn.Network(layers), nn.CrossEntropyLoss())


@pytest.mark.parametrize(
    ("hidden", "label_smoothing", "batch_size", "block"),
    [
        *product([(), (24,), (24, 12), (9, 8, 7)], [0, 0.1], [7], [40]),
        *product([(24, 12)], [0.1], [16, 7, 500], [512, 40, 1]),
    ],
)
def test_same_weights_and_figures_after_an_epoch_in_float64(
    monkeypatch, samples, hidden, label_smoothing, batch_size, block
):
    monkeypatch.setattr("nn.training.fused_gradient.BLOCK", block)
    fast = make_trainer(
        samples, nn.CrossEntropyLoss(label_smoothing), hidden=hidden, batch_size=batch_size
    )
    plain = make_trainer(
        samples, LayerByLayer(label_smoothing), hidden=hidden, batch_size=batch_size
    )
    figures = [next(e for e in t.run() if isinstance(e, EpochEnd)) for t in (fast, plain)]
    np.testing.assert_allclose(fast.network.parameters, plain.network.parameters, rtol=0, atol=1e-9)
    assert figures[0].train_loss == pytest.approx(figures[1].train_loss, rel=1e-9)
    assert figures[0].train_accuracy == figures[1].train_accuracy


@pytest.mark.parametrize("wide", [512, 12])
def test_same_weights_where_products_are_made_in_pieces(monkeypatch, samples, wide):
    monkeypatch.setattr("nn.training.fused_gradient.WIDE", wide)
    made = []

    def in_columns(matrix, pieces):
        made.append(pieces)
        return small_products.in_columns(matrix, pieces)

    monkeypatch.setattr("nn.training.fused_gradient.in_columns", in_columns)
    monkeypatch.setattr("nn.training.fused_gradient.COLUMNS", 4)
    monkeypatch.setattr(small_products, "DIRECT", 4000)
    monkeypatch.setattr(small_products, "kernel", lambda: "SkylakeX")
    monkeypatch.setattr(small_products, "current_threads", lambda: 1)
    fast, plain = (make_trainer(samples, loss()) for loss in (nn.CrossEntropyLoss, LayerByLayer))
    for trainer in (fast, plain):
        list(trainer.run())
    assert max(made) == 3
    np.testing.assert_allclose(fast.network.parameters, plain.network.parameters, rtol=0, atol=1e-9)


@pytest.mark.parametrize("hidden", [(24, 12), (9, 8, 7), (24,)])
def test_same_weights_of_wide_layers(monkeypatch, samples, hidden):
    monkeypatch.setattr("nn.training.fused_gradient.WIDE", 7)
    fast, plain = (
        make_trainer(samples, loss(), hidden=hidden, batch_size=19)
        for loss in (nn.CrossEntropyLoss, LayerByLayer)
    )
    for trainer in (fast, plain):
        list(trainer.run())
    np.testing.assert_allclose(fast.network.parameters, plain.network.parameters, rtol=0, atol=1e-9)


def test_same_weights_after_20_steps_in_float32(samples):
    fast = make_trainer(samples, nn.CrossEntropyLoss(), dtype="float32", epochs=3)
    plain = make_trainer(samples, LayerByLayer(), dtype="float32", epochs=3)
    for trainer in (fast, plain):
        steps(trainer, 20)
    np.testing.assert_allclose(fast.network.parameters, plain.network.parameters, rtol=0, atol=1e-5)


def test_goes_on_bit_for_bit_from_the_middle_of_a_block(samples):
    whole, first, second = (
        make_trainer(samples, nn.CrossEntropyLoss(), dtype="float32", epochs=2) for _ in range(3)
    )
    list(whole.run())
    steps(first, 18)
    second.restore(first.state())
    list(second.run())
    assert np.array_equal(second.network.parameters, whole.network.parameters)


def test_same_accuracy_after_5_epochs_of_digits():
    import data

    digits = data.load("digits")
    accuracies = []
    for loss in (nn.CrossEntropyLoss(), LayerByLayer()):
        network = nn.Network.mlp([784, 128, 64, 10], input_mean=0.13, input_std=0.3)
        optimizer = nn.SGD(network.parameters, network.gradients, learning_rate=0.1)
        trainer = nn.Trainer(
            network, optimizer, loss, digits.train_images, digits.train_labels, epochs=5
        )
        list(trainer.run())
        accuracies.append((network.predict(digits.test_images) == digits.test_labels).mean())
    assert accuracies[0] > 0.9
    assert accuracies[0] == pytest.approx(accuracies[1], abs=0.003)


def test_gradient_agrees_with_central_differences(samples):
    images, labels = samples
    network = make_trainer(samples, nn.CrossEntropyLoss()).network
    gradient = FusedGradient(network, nn.CrossEntropyLoss(0.2), images, labels, batch_size=8)
    gradient.order[...] = np.arange(len(images))
    gradient.compute(0)
    loss = nn.CrossEntropyLoss(0.2)
    inputs = network.scale_input(images[:8])
    for index in range(0, network.num_parameters, 37):
        values = []
        for change in (1e-6, -1e-6):
            network.parameters[index] += change
            values.append(loss(network.forward(inputs), labels[:8])[0])
            network.parameters[index] -= change
        expected = (values[0] - values[1]) / 2e-6
        assert network.gradients[index] == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize("kind", [BatchGradient, FusedGradient])
def test_shares_of_several_workers_add_up_to_the_whole_gradient(samples, kind):
    images, labels = (part[:17] for part in samples)
    network = make_trainer(samples, nn.CrossEntropyLoss()).network
    gradient = kind(network, nn.CrossEntropyLoss(), images, labels, batch_size=16)
    gradient.order[...] = np.arange(len(images))
    whole, part = np.zeros((2, network.num_parameters))
    for start in (0, 16):  # the second batch is one image, and leaves two workers without
        gradient.take_share(0, 1, whole)
        gradient.compute(start)
        total = np.zeros_like(whole)
        for worker in range(3):
            gradient.take_share(worker, 3, part)
            gradient.compute(start)
            total += part
        np.testing.assert_allclose(total, whole, rtol=0, atol=1e-12)
