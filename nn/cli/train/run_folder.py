"""Which folder a training writes to and with which settings, or why not."""

import os
import shlex
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

import nn
from nn.checks import learning_rate
from nn.cli import datasets, targets
from nn.cli.train.options import config_from, flag, given_fields
from nn.runs import Run, new_run_id, remove_run, runs_folder, write_config
from nn.runs.config_file import CONFIG
from nn.search import read_origin
from nn.training.build import build_layers, check_start
from nn.training.config import TrainingConfig

RATE = flag("learning_rate")
_PIXELS = 28 * 28
_OF_LAYERS = ("convolutions", "hidden", "activation", "batch_norm", "dropout")


def choose(
    context: click.Context,
    folder: Path | None,
    resume: bool,
    recipe: str | None,
    start: Path | None,
    values: dict[str, Any],
) -> tuple[Run, TrainingConfig, bool]:
    """The run to train, its settings, and whether it is new; `values` are the parsed training
    options.

    Three cases: a new folder gets its settings from the options, and the weights of the model in
    the file `start`, if there is one, to begin with; one that holds only a config.json
    is trained with that; with `resume` an unfinished run goes on, or begins if it hasn't yet. Of
    the options only the learning rate may be given then, for a run that has begun.
    Anything else is a usage error that says what to do.
    """
    given = ["--recipe"] * (recipe is not None) + ["--from"] * (start is not None)
    given += [flag(field) for field in given_fields(context)]
    if resume:
        if folder is None:
            raise click.UsageError("--resume needs --run DIR, the folder of the run to go on with")
        with_rate = RATE in given
        run = _unfinished(folder, with_rate)
        others = [one for one in given if one != RATE]
        if others:
            raise click.UsageError(
                "--resume goes on with the run's own settings, of which only "
                f"{RATE} may be another; leave out {', '.join(others)}"
            )
        if with_rate:
            _check_rate(run, values["learning_rate"])
        return run, _config_of(run), False
    if folder is None:
        folder = runs_folder() / new_run_id()
    if _has_config(folder):
        run = _waiting(folder)
        if given:
            raise click.UsageError(
                f"{shown(folder)} already has its settings in config.json; "
                f"leave out {', '.join(given)} or choose another folder"
            )
        return run, _config_of(run), False
    config = config_from(values, given_fields(context))
    first = None if start is None else _first_network(start, config)
    try:
        write_config(folder, config.to_dict())
        if first is not None:
            nn.save(first, Run(folder).start_path)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--run") from error
    except OSError as error:
        raise targets.nowhere("the run", folder, error) from error
    return Run(folder), config, True


def forget_unless_begun(run: Run) -> None:
    """Remove a new run whose training did not begin: nobody would go on with it."""
    with suppress(OSError):  # what can't be removed does no harm
        run.refresh()
        if run.last("started") is None:
            remove_run(run)


def _first_network(start: Path, config: TrainingConfig) -> nn.Network:
    """The model to begin with, if a network of the settings can."""
    try:
        network = nn.load(start)
    except (ValueError, OSError) as error:
        raise click.BadParameter(str(error), param_hint="--from") from error
    if len(config.members) > 1:
        raise click.BadParameter(
            "an ensemble trains several networks, and only a single one can begin with a model; "
            f"--ensemble and the recipe ask for {len(config.members)}",
            param_hint="--from",
        )
    try:
        check_start(build_layers(config, _PIXELS, len(datasets.labels(config.dataset))), network)
    except ValueError as error:
        words = str(error).removeprefix("start ")
        options = ", ".join(map(flag, _OF_LAYERS))
        raise click.BadParameter(f"{words}; {options} make them", param_hint="--from") from error
    return network


def _has_config(folder: Path) -> bool:
    try:
        return (folder / CONFIG).exists()
    except OSError as error:  # a name that is too long
        raise click.BadParameter(str(error), param_hint="--run") from error


def shown(path: Path) -> str:
    """A path as a user would type it: relative where that is shorter, quoted where needed."""
    try:
        text = min(str(path), os.path.relpath(path), key=len)
    except ValueError:  # another drive
        text = str(path)
    return shlex.quote(text)


def resume_command(folder: Path) -> str:
    """The command that goes on with the run in `folder`."""
    return f"python -m nn train --run {shown(folder)} --resume"


def _check_rate(run: Run, rate: float) -> None:
    """Usage error if this can't be the learning rate with which a run goes on."""
    if not run.events:
        raise click.UsageError(
            f"the run in {shown(run.folder)} has not begun, so there is nothing to change: leave "
            f"out {RATE}, or train in a new folder"
        )
    if read_origin(run.folder) is not None:
        raise click.UsageError(
            f"the run in {shown(run.folder)} is a trial of a search, which has chosen its learning "
            f"rate: leave out {RATE}, or train in a new folder"
        )
    try:
        learning_rate(rate)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=RATE) from error


def _unfinished(folder: Path, with_rate: bool) -> Run:
    """The run in a folder if it can go on; `with_rate`: with another learning rate."""
    run = _idle(folder)
    if run.status == "finished":
        raise click.UsageError(
            f"the run in {shown(folder)} is already finished; choose another folder with --run, or "
            "train anew without --resume"
        )
    if run.has_diverged and not with_rate and not run.can_go_on:
        raise click.UsageError(
            f"the run in {shown(folder)} diverged and would do so again; go on with a smaller "
            f"learning rate by\n    {resume_command(folder)} {RATE} RATE\nor train anew with one"
        )
    return run


def _waiting(folder: Path) -> Run:
    run = _idle(folder)
    if run.status == "finished":
        raise click.UsageError(
            f"{shown(folder)} holds a finished run; choose another folder with --run"
        )
    if run.status != "waiting":
        raise click.UsageError(
            f"{shown(folder)} holds an unfinished run; go on with it by\n"
            f"    {resume_command(folder)}\nor choose another folder with --run"
        )
    return run


def _idle(folder: Path) -> Run:
    """The run in a folder, if no process trains there."""
    try:
        run = Run(folder)
    except (ValueError, OSError) as error:
        raise click.BadParameter(str(error), param_hint="--run") from error
    if run.is_active:
        raise click.UsageError(
            f"the run in {shown(folder)} is being trained at this moment; choose another folder "
            "with --run"
        )
    return run


def _config_of(run: Run) -> TrainingConfig:
    try:
        return TrainingConfig.from_dict(run.config)
    except ValueError as error:
        raise click.UsageError(f"{shown(run.folder / 'config.json')}: {error}") from error
