"""The trainer refuses at once what it can't train with, and says what would be right."""

import numpy as np
import pytest

import nn

FEATURES, CLASSES = 20, 4


def build(**changes):
    """A trainer from plain arguments, of which some are changed."""
    network = nn.Network.mlp([FEATURES, 5, CLASSES], batch_norm=changes.pop("batch_norm", False))
    rng = np.random.default_rng(0)
    arguments = {
        "network": network,
        "optimizer": nn.SGD(network.parameters, network.gradients),
        "loss": nn.CrossEntropyLoss(),
        "train_images": rng.integers(0, 256, (30, FEATURES), dtype=np.uint8),
        "train_labels": rng.integers(0, CLASSES, 30),
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
