"""One training from its data to its closing event."""

import errno
import math
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import nn
from nn.cli import datasets
from nn.cli.train.checkpoints import Checkpoints
from nn.cli.train.control import Commands, signals_as_commands
from nn.cli.train.progress import ProgressBar
from nn.cli.train.results import final_results
from nn.cli.train.session import GoesOn, Resumed, Session
from nn.history.run_history import RunHistory
from nn.runs import DIVERGED, Run, RunWriter
from nn.runs.schema import PRUNED
from nn.training.build import begin_from, build_network, build_trainer
from nn.training.config import TrainingConfig
from nn.training.divergence import TrainingDiverged

if TYPE_CHECKING:
    from data import Dataset


@dataclass(frozen=True)
class Outcome:
    """How a training ended, see `Session`.

    `results` are those of `final_results` if the ending is "finished" or "stopped", else None.
    """

    ending: str
    signal: int
    results: dict[str, Any] | None
    network: nn.Network
    dataset: "Dataset"


def perform(
    run: Run,
    config: TrainingConfig,
    writer: RunWriter,
    commands: Commands,
    *,
    threads: int,
    resume: bool,
    steered: bool,
    max_seconds: float = math.inf,
    dataset: "Dataset | None" = None,
    goes_on: GoesOn = lambda _: True,
    learning_rate: float | None = None,
) -> Outcome:
    """Train the run and write its events and files; the number of `threads` goes into the events.

    After `max_seconds` on training steps it is stopped, or where `goes_on` says no after an epoch,
    and its closing event says why. A run that is resumed does so with the `learning_rate`, if there
    is one.

    The data are the `dataset`, or else that of the settings. One that isn't here is downloaded, but
    not if the training is `steered` by a program.
    After a "closed" or "signal" ending there is no closing event: the run counts as interrupted
    and can be resumed.

    Raises ClickException for whatever is not a fault of the program; a `failed` event with the
    message is written first.
    """
    trainer: nn.Trainer | nn.EnsembleTrainer | None = None
    checkpoints = Checkpoints(run)
    try:
        if dataset is None:
            dataset = datasets.load_dataset(config.dataset, fetch=not steered)
        network = build_network(config, dataset.train_images, dataset.info.labels)
        if run.start_path.is_file():
            begin_from(network, nn.load(run.start_path), config)
        trainer = build_trainer(
            config, network, dataset.train_images, dataset.train_labels, threads
        )
        resumed = (
            _go_on(trainer, run, checkpoints, learning_rate) if resume and run.events else None
        )
        if resumed is not None and resumed.note and not steered:
            click.echo(resumed.note, err=True)
        about: dict[str, object] = {
            "dataset": config.dataset,
            "test_samples": len(dataset.test_images),
        }
        epochs = sum(one.epochs for one in config.members)
        bar = ProgressBar(
            epochs,
            trainer.train_samples,
            trainer.epoch,
            val_samples=0 if trainer.val_images is None else len(trainer.val_images),
            quiet=steered,
        )
        history = RunHistory(run.folder, trainer, dataset.test_images, dataset.test_labels)
        with bar, signals_as_commands(commands):
            session = Session(
                trainer,
                writer,
                run.folder,
                commands,
                bar,
                history,
                checkpoints,
                threads=threads,
                about=about,
                resumed=resumed,
                max_seconds=max_seconds,
                goes_on=goes_on,
            )
            ending = session.run()
        results = None
        if ending in ("finished", "stopped"):
            # What follows takes a while for a large network, in which nothing else is said.
            writer.write("measuring", step=trainer.step, epoch=trainer.epoch)
            history.end()  # with the last weights, before the best ones take their place
            network = _final_network(trainer, run)
            results = final_results(trainer, network, run, dataset)
            why = {"reason": session.reason} if session.reason else {}
            writer.write(ending, step=trainer.step, epoch=trainer.epoch, **results, **why)
        if ending == "finished" or session.reason == PRUNED:
            checkpoints.remove()
        return Outcome(ending, session.signal, results, network, dataset)
    except Exception as error:
        message = _fail(error, trainer, run, writer, checkpoints)
        if isinstance(error, ValueError | OSError | MemoryError | TrainingDiverged):
            raise click.ClickException(message) from error
        raise


def _go_on(
    trainer: nn.Trainer | nn.EnsembleTrainer,
    run: Run,
    checkpoints: Checkpoints,
    learning_rate: float | None,
) -> Resumed:
    """Bring the trainer to where the run was left, or to where it still was all right; then with
    that learning rate, if there is one."""
    diverged = run.has_diverged
    if not diverged or (learning_rate is not None and not checkpoints.has_former_rate):
        note = checkpoints.load(trainer)
    else:
        checkpoints.load_former_rate(trainer)
        former = (
            f", with the former one of {trainer.base_learning_rate:g}: with the new one it diverged"
            if learning_rate is None
            else ""
        )
        began = f"This goes on from epoch {trainer.epoch:.2f}"
        note = f"{began}, before the learning rate was set{former}."
    if learning_rate is not None:
        trainer.base_learning_rate = learning_rate
        checkpoints.save(trainer)  # so that the next resume knows it too
    return Resumed(note, has_another_rate=diverged or learning_rate is not None)


def _final_network(trainer: nn.Trainer | nn.EnsembleTrainer, run: Run) -> nn.Network:
    """The network that came of the training, calibrated, which is saved."""
    trainer.use_best_weights()
    trainer.check_weights()  # stopped within an epoch, it may be about to diverge
    network = trainer.network
    if trainer.val_images is not None and trainer.val_labels is not None:
        nn.calibrate(network, trainer.val_images, trainer.val_labels)
    nn.save(network, run.model_path)
    return network


def _fail(
    error: Exception,
    trainer: nn.Trainer | nn.EnsembleTrainer | None,
    run: Run,
    writer: RunWriter,
    checkpoints: Checkpoints,
) -> str:
    """Save what is whole and write the `failed` event; returns its message."""
    if isinstance(trainer, nn.EnsembleTrainer) and trainer.finished_members:
        with suppress(OSError):
            nn.save(trainer.network, run.model_path)
    step, epoch = (trainer.step, trainer.epoch) if trainer else (0, 0.0)
    message, reason = _message(error, run), dict[str, str]()
    if isinstance(error, TrainingDiverged):
        reason["reason"] = DIVERGED
        if checkpoints.has_former_rate:
            message += ". Resume goes on from before it was set, with the former rate"
    with suppress(OSError):  # the disk may be full, which may be the very error
        writer.write("failed", step=step, epoch=epoch, message=message, **reason)
    return message


def _has_no_memory(error: Exception) -> bool:
    """Whether it is an error of a system or library that got no memory, in words of its own."""
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    words = "failed to map segment" if isinstance(error, ImportError) else "can't start new thread"
    return words in str(error)


_FOLDER_IS_GONE = "the folder of the run was removed or moved while it trained"
_FOLDER_IS_CLOSED = (
    "nothing can be written into the folder of the run any more: allow that, and resume the "
    "training; what was saved last is kept"
)
_FOLDER_FAULTS = {errno.ENOENT: _FOLDER_IS_GONE} | dict.fromkeys(
    (errno.EACCES, errno.EPERM, errno.EROFS), _FOLDER_IS_CLOSED
)


def _message(error: Exception, run: Run) -> str:
    """What went wrong, for people."""
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "the disk is full: make room and resume the training"
    if isinstance(error, OSError) and run.folder in Path(str(error.filename)).parents:
        fault = _FOLDER_FAULTS.get(error.errno or 0)
        if fault is not None:
            return fault
    if isinstance(error, MemoryError) or _has_no_memory(error):
        return "not enough memory: try a smaller batch_size or fewer hidden units"
    if isinstance(error, ValueError | OSError | TrainingDiverged):
        return str(error)
    return f"{type(error).__name__}: {error}"
