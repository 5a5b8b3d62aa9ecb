"""`python -m nn runs`: list the runs, and take one along as a file."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from nn import runs as all_runs
from nn.evaluation.percent import percent
from nn.replacing import replacing
from nn.runs import Run
from nn.runs.pinned import is_pinned
from nn.runs.run_name import clean_name


@click.group()
def runs() -> None:
    """List the runs, and take one along as a file."""


@runs.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a run.")
def list_runs(as_json: bool) -> None:
    """Show every run, the newest first: its id, when it began, and what came of it."""
    for run in all_runs.list_runs():
        try:
            told = _told(run)
        except OSError:  # it has just been removed
            continue
        click.echo(json.dumps(told) if as_json else _line(told))


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
    try:
        with replacing(file) as new, open(new, "wb") as stream:
            write_archive(Run(folder), stream)
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file}: {file.stat().st_size / 1e6:.1f} MB")


@runs.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_run(file: Path) -> None:
    """Make what is in FILE, which `export` or the page Runs wrote, a run here."""
    from nn.runs.archive import read_archive, unpack

    try:
        with open(file, "rb") as stream:
            archive = read_archive(stream)
        run = unpack(archive, all_runs.runs_folder() / all_runs.new_run_id())
    except (ValueError, OSError) as error:
        raise click.ClickException(f"{file}: {error}") from error
    click.echo(f"It is the run {run.id} now.")


def _told(run: Run) -> dict[str, Any]:
    summary = all_runs.summarise(run)
    first, last = summary.first or {}, summary.last or {}
    return {
        "id": run.id,
        "name": run.name,
        "began": first.get("time"),
        "status": summary.status,
        "dataset": run.config.get("dataset"),
        "hidden": run.config.get("hidden"),
        "epochs": last.get("epoch"),
        "test_accuracy": last.get("test_accuracy"),
        "seconds": last.get("seconds"),
        "pinned": is_pinned(run.folder),
    }


def _line(told: dict[str, Any]) -> str:
    began, accuracy = told["began"], told["test_accuracy"]
    when = "" if began is None else f"{datetime.fromtimestamp(began):%Y-%m-%d %H:%M}"
    parts = [
        f"{told['id']:<26}",
        f"{when:<16}",
        f"{told['status']:<11}",
        "" if accuracy is None else percent(accuracy),
        clean_name(told["dataset"] or ""),  # one from a file may be anything
        told["name"],
    ]
    return "  ".join(parts).rstrip()
