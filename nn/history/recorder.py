"""Keeping a history while a network is trained, for a small share of the time.

What a record takes is not known before, and more on a busy computer: the share is kept by what the
fastest of its kind has taken.

Everything is looked at on a copy of the network, between two of its steps: what the training does
is the same, bit for bit, with and without.
"""

import time
from pathlib import Path
from typing import Any

import numpy as np

from nn.history.about import write_about
from nn.history.answers import Answering, answers_dtype
from nn.history.health import health, health_dtype
from nn.history.moments import is_moment, next_moment
from nn.history.records import RecordFile
from nn.history.weights import (
    BYTES,
    WHOLE_MOMENTS,
    WHOLE_PARAMETERS,
    first_layer_dtype,
    first_layer_fields,
    state_of,
    whole_dtype,
    whole_fields,
)
from nn.layers.row import row_widths
from nn.network import Network
from nn.training.trainer import Trainer

Array = np.ndarray

ANSWERS = 2000
"""So many test images, at most, are answered at each moment."""
PROBE = 512
"""And so many training images, at most, tell how the layers fare."""
PROBE_VALUES = 4_000_000
"""Fewer where they would take more than so many values in all layers."""
HEALTH_MOMENTS = 200
ANSWER_MOMENTS = 400
SHARE = 0.016
"""Of the training's time that a history may take, but for `EPOCH_SHARE` ..."""
EARLY = 0.25
"""... of which this part is for the first steps ..."""
FREE_SECONDS = 0.1
"""... and so much it may take in any case, half of it from the start and all of it by the end: a
training of a few seconds has moments all along, too."""
ANSWERS_PART, WEIGHTS_PART, HEALTH_PART = 0.4, 0.2, 0.4
"""Of that time: what is told soon would leave nothing for the others."""
EPOCH_SHARE = 0.025
"""The answers at the end of an epoch, which its event tells of, may take this part of its time even
where nothing is left."""
WHOLE_EPOCHS = (0, 1)
"""When all weights of a large network are kept; and once more at the end."""
SEED = (0, 0, 2)
"""Draws the images, for every training the same ones."""


class Recorder:
    """Keeps the history of one network's training.

    Args:
        folder: where the records go.
        trainer: new, or restored from a checkpoint; then what was kept beyond its step is dropped.
        test_images, test_labels: of which some are answered. The training doesn't see them.
    """

    def __init__(
        self, folder: Path, trainer: Trainer, test_images: Array, test_labels: Array
    ) -> None:
        self.trainer, self._network = trainer, trainer.network.copy()
        images, self._test_labels, test_places = _some(test_images, test_labels, ANSWERS)
        self._answering = Answering(self._network, images, trainer.workers)
        self._probe = probe(trainer)
        self._costs = dict[RecordFile, float]()
        self._accuracy: tuple[int, float | None] = -1, None
        self._before: Array | None = None
        """The parameters a step before a moment."""
        folder.mkdir(parents=True, exist_ok=True)
        small = self._network.num_parameters <= WHOLE_PARAMETERS
        whole, first = whole_dtype(self._network), first_layer_dtype(self._network)
        self._weights = RecordFile(
            folder / "weights.bin",
            whole if small else first,
            max(8, BYTES // (whole if small else first).itemsize),
        )
        self._whole = None if small else RecordFile(folder / "whole.bin", whole, WHOLE_MOMENTS)
        self._answers = RecordFile(
            folder / "answers.bin", answers_dtype(len(test_places)), ANSWER_MOMENTS
        )
        self._health = RecordFile(
            folder / "health.bin", health_dtype(self._network), HEALTH_MOMENTS
        )
        self._parts = {
            self._answers: ANSWERS_PART,
            self._weights: WEIGHTS_PART,
            self._health: HEALTH_PART,
        }
        before = self._share_so_far()  # had been spent when a training which goes on was left
        self._spent_before = {file: part * before for file, part in self._parts.items()}
        self._counts = dict.fromkeys(self._parts, 0)
        for file in self._files:
            steps = file.read()["step"]
            # Where it ended before, which may be at any step, is not its end any more; and what
            # begins anew has no moments yet.
            kept = (0 < trainer.step >= s and is_moment(s, trainer.steps_per_epoch) for s in steps)
            file.keep(list(kept))
        if self._whole is not None:
            steps = self._whole.read()["step"]
            self._whole.keep(steps <= max(WHOLE_EPOCHS) * trainer.steps_per_epoch)
        write_about(
            folder, self._network, trainer.steps_per_epoch, test_places, len(self._probe[1])
        )
        self._first = self._beginning()
        if not trainer.step:
            self._record()
        self._remember_before()

    @property
    def _files(self) -> list[RecordFile]:
        files = [self._weights, self._answers, self._health]
        return files if self._whole is None else [*files, self._whole]

    def batch_end(self) -> int:
        """A step is done: keep what there is to keep at this moment.

        Returns how many steps may be made until it has to be called again.
        """
        step, steps_per_epoch = self.trainer.step, self.trainer.steps_per_epoch
        if is_moment(step, steps_per_epoch):
            self._record()
        self._remember_before()
        return max(1, next_moment(step, steps_per_epoch) - 1 - step)

    def accuracy(self) -> float | None:
        """The share of the test images that were read right at the newest moment, if that is now;
        else None."""
        return self._accuracy[1] if self._accuracy[0] == self.trainer.step else None

    @np.errstate(over="ignore", invalid="ignore")
    def end(self) -> None:
        """The training is over, perhaps before its time: the weights that it ends with and their
        answers are kept, of a large network all weights."""
        files = [file for file in (self._answers, self._weights, self._whole) if file is not None]
        missing = [file for file in files if self.trainer.step not in file.read()["step"]]
        if missing and self._copy_weights():
            for file in missing:
                file.add(self.trainer.step, self.trainer.epoch, **self._fields(file))

    def _remember_before(self) -> None:
        if is_moment(self.trainer.step + 1, self.trainer.steps_per_epoch):
            self._before = self.trainer.network.parameters.copy()

    @np.errstate(over="ignore", invalid="ignore")
    def _record(self) -> None:
        if not self._copy_weights():
            return
        trainer = self.trainer
        in_any_case = trainer.step in (0, trainer.epochs * trainer.steps_per_epoch)
        for file in (self._answers, self._weights, self._health):
            # The answers are for the event at the end of an epoch, too.
            if file is self._answers or file.wants(trainer.epoch) or in_any_case:
                self._timed(file, in_any_case)
        if self._whole is not None and trainer.epoch in WHOLE_EPOCHS:
            self._whole.add(trainer.step, trainer.epoch, **self._fields(self._whole))

    def _timed(self, file: RecordFile, in_any_case: bool) -> None:
        """Keep something if there is time for it."""
        cost = self._costs.get(file, 0.0)
        if in_any_case or self._has_time(file, cost) or self._ends_epoch(file, cost):
            began = time.perf_counter()
            keep = file.add if in_any_case else file.append
            keep(self.trainer.step, self.trainer.epoch, **self._fields(file))
            seconds = time.perf_counter() - began
            self._costs[file] = min(seconds, self._costs.get(file, seconds))
            self._counts[file] += 1

    def _has_time(self, file: RecordFile, cost: float) -> bool:
        """Whether so many seconds are left of this file's part.

        Each record counts with what one took at best: the first ones, or those of a busy moment,
        may take many times as long, and would end the history there. So would another file's, which
        is why each has a part of its own.
        """
        may_spend = max(FREE_SECONDS * (1 + self._done()) / 2, self._share_so_far())
        spent = self._spent_before[file] + self._counts[file] * cost
        return spent + cost <= self._parts[file] * may_spend

    def _ends_epoch(self, file: RecordFile, cost: float) -> bool:
        """Whether these are the answers that the end of an epoch tells of, and cheap enough."""
        trainer, done = self.trainer, self.trainer.step // self.trainer.steps_per_epoch
        is_end = done > 0 and trainer.step % trainer.steps_per_epoch == 0
        return is_end and file is self._answers and cost <= EPOCH_SHARE * trainer.seconds / done

    def _share_so_far(self) -> float:
        """Seconds of the training's that may be spent up to now: a part of what there is in all is
        for the beginning."""
        trainer = self.trainer
        whole = trainer.epochs * trainer.seconds / trainer.epoch if trainer.step else 0.0
        return SHARE * whole * (EARLY + (1 - EARLY) * self._done())

    def _done(self) -> float:
        """Which part of the training is done."""
        return min(1.0, self.trainer.epoch / self.trainer.epochs)

    def _copy_weights(self) -> bool:
        """Take over the weights as they are now; False if the training has diverged, which it will
        find out by itself."""
        self._network.load_state_dict(self.trainer.network.state_dict())
        return bool(np.isfinite(self._network.parameters).all())

    def _fields(self, file: RecordFile) -> dict[str, Any]:
        """Of a record of this file but for its moment."""
        if file is self._answers:
            return self._answer_fields()
        if file is self._health:
            return self._health_fields()
        small = self._whole is None
        return (whole_fields if small or file is self._whole else first_layer_fields)(self._network)

    def _answer_fields(self) -> dict[str, Any]:
        probabilities = self._answering()
        classes = probabilities.argmax(axis=1)
        self._accuracy = self.trainer.step, float(np.mean(classes == self._test_labels))
        shares = np.rint(255 * np.nan_to_num(probabilities.max(axis=1)))
        return {"classes": classes, "probabilities": shares}

    def _health_fields(self) -> dict[str, Any]:
        now = self._network.parameters
        changes = now - (now if self._before is None else self._before)
        images, labels, _ = self._probe
        return health(self._network, images, labels, self.trainer.loss, changes, self._first)

    def _beginning(self) -> Array:
        """The parameters that the training began with, as far as they are known."""
        kept = (self._whole or self._weights).read()
        if self.trainer.step and len(kept) and kept["step"][0] == 0:
            self._network.load_state_dict(state_of(self._network, kept["values"][0]))
        return self._network.parameters.copy()


def probe(trainer: Trainer) -> tuple[Array, Array, Array]:
    """The training images that tell how the layers fare; their labels and their places."""
    network = trainer.network
    row = network.in_features + sum(_widths(network))
    count = max(1, min(PROBE, PROBE_VALUES // row))
    return _some(trainer.train_images, trainer.train_labels, count)


def _some(images: Array, labels: Array, count: int) -> tuple[Array, Array, Array]:
    """So many of the images, or all, always the same ones; their labels and their places."""
    order = np.random.default_rng(SEED).permutation(len(labels))
    places = np.sort(order[:count])
    return images[places], labels[places], places


def _widths(network: Network) -> list[int]:
    """How many values come out of each layer."""
    return row_widths(network.layers, network.in_features)[1:]
