"""Trials are trained in this process, one after another."""

import threading
from typing import TYPE_CHECKING

import click

from nn.cli.train.control import Command, Commands
from nn.cli.train.session import GoesOn
from nn.cli.train.training import perform
from nn.runs import Run, RunWriter
from nn.training.config import TrainingConfig

if TYPE_CHECKING:
    from data import Dataset


class LocalPlace:
    """Trains here, see `nn.cli.search.place.Place`.

    Args:
        dataset: of all trials.
        threads: processor cores for a training.
    """

    slots, lost = 1, None

    def __init__(self, dataset: "Dataset", threads: int) -> None:
        self._dataset, self._threads = dataset, threads
        self._current: Commands | None = None
        self._before: list[Command] = []
        self._steering = threading.Lock()

    def train(
        self, run: Run, writer: RunWriter, config: TrainingConfig, goes_on: GoesOn, resume: bool
    ) -> str:
        commands = Commands()
        with self._steering:
            self._current = commands
            for command in self._before:
                commands.put(command)
        try:
            outcome = perform(
                run,
                config,
                writer,
                commands,
                threads=self._threads,
                resume=resume,
                steered=True,
                dataset=self._dataset,
                goes_on=goes_on,
            )
        except click.ClickException:
            return "failed"  # the closing event says why
        finally:
            with self._steering:
                self._current = None
        return "interrupted" if outcome.results is None else outcome.ending

    def steer(self, command: Command) -> None:
        with self._steering:
            # What was said between two trainings counts for the next one.
            self._before = [] if command.name == "resume" else [command]
            if self._current is not None:
                self._current.put(command)

    def close(self) -> None:
        pass
