"""`python -m nn runs`: list the runs, and take one along as a file."""

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from nn import runs as all_runs
from nn.cli import targets
from nn.cli.table import table
from nn.ensemble import architecture_text
from nn.evaluation.percent import percent
from nn.layers import Layer
from nn.replacing import replacing
from nn.runs import Run
from nn.runs.begun import when_begun
from nn.runs.config_file import CONFIG
from nn.runs.durations import measured
from nn.runs.pinned import is_pinned
from nn.runs.schema import PRUNED
from nn.search.origin import read_origin
from nn.training.build import build_layers
from nn.training.config import TrainingConfig

_PIXELS = 28 * 28
_HEAD = [
    "Run",
    "Began",
    "State",
    "Network",
    "Data",
    "Accuracy",
    "Loss",
    "Time",
    "Name",
    "Settings",
    "Why it failed",
]
_USUAL = TrainingConfig().to_dict()
_LONGEST = 200
"""Signs of what a run from a file may hold any number of."""
_TOLD = ("dataset", "hidden", "convolutions", "other_members")
"""Settings that stand in columns of their own."""


@click.group()
def runs() -> None:
    """List the runs, and take one along as a file."""


@runs.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a run.")
def list_runs(as_json: bool) -> None:
    """Show every run, the newest first: when it began, its network and data, what came of it, and
    its settings other than the default ones."""
    all_told = []
    for run in all_runs.list_runs():
        with suppress(OSError):  # it has just been removed
            all_told.append(_told(run))
    if as_json:
        for told in all_told:
            click.echo(json.dumps(told))
    elif all_told:
        click.echo(table([_HEAD, *map(_cells, all_told)]))
    else:
        click.echo(f"No run is in {all_runs.runs_folder()}.", err=True)


@runs.command()
@click.argument("run")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(run: str, file: Path) -> None:
    """Write the run RUN, an id or a folder, to FILE, a zip archive.

    In it are the settings, the events and the network; not what going on would need, and not the
    weights on the way there.
    """
    from nn.runs.archive import write_archive

    folder = Path(run) if Path(run).is_dir() else all_runs.runs_folder() / run
    targets.check_file(file, "FILE")
    with targets.writing(file):
        try:
            with replacing(file) as new, open(new, "wb") as stream:
                write_archive(Run(folder), stream)
        except (ValueError, FileNotFoundError) as error:  # what is missing is a file of the run
            raise click.BadParameter(str(error), param_hint="RUN") from error
    click.echo(f"{file}: {file.stat().st_size / 1e6:.1f} MB")


@runs.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_run(file: Path) -> None:
    """Make what is in FILE, which `export` or the page Runs wrote, a run here."""
    from nn.runs.archive import read_archive, unpack

    folder = all_runs.runs_folder() / all_runs.new_run_id()
    with targets.writing(folder):
        try:
            with open(file, "rb") as stream:
                archive = read_archive(stream)
            run = unpack(archive, folder)
        except ValueError as error:
            raise click.BadParameter(f"{file}: {error}", param_hint="FILE") from error
    click.echo(f"It is the run {run.id} now.")


def _told(run: Run) -> dict[str, Any]:
    summary = all_runs.summarise(run)
    first, last = summary.first or {}, summary.last or {}
    origin = read_origin(run.folder)
    return {
        "id": run.id,
        "name": run.name,
        "trial": None if origin is None else origin.trial + 1,
        "began": when_begun(run.folder / CONFIG, first.get("time")),
        "status": summary.status,
        "reason": last.get("reason"),
        "message": last.get("message"),
        "network": architecture_text(_networks(run.config)),
        "dataset": run.config.get("dataset"),
        "hidden": run.config.get("hidden"),
        "epochs": last.get("epoch"),
        "test_accuracy": last.get("test_accuracy"),
        "seconds": last.get("seconds"),
        "test_loss": last.get("test_loss"),
        "differs": _differences(run.config),
        "set_learning_rate": _other_rate(run.config, last.get("set_learning_rate")),
        "pinned": is_pinned(run.folder),
    }


def _networks(config: dict[str, Any]) -> list[list[Layer]]:
    """The layers of each of its networks; none where the settings, which may be anything, don't
    tell."""
    import data

    info = data.DATASETS.get(str(config.get("dataset")))
    if info is None or "hidden" not in config:
        return []
    try:
        members = TrainingConfig.from_dict(config).members
    except (ValueError, TypeError, OverflowError):
        return []
    return [build_layers(one, _PIXELS, info.num_classes) for one in members]


def _differences(config: dict[str, Any]) -> dict[str, Any]:
    """The settings that are not the default ones, but for those of which the network is made."""
    return {
        name: config[name]
        for name, usual in _USUAL.items()
        if name not in _TOLD and name in config and config[name] != usual
    }


def _other_rate(config: dict[str, Any], last: float | None) -> float | None:
    """The learning rate that was set last on the way, unless the settings have the same."""
    return None if last == config.get("learning_rate", _USUAL["learning_rate"]) else last


def _cells(told: dict[str, Any]) -> list[str]:
    """The row of a run. A run from a file may hold anything: no sign in it may steer a terminal."""
    began, accuracy, loss = told["began"], told["test_accuracy"], told["test_loss"]
    is_pruned = told["status"] == "stopped" and told["reason"] == PRUNED
    differs = [f"{name}={_shown(value)}" for name, value in told["differs"].items()]
    if told["set_learning_rate"] is not None:
        differs.append(f"set_learning_rate={_shown(told['set_learning_rate'])}")
    return [
        told["id"],
        "" if began is None else f"{datetime.fromtimestamp(began):%Y-%m-%d %H:%M}",
        "ended early" if is_pruned else told["status"],
        told["network"],
        _printable(str(told["dataset"] or "")),
        "" if accuracy is None else percent(accuracy),
        "" if loss is None else f"{loss:.4f}",
        "" if told["seconds"] is None else measured(told["seconds"]),
        _name(told),
        _printable(" ".join(differs)),
        _printable(str(told["message"] or "")),
    ]


def _name(told: dict[str, Any]) -> str:
    """What somebody called it, or else its number in its search, as people count."""
    name: str = told["name"]
    return name if name or told["trial"] is None else f"trial {told['trial']}"


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text[:_LONGEST])


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
