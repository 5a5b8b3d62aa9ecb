"""A training with a history, made in a moment, for the tests of the ways to watch it."""

import json
from pathlib import Path
from typing import Any

import data
import nn
from nn import runs
from nn.history import recorder
from nn.history.run_history import RunHistory
from nn.training.build import build_network, build_trainer

LABELS = [str(digit) for digit in range(10)]


def record(folder: Path, monkeypatch: Any, **settings: Any) -> None:
    """Train on the built-in digits in `folder`, which need not exist, and keep everything."""
    # Not depending on how busy the computer is.
    monkeypatch.setattr(recorder, "FREE_SECONDS", 1000.0)
    digits = data.load("digits")
    config = nn.TrainingConfig(
        **{"dataset": "digits", "hidden": (40,), "epochs": 3, "val_size": 0} | settings
    )
    with runs.RunWriter(folder, config.to_dict()) as writer:
        network = build_network(config, digits.train_images, LABELS)
        trainer = build_trainer(config, network, digits.train_images, digits.train_labels)
        writer.write("started", epochs=config.epochs, train_samples=len(digits.train_labels))
        history = RunHistory(folder, trainer, digits.test_images, digits.test_labels)
        for event in trainer.run():
            history.see(event)
        history.end()
        writer.write("finished", trainer.step, config.epochs, test_accuracy=0.9, seconds=1.0)


def sent(page: Any, name: str) -> list[dict[str, Any]]:
    """What the parts of the page whose data have a field of this name were given."""
    found = [json.loads(element.proto.json) for element in page.get("bidi_component")]
    return [given for given in found if name in given]
