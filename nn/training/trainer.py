"""Training: batches, epochs, validation, and what has to be kept to go on exactly."""

import math
import time
from collections.abc import Generator
from typing import Any

import numpy as np

from nn.augment import Augmentation
from nn.augment.augmentation import check_square
from nn.checks import learning_rate, real_number, whole_number
from nn.images import check_samples
from nn.layers.row import MAX_WEIGHT
from nn.losses.loss import Loss
from nn.network import Network
from nn.optimizers.optimizer import Optimizer
from nn.schedules import ConstantSchedule
from nn.schedules.schedule import Factor
from nn.training.batch_gradient import BatchGradient, check_rows
from nn.training.divergence import TrainingDiverged, diverged
from nn.training.events import BatchEnd, EpochEnd, Event, Finished, Progress, Started, Validating
from nn.training.fused_gradient import FusedGradient, is_fusible
from nn.training.one_worker import OneWorker
from nn.training.state import TrainingState, restore_state, take_state
from nn.training.tally import Tally
from nn.training.validation import BestWeights, Validation
from nn.training.workers import Workers, check_workers, new_workers

Array = np.ndarray

FIRST_PROGRESS_SECONDS = 0.05
"""The first Progress comes this early, so that whoever watches sees that something happens."""


class Trainer:
    """Trains a network by mini-batches; `run` is a generator that reports what happens.

    Every epoch goes through all training images in a new order that depends only on `seed` and the
    number of the epoch. The same arguments give the same weights, bit for bit, on one computer with
    one number of BLAS threads and workers, also when the training is interrupted and goes on by
    `restore`; reported losses are the same but for rounding (1e-6).

    Args:
        network: what is trained, in place.
        optimizer: works on the network's vectors; its learning rate is the base of the schedule.
        loss: maps logits and labels to the mean loss and its gradient.
        train_images: (n, height, width) or (n, in_features), uint8 or floats in [0, 1]; only read,
            and not copied if it is a contiguous array, so it may be mapped from a file.
        train_labels: (n,) integers.
        val_images, val_labels: the same for validation after each epoch, or None.
        schedule: factor on the learning rate, see `nn.schedules`.
        batch_size: images per step; the last batch of an epoch may be smaller.
        epochs: how many times all training images are used.
        seed: of the order of the images.
        patience: end after so many epochs without a lower validation loss; None for never.
        progress_seconds: time between two Progress events.
        workers: processes that train on each batch together, see `nn.training.workers`. With more
            than one, the loss must be a mean over the samples, and `network.gradients` is of use to
            nobody.
        augmentation: how the training images, square and uint8 then, are distorted at random, anew
            in every epoch.
        keep_best: with validation, end with the weights of the epoch with the lowest validation
            loss and not with the last ones.

    Raises ValueError if an argument is out of range or doesn't fit the others.
    """

    def __init__(
        self,
        network: Network,
        optimizer: Optimizer,
        loss: Loss,
        train_images: Any,
        train_labels: Any,
        *,
        val_images: Any = None,
        val_labels: Any = None,
        schedule: Factor = ConstantSchedule(),  # noqa: B008 (it has no state)
        batch_size: int = 64,
        epochs: int = 50,
        seed: int = 0,
        patience: int | None = None,
        progress_seconds: float = 0.2,
        workers: int = 1,
        augmentation: Augmentation = Augmentation(),  # noqa: B008 (it cannot change)
        keep_best: bool = True,
    ) -> None:
        if optimizer.parameters is not network.parameters:
            raise ValueError("optimizer must be made for the network's own parameters")
        self.network = network
        self.optimizer = optimizer
        self._loss = loss
        self.schedule = schedule
        if augmentation.is_active:
            check_square(train_images)  # as they come: below, height and width are one
        sizes = network.in_features, network.num_classes
        self.train_images, self.train_labels = check_samples(
            "train", train_images, train_labels, *sizes
        )
        self.validation = Validation(
            network, loss, val_images, val_labels, patience=patience, keep_best=keep_best
        )
        self.val_images, self.val_labels = self.validation.images, self.validation.labels
        self.train_samples = len(self.train_images)
        self.val_samples = 0 if self.val_images is None else len(self.val_images)
        self.batch_size = whole_number("batch_size", batch_size, 1, 1_000_000)
        self.epochs = whole_number("epochs", epochs, 1, 1_000_000)
        self.seed = whole_number("seed", seed, 0, 2**63 - 1)
        self.progress_seconds = real_number("progress_seconds", progress_seconds, 0, 3600)
        self.base_learning_rate = optimizer.learning_rate

        rows = min(self.batch_size, self.train_samples)
        check_rows(network, rows)
        self.workers = check_workers(workers, network, optimizer, rows)
        fastest = FusedGradient if is_fusible(network, loss) else BatchGradient
        self._gradient = fastest(
            network, loss, self.train_images, self.train_labels, rows, augmentation, self.seed
        )
        self._workers: OneWorker | Workers | None = None
        self._recent, self._recent_since = Tally(), 0.0
        self._uncounted = 0
        """Images trained on that are not yet in `epoch_tally` and `_recent`."""

        self.steps_per_epoch = math.ceil(self.train_samples / self.batch_size)
        self.step = 0
        self.epochs_done = 0
        self.seconds = 0.0
        """Time spent on training steps: without validation, pauses and handling of events."""
        self.epoch_tally = Tally()

    @property
    def loss(self) -> Loss:
        return self._loss

    @property
    def best(self) -> BestWeights | None:
        """The weights with the lowest validation loss so far, None if they are not kept."""
        return self.validation.best

    @property
    def epoch(self) -> float:
        """Epochs done, with a fraction for the one under way."""
        return self.step / self.steps_per_epoch

    @property
    def base_learning_rate(self) -> float:
        """The learning rate before the schedule; may be set while the training runs. The rate in
        use is the optimizer's, `optimizer.learning_rate`."""
        return self._base_learning_rate

    @base_learning_rate.setter
    def base_learning_rate(self, value: float) -> None:
        self._base_learning_rate = learning_rate(value)

    @property
    def is_over(self) -> bool:
        """Whether all epochs are done or patience is at its end."""
        done = self.epochs_done
        return done >= self.epochs or self.validation.is_out_of_patience(done)

    def run(self) -> Generator[Event, None, None]:
        """Train until all epochs are done or patience is at its end, and report on the way.

        Whoever iterates decides how long: between two events nothing happens, and after leaving
        off `run` may be called again to go on. With several workers the helpers live, and BLAS has
        one thread in this process, until the generator has ended or is closed. Raises
        TrainingDiverged when the loss is no longer finite, which is looked at before every Progress
        and at the end of an epoch, as are the weights by `check_weights`.
        """
        yield Started(
            step=self.step,
            epoch=self.epoch,
            epochs=self.epochs,
            batch_size=self.batch_size,
            steps_per_epoch=self.steps_per_epoch,
            train_samples=self.train_samples,
            val_samples=self.val_samples,
            num_parameters=self.network.num_parameters,
        )
        self._count()  # what a run that was left off, but not closed, has still to tell
        self._recent, self._recent_since = Tally(), self.seconds
        with new_workers(self._gradient, self.optimizer, self.workers) as workers:
            self._workers = workers
            try:
                yield from self._train_epochs(workers)
            finally:
                if self._workers is workers:
                    try:
                        self._count()
                    finally:  # also when a helper has died
                        self._workers, self._uncounted = None, 0
        if self._recent.samples:
            yield self._progress()
        self.use_best_weights()
        yield Finished(
            step=self.step,
            epoch=self.epoch,
            best_epoch=self.best.epoch if self.best else None,
            stopped_early=self.epochs_done < self.epochs,
        )

    def _train_epochs(self, workers: OneWorker | Workers) -> Generator[Event, None, None]:
        progress_due = time.perf_counter() + min(FIRST_PROGRESS_SECONDS, self.progress_seconds)
        while not self.is_over:
            rng = np.random.default_rng([self.seed, self.epochs_done])
            workers.set_epoch(self.epochs_done, rng.permutation(self.train_samples))
            steps_done = self.step - self.epochs_done * self.steps_per_epoch
            for start in range(steps_done * self.batch_size, self.train_samples, self.batch_size):
                began = time.perf_counter()
                self._train_batch(workers, start)
                now = time.perf_counter()
                self.seconds += now - began
                yield BatchEnd(self.step, self.epoch)
                if now >= progress_due:
                    self._collect()
                    yield self._progress()
                    progress_due = time.perf_counter() + self.progress_seconds
            self._collect()
            yield from self._end_epoch()

    def _train_batch(self, workers: OneWorker | Workers, start: int) -> None:
        """One step, on the batch that begins there in the epoch's order."""
        workers.compute_gradient(start)
        factor = self.schedule(self.epoch, self.epochs)
        self.optimizer.learning_rate = self.base_learning_rate * factor
        workers.update()
        self.step += 1
        self._uncounted += min(self.batch_size, self.train_samples - start)

    def _count(self) -> None:
        """Add what the workers have counted since the last time to the tallies."""
        if self._workers is not None and self._uncounted:
            loss_sum, correct = self._workers.collect()
            for tally in (self.epoch_tally, self._recent):
                tally.add(loss_sum, correct, self._uncounted)
            self._uncounted = 0

    def _collect(self) -> None:
        """Bring the tallies up to date; raises TrainingDiverged if the loss is not finite."""
        self._count()
        if not math.isfinite(self.epoch_tally.loss):
            raise self._diverged(f"the loss is {self.epoch_tally.loss}")

    def _progress(self) -> Progress:
        """The means since the last Progress."""
        recent, seconds = self._recent, self.seconds - self._recent_since
        self._recent, self._recent_since = Tally(), self.seconds
        return Progress(
            step=self.step,
            epoch=self.epoch,
            train_loss=recent.mean_loss,
            train_accuracy=recent.accuracy,
            samples_per_second=recent.samples / seconds,
            learning_rate=self.optimizer.learning_rate,
        )

    def _end_epoch(self) -> Generator[Event, None, None]:
        """Validate, keep the weights if they are the best yet, and get ready for the next epoch.
        Whoever goes on after leaving off here validates from the start."""
        self.check_weights()
        for share in self.validation.look(self.epochs_done + 1):
            yield Validating(self.step, self.epoch, share)
        val_loss, val_accuracy = self.validation.newest
        if val_loss is not None and not math.isfinite(val_loss):
            raise self._diverged(f"the validation loss is {val_loss}")
        self.epochs_done += 1
        tally, self.epoch_tally = self.epoch_tally, Tally()
        yield EpochEnd(
            self.step, self.epochs_done, tally.mean_loss, tally.accuracy, val_loss, val_accuracy
        )

    def _diverged(self, what: str) -> TrainingDiverged:
        return diverged(what, self.step, self.epoch, self.base_learning_rate)

    def check_weights(self) -> None:
        """Raise TrainingDiverged if the network's values are beyond `Network.check_values`."""
        try:
            self.network.check_values()
        except ValueError as error:
            raise self._diverged(f"a weight is beyond {MAX_WEIGHT:,.0f} or no number") from error

    def use_best_weights(self) -> None:
        """Give the network the weights with the lowest validation loss, if they are kept."""
        self.validation.use_best_weights()

    def state(self) -> TrainingState:
        """A copy of all that the rest of the training depends on; take it between two events.

        Raises TrainingDiverged if the loss is no longer finite.
        """
        self._collect()
        return take_state(self)

    def restore(self, state: TrainingState) -> None:
        """Go on at the next `run` exactly where `state` was taken, in this or another process.

        Raises ValueError, before anything is changed, if it is the state of another training.
        """
        self._count()
        restore_state(self, state)
