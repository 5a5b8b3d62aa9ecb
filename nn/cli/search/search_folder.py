"""Which folder a search writes to and with which settings, or why not."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from nn.cli import targets
from nn.cli.datasets import train_size
from nn.cli.train.options import config_from, flag, given_fields
from nn.cli.train.run_folder import shown
from nn.runs import new_run_id
from nn.search import (
    Search,
    SearchSettings,
    parse_parameter,
    searches_folder,
    validation_size,
    write_search,
)
from nn.search.folder import SETTINGS

_FIELDS = {"minutes": "--minutes", "seed": "--search-seed"}
"""Fields of `SearchSettings` with an option of another kind than --param, which may be wrong."""
_OWN = ("param", "trials", "minutes", "sampler", "prune", "metric", "search_seed", "recipe")
"""Options, besides those of a training, that say what a search does."""


def choose(
    context: click.Context, folder: Path | None, resume: bool, join: bool, values: dict[str, Any]
) -> Search:
    """The search to work on; `values` are those of all options.

    A new folder gets its settings from the options. With one that is a search already, that goes
    on: if options are given, they must be the same. UsageError says what is wrong.
    """
    if folder is None and (resume or join):
        raise click.UsageError(
            "--resume needs --search DIR, the folder of the search to go on with"
            if resume
            else "--join needs --search DIR, the folder of the search to work on"
        )
    is_there = folder is not None and (folder / SETTINGS).is_file()
    if folder is not None and is_there:
        return _existing(context, folder, values)
    if folder is not None and (resume or not values["param"]):
        new = "" if resume else ". A new one needs --param, such as --param lr=log:0.001..0.5"
        raise click.BadParameter(
            f"{shown(folder)} is no search: there is no {SETTINGS} in it{new}",
            param_hint="--search",
        )
    settings = _settings(context, values)
    folder = folder or searches_folder() / new_run_id()
    try:
        write_search(folder, settings)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--search") from error
    except OSError as error:
        raise targets.nowhere("the search", folder, error) from error
    return Search(folder)


def _existing(context: click.Context, folder: Path, values: dict[str, Any]) -> Search:
    try:
        search = Search(folder)
    except (ValueError, OSError) as error:
        raise click.BadParameter(str(error), param_hint="--search") from error
    if _given(context) and _settings(context, values) != search.settings:
        raise click.UsageError(
            f"{shown(folder)} is a search with other settings; leave out "
            f"{', '.join(_given(context))} or choose another folder"
        )
    if search.status == "finished":
        raise click.UsageError(
            f"the search in {shown(folder)} is already finished; choose another folder with "
            "--search"
        )
    return search


def _given(context: click.Context) -> list[str]:
    given = click.core.ParameterSource.COMMANDLINE
    own = [name for name in _OWN if context.get_parameter_source(name) is given]
    return [f"--{name.replace('_', '-')}" for name in own] + [
        flag(field) for field in given_fields(context)
    ]


def _settings(context: click.Context, values: dict[str, Any]) -> SearchSettings:
    own = {name: values.pop(name) for name in _OWN}
    if not own["param"]:
        raise click.UsageError(
            "a search needs at least one setting to vary, such as "
            "--param learning_rate=log:0.001..0.5 or --param 'hidden=64|128,64'"
        )
    try:
        space = tuple(map(parse_parameter, own["param"]))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--param") from error
    base = config_from(values, given_fields(context))
    chosen = base.val_size or validation_size(train_size(base.dataset))
    try:
        settings = SearchSettings(
            base=replace(base, val_size=chosen),
            space=space,
            sampler=own["sampler"],
            trials=own["trials"],
            minutes=own["minutes"],
            prune=own["prune"],
            metric=own["metric"],
            seed=own["search_seed"],
        )
    except ValueError as error:
        hint = _FIELDS.get(str(error).split(" ", 1)[0], "--param")
        raise click.BadParameter(str(error), param_hint=hint) from error
    if not base.val_size:
        click.echo(
            f"{chosen:,} of the training images are kept back to compare trials by "
            "(--val-size sets how many).",
            err=True,
        )
    return settings
