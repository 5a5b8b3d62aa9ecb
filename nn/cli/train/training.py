"""One training from its data to its closing event."""

import errno
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

import nn
from nn.cli import datasets
from nn.cli.train.control import Commands, signals_as_commands
from nn.cli.train.progress import ProgressBar
from nn.cli.train.results import final_results
from nn.cli.train.session import Session
from nn.history.run_history import RunHistory
from nn.runs import Run, RunWriter
from nn.training.build import build_network, build_trainer
from nn.training.checkpoint import load_checkpoint
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
) -> Outcome:
    """Train the run and write its events and files; the number of `threads` goes into the events.

    A dataset that isn't here is downloaded, but not if the training is `steered` by a program.
    After a "closed" or "signal" ending there is no closing event: the run counts as interrupted
    and can be resumed.

    Raises ClickException for whatever is not a fault of the program; a `failed` event with the
    message is written first.
    """
    trainer: nn.Trainer | nn.EnsembleTrainer | None = None
    try:
        dataset = datasets.load_dataset(config.dataset, fetch=not steered)
        network = build_network(config, dataset.train_images, dataset.info.labels)
        trainer = build_trainer(
            config, network, dataset.train_images, dataset.train_labels, threads
        )
        resumed = resume and bool(run.events)
        if resumed and run.checkpoint_path.exists():
            load_checkpoint(trainer, run.checkpoint_path)
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
                threads=threads,
                about=about,
                resumed=resumed,
            )
            ending = session.run()
        results = None
        if ending in ("finished", "stopped"):
            history.end()  # with the last weights, before the best ones take their place
            trainer.use_best_weights()
            trainer.check_weights()  # stopped within an epoch, it may be about to diverge
            network = trainer.network
            if trainer.val_images is not None and trainer.val_labels is not None:
                nn.calibrate(network, trainer.val_images, trainer.val_labels)
            nn.save(network, run.model_path)
            results = final_results(trainer, network, run, dataset)
            writer.write(ending, step=trainer.step, epoch=trainer.epoch, **results)
        if ending == "finished":
            with suppress(OSError):  # it is of no use any more, but does no harm
                run.checkpoint_path.unlink()
        return Outcome(ending, session.signal, results, network, dataset)
    except Exception as error:
        if isinstance(trainer, nn.EnsembleTrainer) and trainer.finished_members:
            with suppress(OSError):
                nn.save(trainer.network, run.model_path)  # of those that are whole
        step, epoch = (trainer.step, trainer.epoch) if trainer else (0, 0.0)
        message = _message(error)
        with suppress(OSError):  # the disk may be full, which may be the very error
            writer.write("failed", step=step, epoch=epoch, message=message)
        if isinstance(error, ValueError | OSError | MemoryError | TrainingDiverged):
            raise click.ClickException(message) from error
        raise


def _message(error: Exception) -> str:
    """What went wrong, for people."""
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "the disk is full: make room and resume the training"
    if isinstance(error, MemoryError):
        return "not enough memory: try a smaller batch_size or fewer hidden units"
    if isinstance(error, ValueError | OSError | TrainingDiverged):
        return str(error)
    return f"{type(error).__name__}: {error}"
