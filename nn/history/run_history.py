"""The history of a run, whether of one network or of an ensemble's."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from nn.history.reader import history_folder
from nn.history.recorder import Recorder
from nn.training.ensemble_trainer import EnsembleTrainer
from nn.training.events import BatchEnd, EpochEnd, Event
from nn.training.trainer import Trainer

Array = np.ndarray


class RunHistory:
    """Keeps what there is to keep at each event of a training.

    A disk that is full ends the history and not the training: it says so on standard error.

    Args:
        run_folder: of the run.
        trainer: new, or restored from a checkpoint.
        test_images, test_labels: of which some are answered; the training doesn't see them.
    """

    def __init__(
        self,
        run_folder: Path,
        trainer: Trainer | EnsembleTrainer,
        test_images: Array,
        test_labels: Array,
    ) -> None:
        self._folder, self._trainer = run_folder, trainer
        self._test = test_images, test_labels
        self._member = -1
        self._recorder: Recorder | None = None
        self._is_kept = True
        self._quiet_until = 0
        """Until this step there is nothing to keep."""
        self.see(None)

    def see(self, event: Event | None) -> dict[str, Any]:
        """Keep what there is to keep; more fields for an event, those of the end of an epoch."""
        if not self._is_kept or (type(event) is BatchEnd and event.step < self._quiet_until):
            return {}
        more: dict[str, Any] = {}
        with self._unless_disk_is_full():
            more = self._see(event)
        return more

    def end(self) -> None:
        """The training is over, whether or not all its epochs are done; it has not yet taken its
        best weights."""
        if self._is_kept:
            with self._unless_disk_is_full():
                self._of_this_member().end()

    @contextmanager
    def _unless_disk_is_full(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            print(f"the history of this run ends here: {error}", file=sys.stderr, flush=True)
            self._is_kept = False

    def _see(self, event: Event | None) -> dict[str, Any]:
        recorder = self._of_this_member()
        if isinstance(event, BatchEnd):
            self._quiet_until = event.step + recorder.batch_end()
        elif isinstance(event, EpochEnd):
            if recorder.trainer.is_over:
                recorder.end()  # now: after its last event a training takes its best weights
            return {"test_accuracy": recorder.accuracy()}
        return {}

    def _of_this_member(self) -> Recorder:
        member, trainer = 0, self._trainer
        if isinstance(trainer, EnsembleTrainer):
            member, trainer = trainer.current_member, trainer.current
        if self._recorder is None or member != self._member:
            folder = history_folder(self._folder, member)
            self._member, self._recorder = member, Recorder(folder, trainer, *self._test)
            self._quiet_until = 0
        return self._recorder
