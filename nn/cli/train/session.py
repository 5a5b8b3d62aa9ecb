"""A training as a run: the trainer's events go into the run folder, commands are obeyed.

`Trainer` knows nothing of files or people; this is the loop around it that does.
"""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import nn
from nn.cli.train.checkpoints import Checkpoints
from nn.cli.train.control import Command, Commands
from nn.cli.train.progress import ProgressBar
from nn.history.run_history import RunHistory
from nn.runs import RunWriter
from nn.runs.reader import MODEL
from nn.runs.schema import OUT_OF_TIME, PRUNED, RunEvent
from nn.training.events import BatchEnd, EpochEnd, Event, Finished, Progress, Started, Validating

GoesOn = Callable[[RunEvent], bool]
"""Whether a training may go on, asked with the fields of an epoch."""
MODEL_SECONDS = 2.0  # the newest weights are written at most this often


@dataclass(frozen=True)
class Resumed:
    """A training goes on.

    note: what people should know about it, "" for nothing.
    has_another_rate: its learning rate is another than before: that from before the last change, or
        one that was asked for.
    """

    note: str = ""
    has_another_rate: bool = False


class Session:
    """Trains until the end, a "stop", a signal or the end of the control input.

    `run` returns how it ended: "finished", "stopped", "closed" (nobody is there any more) or
    "signal" (its number is then in `signal`); why it was "stopped" is in `reason`. In all but the
    first case a checkpoint of that very step lies in the folder, unless it was pruned.

    Args:
        trainer: new, or restored from a checkpoint.
        writer: of the run's folder, which is `folder`.
        commands: what to do, looked at between two batches.
        bar: where progress is shown.
        history: keeps what the run's history needs.
        checkpoints: keeps what a resume needs.
        threads: how many it is trained with, for the `started` or the first `resumed` event.
        about: more fields for the `started` event.
        resumed: the run has begun before, and goes on now; with what is to be said about it.
        max_seconds: it is stopped after so long on training steps.
        goes_on: asked after each epoch; where it says no, the training is stopped.
    """

    def __init__(
        self,
        trainer: nn.Trainer | nn.EnsembleTrainer,
        writer: RunWriter,
        folder: Path,
        commands: Commands,
        bar: ProgressBar,
        history: RunHistory,
        checkpoints: Checkpoints,
        *,
        threads: int,
        about: dict[str, object],
        resumed: Resumed | None,
        max_seconds: float,
        goes_on: GoesOn,
    ) -> None:
        self.signal = 0
        self.reason = ""
        self._max_seconds = max_seconds
        self._goes_on = goes_on
        self._threads = threads
        self._about = about
        self._resumed = resumed
        self._trainer = trainer
        self._writer = writer
        self._model_path = folder / MODEL
        self._checkpoints = checkpoints
        self._commands = commands
        self._bar = bar
        self._history = history
        self._step, self._epoch = 0, 0.0
        self._model_due = 0.0

    def run(self) -> str:
        """Train; returns how it ended."""
        for event in self._trainer.run():
            self._step, self._epoch = event.step, event.epoch
            more = self._history.see(event)
            if isinstance(event, Finished):
                break
            if not isinstance(event, BatchEnd):
                self._tell(event, more)
            while not self._commands.empty():
                ending = self._obey(self._commands.get())
                if ending:
                    self._save()
                    return ending
            if self._trainer.seconds > self._max_seconds:
                self._save()
                self.reason = OUT_OF_TIME
                return "stopped"
            if isinstance(event, EpochEnd) and not self._goes_on(asdict(event)):
                self.reason = PRUNED
                return "stopped"
            if self._checkpoints.is_due:
                self._save_checkpoint()
        return "finished"

    def _tell(self, event: Event, more: dict[str, Any]) -> None:
        """Write an event, with more fields, into the run folder and show it."""
        fields = asdict(event) | more
        del fields["step"], fields["epoch"]
        if isinstance(event, Started):
            if self._resumed is not None:
                note = {"note": self._resumed.note} if self._resumed.note else {}
                self._write("resumed", from_step=event.step, threads=self._threads, **note)
                if self._resumed.has_another_rate:
                    rate = self._trainer.base_learning_rate
                    self._write("set", name="learning_rate", value=rate)
            else:
                self._write("started", **fields, threads=self._threads, **self._about)
        elif isinstance(event, Progress):
            self._write("progress", **fields)
            self._bar.progress(
                event.epoch, event.train_loss, event.train_accuracy, event.samples_per_second
            )
        elif isinstance(event, Validating):
            self._write("validating", **fields)
            self._bar.validating(event.share)
        elif isinstance(event, EpochEnd):
            self._write("epoch", **fields)
            self._bar.epoch(
                event.epoch,
                event.train_loss,
                event.train_accuracy,
                event.val_accuracy,
                self._trainer.seconds,
            )
            if time.monotonic() >= self._model_due:
                self._save_model()

    def _obey(self, command: Command) -> str | None:
        """Do what a command says; returns the ending if it ends the training."""
        if command.name == "pause":
            return self._pause()
        if command.name == "set":
            self._trainer.check_weights()
            self._checkpoints.save_former_rate(self._trainer)
            self._trainer.base_learning_rate = command.value
            self._write("set", name="learning_rate", value=command.value)
            self._save_checkpoint()  # so that a resume knows the new rate too
        elif command.name == "stop":
            self.reason = command.reason
            return "stopped"
        elif command.name in ("closed", "signal"):
            self.signal = int(command.value)
            return command.name
        return None

    def _pause(self) -> str | None:
        """Wait for "resume", obeying other commands meanwhile."""
        self._save()
        self._write("paused")
        while True:
            command = self._commands.get()
            if command.name == "resume":
                self._write("resumed", from_step=self._step)
                return None
            ending = None if command.name == "pause" else self._obey(command)
            if ending:
                return ending

    def _save(self) -> None:
        self._save_checkpoint()
        self._save_model()

    def _save_model(self) -> None:
        nn.save(self._trainer.network, self._model_path)
        self._model_due = time.monotonic() + MODEL_SECONDS

    def _save_checkpoint(self) -> None:
        self._trainer.check_weights()  # about to diverge? Then what was saved before is better
        self._checkpoints.save(self._trainer)
        self._write("checkpoint")

    def _write(self, kind: str, **fields: object) -> None:
        self._writer.write(kind, step=self._step, epoch=self._epoch, **fields)
