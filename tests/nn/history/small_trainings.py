"""Trainings that take a moment, with a history."""

from typing import Any

import numpy as np

import nn
from nn.history.run_history import RunHistory
from nn.training.build import build_network, build_trainer
from nn.training.events import BatchEnd, EpochEnd

RNG = np.random.default_rng(1)
LABELS = RNG.integers(0, 4, 260).astype(np.uint8)
IMAGES = RNG.integers(0, 100, (260, 8, 8)).astype(np.uint8)
IMAGES.reshape(260, 64)[np.arange(260), 16 * LABELS] += 150
TRAIN, TEST = slice(0, 200), slice(200, 260)


def make(threads=1, **settings):
    usual: dict[str, Any] = {"hidden": (12, 6), "batch_size": 20, "epochs": 4}
    config = nn.TrainingConfig(**usual | settings)
    network = build_network(config, IMAGES[TRAIN], list("abcd"))
    return build_trainer(config, network, IMAGES[TRAIN], LABELS[TRAIN], threads)


def train(folder, trainer, until=None):
    """Train with a history, up to a step or to the end; the fields it adds to ends of epochs."""
    history, added = RunHistory(folder, trainer, IMAGES[TEST], LABELS[TEST]), []
    for event in trainer.run():
        more = history.see(event)
        if isinstance(event, EpochEnd):
            added.append(more)
        if isinstance(event, BatchEnd) and event.step == until:
            break
    history.end()
    return added
