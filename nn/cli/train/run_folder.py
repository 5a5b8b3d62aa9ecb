"""Which folder a training writes to and with which settings, or why not."""

import os
import shlex
from pathlib import Path
from typing import Any

import click

from nn.cli.train.options import config_from, flag, given_fields
from nn.runs import DIVERGED, Run, new_run_id, runs_folder, write_config
from nn.training.config import TrainingConfig


def choose(
    context: click.Context,
    folder: Path | None,
    resume: bool,
    recipe: str | None,
    values: dict[str, Any],
) -> tuple[Run, TrainingConfig]:
    """The run to train and its settings; `values` are the parsed training options.

    Three cases: a new folder gets its settings from the options; one that holds only a config.json
    is trained with that; with `resume` an unfinished run goes on, or begins if it hasn't yet.
    Anything else is a usage error that says what to do.
    """
    given = ["--recipe"] * (recipe is not None) + [flag(f) for f in given_fields(context)]
    if resume:
        if folder is None:
            raise click.UsageError("--resume needs --run DIR, the folder of the run to go on with")
        run = _unfinished(folder)
        if given:
            raise click.UsageError(
                f"--resume goes on with the run's own settings; leave out {', '.join(given)}"
            )
        return run, _config_of(run)
    if folder is None:
        folder = runs_folder() / new_run_id()
    if _has_config(folder):
        run = _waiting(folder)
        if given:
            raise click.UsageError(
                f"{shown(folder)} already has its settings in config.json; "
                f"leave out {', '.join(given)} or choose another folder"
            )
        return run, _config_of(run)
    config = config_from(values, given_fields(context))
    try:
        write_config(folder, config.to_dict())
    except (ValueError, OSError) as error:
        raise click.BadParameter(str(error), param_hint="--run") from error
    return Run(folder), config


def _has_config(folder: Path) -> bool:
    try:
        return (folder / "config.json").exists()
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


def _unfinished(folder: Path) -> Run:
    run = _idle(folder)
    if run.status == "finished":
        raise click.UsageError(f"the run in {shown(folder)} is already finished")
    if run.status == "failed" and run.events[-1].get("reason") == DIVERGED and not run.can_go_on:
        raise click.UsageError(
            f"the run in {shown(folder)} diverged and would do so again; train anew with a "
            "smaller --learning-rate"
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
        raise click.UsageError(f"the run in {shown(folder)} is being trained at this moment")
    return run


def _config_of(run: Run) -> TrainingConfig:
    try:
        return TrainingConfig.from_dict(run.config)
    except ValueError as error:
        raise click.UsageError(f"{shown(run.folder / 'config.json')}: {error}") from error
