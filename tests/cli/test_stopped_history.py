"""A stopped training's model has its best weights; its history ends with its last ones. It may be
stopped on its way through the validation images too."""

from itertools import count
from types import SimpleNamespace

import numpy as np

import data
import nn
from nn.cli.train.control import Command, Commands
from nn.cli.train.training import perform
from nn.history import History
from nn.runs import Run, RunWriter
from nn.training.build import build_network, build_trainer
from nn.training.events import BatchEnd

STEP = 61
"""Within an epoch of 15 steps, and nothing is kept there by itself."""


class StopsAt(Commands):
    """What a visitor says who presses Stop after so many steps."""

    def __init__(self, step):
        super().__init__()
        self._left = step + 1  # the training asks after its first event too

    def empty(self):
        self._left -= 1
        if self._left == 0:
            self.put(Command("stop"))
        return super().empty()


def test_the_last_record_holds_the_weights_of_its_step(tmp_path, monkeypatch):
    # However slow the computer is, no Progress falls due, which would be asked after too.
    ticks = count()
    clock = SimpleNamespace(perf_counter=lambda: 1e-6 * next(ticks))
    monkeypatch.setattr("nn.training.trainer.time", clock)
    config = nn.TrainingConfig(
        dataset="digits", hidden=(12,), batch_size=96, learning_rate=1.5, epochs=40, val_size=300
    )
    digits = data.load("digits")
    network = build_network(config, digits.train_images, digits.info.labels)
    trainer = build_trainer(config, network, digits.train_images, digits.train_labels, 1)
    for event in trainer.run():
        if isinstance(event, BatchEnd) and event.step == STEP:
            break
    last = trainer.network.parameters.copy()
    trainer.use_best_weights()
    best = trainer.network.parameters

    folder = tmp_path / "r"
    with RunWriter(folder, config.to_dict()) as writer:
        epochs = trainer.epochs_done  # of which each has an event of its own
        commands = StopsAt(STEP + epochs)
        outcome = perform(
            Run(folder), config, writer, commands, threads=1, resume=False, steered=True
        )
    assert outcome.ending == "stopped"
    history = History(folder)
    record = history.whole()[-1]
    assert record["step"] == history.answers()["step"][-1] == STEP
    found = history.network_at(record).parameters
    np.testing.assert_allclose(found, last, rtol=1e-3, atol=1e-6)
    assert not np.allclose(found, best, rtol=1e-2)
    np.testing.assert_array_equal(nn.load(folder / "model.safetensors").parameters, best)


class StopsAmongValidationImages(Commands):
    """What a visitor says who presses Stop as soon as the run in `folder` tells of them."""

    def __init__(self, folder):
        super().__init__()
        self._folder, self._has_said = folder, False

    def empty(self):
        if not self._has_said and Run(self._folder).last("validating"):
            self._has_said = True
            self.put(Command("stop"))
        return super().empty()


def test_a_stop_is_heard_among_the_validation_images(tmp_path, monkeypatch):
    monkeypatch.setattr("nn.training.validation.SHARE_SECONDS", 0.0)
    config = nn.TrainingConfig(
        dataset="digits", hidden=(12,), batch_size=96, epochs=2, val_size=300
    )
    folder, steps = tmp_path / "r", 12  # an epoch of 1,142 images
    with RunWriter(folder, config.to_dict()) as writer:
        how = {"threads": 1, "steered": True}
        commands = StopsAmongValidationImages(folder)
        perform(Run(folder), config, writer, commands, resume=False, **how)
        run = Run(folder)
        assert (run.status, run.epochs, run.events[-1]["step"]) == ("stopped", [], steps)
        perform(run, config, writer, Commands(), resume=True, **how)
    run.refresh()
    assert run.status == "finished"
    assert [event["epoch"] for event in run.epochs] == [1, 2]
